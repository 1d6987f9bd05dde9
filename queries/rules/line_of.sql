-- name: line_of
-- why:  the row as a person counts it: in a workbook the rows of the second sheet that is
--       read are numbered from 2 to the 40th, those of the third from twice that

create or replace macro line_of(row_number) as row_number % 1099511627776
