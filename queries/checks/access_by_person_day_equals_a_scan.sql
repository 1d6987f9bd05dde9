-- check: access counts by account and day are what a scan of the events gives
-- finds: every row that one of them has and the other has not

(
    select * from ready_access_by_person_day
    except all
    select * from scan_access_by_person_day(date '9999-12-31')
)
union all
(
    select * from scan_access_by_person_day(date '9999-12-31')
    except all
    select * from ready_access_by_person_day
)
