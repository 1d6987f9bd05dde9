-- check: what the rules of access find is what a scan of the events gives
-- finds: every row that one of them has and the other has not

with listed as materialized (
    select * from access_exceptions(date '9999-12-31')
    where rule <> 'AR07'
),

scanned as materialized (
    select * from scan_access_exceptions(date '9999-12-31')
)

(
    select * from listed
    except all
    select * from scanned
)
union all
(
    select * from scanned
    except all
    select * from listed
)
