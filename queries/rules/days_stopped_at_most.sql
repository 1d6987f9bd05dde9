-- name:       days_stopped_at_most
-- why:        how many days pauses can move a clock: how far on a due day is looked for. A
--             pause not yet over has no end to count: the due day is then not known.
-- law:        none: a step on the way
-- confidence: A

create or replace macro days_stopped_at_most(pauses) as coalesce(
    list_sum(
        list_transform(
            pauses::struct(asked date, answered date)[],
            lambda pause: greatest(pause.answered - pause.asked + 1, 0)
        )
    ),
    0
)::integer
