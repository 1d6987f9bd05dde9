-- name:       clock_stopped
-- why:        whether a day is one of clarification: from the day it was asked for to the
--             day it came, both included. Not yet come: stopped from the asking on.
-- law:        UK GDPR art. 12A, worded as DPA 2018 s.54(3C); in force 5 February 2026
-- confidence: A

-- pauses: a list of {'asked': date, 'answered': date}; an empty list or null for none.
create or replace macro clock_stopped(day, pauses) as coalesce(
    len(
        list_filter(
            pauses::struct(asked date, answered date)[],
            lambda pause: pause.asked <= day
            and (pause.answered is null or day <= pause.answered)
        )
    ) > 0,
    false
)
