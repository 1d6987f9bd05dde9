-- check: of every file, the rows read are those accepted, unchanged and refused
-- finds: arrivals whose counts do not add up

select
    number,
    file_name,
    rows_read,
    rows_accepted,
    rows_unchanged,
    rows_refused
from arrival
where
    rows_read <> rows_accepted + rows_unchanged + rows_refused
    or rows_warned > rows_accepted
    or least(rows_read, rows_accepted, rows_unchanged, rows_refused) < 0
