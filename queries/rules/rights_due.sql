-- name:       rights_due
-- why:        the last day to answer a request to rectify, erase, restrict, object or move:
--             as for access, but days of clarification count
-- law:        UK GDPR arts. 12(3) and 12A; that the pause is for access alone is our reading
-- confidence: B

create or replace macro rights_due(starts_on, extension_told_on) as request_due(
    starts_on, null, extension_told_on
)
