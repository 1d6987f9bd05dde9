-- check: the exceptions listed now are what a scan of the events gives
-- finds: every row that one of them has and the other has not

(
    select * from ready_night_access_off_shift
    except all
    select * from scan_night_access_off_shift(date '9999-12-31')
)
union all
(
    select * from scan_night_access_off_shift(date '9999-12-31')
    except all
    select * from ready_night_access_off_shift
)
