-- name:       health_record_due
-- why:        the last day to give access to the health record of somebody who has died:
--             40 days, or 21 when the record is 40 days old at most. Unverified reference.
-- law:        Access to Health Records Act 1990
-- confidence: C

create or replace macro health_record_due(applied_on, is_recent) as applied_on::date
+ case when is_recent then 21 else 40 end
