-- check: what the rules of access find is what a scan of the events gives
-- finds: every row that one of them has and the other has not

(
    select * from access_exceptions(date '9999-12-31')
    where rule <> 'AR07'
    except all
    select * from scan_access_exceptions(date '9999-12-31')
)
union all
(
    select * from scan_access_exceptions(date '9999-12-31')
    except all
    select * from access_exceptions(date '9999-12-31')
    where rule <> 'AR07'
)
