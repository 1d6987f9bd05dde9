-- name:       foi_due
-- why:        the twentieth working day after receipt. A courtesy: a private company is
--             not a public authority. Unverified reference.
-- law:        Freedom of Information Act 2000 s.10
-- confidence: C

-- The Act also leaves out holidays of the rest of the UK; without them we are never later.
create or replace macro foi_due(received_on, pauses) as counted_working_day(
    received_on, 20, pauses
)
