-- name: wants_date
-- why:  what was wanted of a cell that is no date: another form, or a day that there is

create or replace macro wants_date(cell, form) as case
    when regexp_full_match(cell, getvariable('date_shape'))
        then 'a day that exists, as ' || form
    else 'a date as ' || form
end
