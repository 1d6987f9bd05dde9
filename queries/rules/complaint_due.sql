-- name:       complaint_due
-- why:        the last day to acknowledge a data-protection complaint; no day is left out
-- law:        DPA 2018 s.164A(3): 30 days; in force 19 June 2026
-- confidence: A

create or replace macro complaint_due(received_on) as received_on::date + 30
