-- name:       leaver_access_due
-- why:        the last day to remove a leaver's access: one working day after the last day
--             in post. The company's own limit, not law.
-- law:        none; Toolkit item 4.2.4 asks for removal and sets no number of days
-- confidence: B

create or replace macro leaver_access_due(left_on) as add_working_days(left_on, 1)
