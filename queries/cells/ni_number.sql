-- name: ni_number
-- why:  how a National Insurance number is written: it is never kept, in any column (QQ
--       begins the one that forms give for an example)

create or replace macro ni_number() as
    '(?i)\b(?:[a-ceghj-prtw-z][a-ceghj-nprtw-z]|qq) ?\d{2} ?\d{2} ?\d{2} ?[a-d]\b'
