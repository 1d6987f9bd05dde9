-- title:     Access events
-- delivers:  events
-- key:       system, event_id, occurred_at
-- happened:  occurred_at
-- freshness: 2 days
-- refused:   1 in 100
-- owner:     IT lead
-- kept:      2 years (RT19)
-- columns:
--   column       | needed | wanted               | example              | what it is
--   event_id     | yes    | a reference          | 1048576              | The number the log gives it; a log that starts again from 1 is told apart by the time
--   system       | yes    | a name               | Care records         | The log it comes from
--   home         | yes    | a home               | Elm House            | Where it was done: the home's name or reference
--   occurred_at  | yes    | a time with its zone | 2026-05-04T08:30:00Z | When it was done; a time without a zone is not guessed at
--   actor_login  | yes    | a login              | s0014                | The account that did it; never a person's name
--   actor_kind   | no     | one of: human, system, external, unknown | human | What kind of account it is
--   staff_ref    | no     | a reference          | S0014                | The person's reference in the staff register, where the log knows it
--   event_type   | no     | one of: login, logout, view, search, create, update, delete, export, permission change, break-glass, other | view | What was done
--   outcome      | no     | one of: success, failure, denied, unknown | success | How it ended
--   resident_ref | no     | a reference          | R0007                | Whose record it was: a pseudonym, never a name
--   action       | no     | one of: C, R, U, D, E | R                   | Create, read, update, delete or execute, where the log says so
--   outcome_reason | no   | text                 | Invalid password     | Why it ended so
--   record_ref   | no     | a record             | CarePlan/12          | What else was touched: a record, a file, a page
--   purpose      | no     | a code               | TREAT                | What it was done for, where the log says so
--   source_ip    | no     | an address           | 192.0.2.7            | Where it came from on the network
--   device       | no     | a device             | Windows 11           | What it was done with
--   country      | no     | a country            | GB                   | Where that is said to be
--   has_mfa      | no     | yes or no            | yes                  | Whether a second step was asked for at sign-in

with cells as (
    select
        row,
        event_id,
        system,
        home,
        case
            when
                regexp_full_match(
                    occurred_at,
                    '\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})'
                )
                then try_cast(occurred_at as timestamptz)
        end as occurred_at,
        actor_login,
        -- What Microsoft and Windows log under users, and is none.
        case
            when
                regexp_full_match(
                    lower(actor_login),
                    'app@sharepoint|s-1-5-18|sharepoint\\system|.*\$'
                    || '|nt (authority|service)\\.*|anonymous logon'
                )
                then 'system'
            else as_one_of(actor_kind, ['human', 'system', 'external', 'unknown'])
        end as actor_kind,
        staff_ref,
        as_one_of(
            event_type,
            [
                'login', 'logout', 'view', 'search', 'create', 'update', 'delete',
                'export', 'permission change', 'break-glass', 'other'
            ]
        ) as event_type,
        as_one_of(outcome, ['success', 'failure', 'denied', 'unknown']) as outcome,
        resident_ref,
        as_one_of(action, ['C', 'R', 'U', 'D', 'E']) as action,
        outcome_reason,
        record_ref,
        purpose,
        source_ip,
        device,
        country,
        as_yes_no(has_mfa) as has_mfa
    from sent
)

select
    *,
    -- The UK day and hour are worked out once, here: time zones over ten million rows
    -- cost twenty times what counting them does, and whole days can then be skipped.
    uk_day(occurred_at) as happened_on,
    extract('hour' from uk_time(occurred_at))::utinyint as happened_hour,
    [
        refuse(
            uk_day(occurred_at) > getvariable('taken_on'),
            'occurred_at',
            'a time that is not after the day the file was taken'
        )
    ] as findings
from cells
