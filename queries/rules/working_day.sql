-- name:       working_day
-- why:        whether a day is a working day in England: not a Saturday, a Sunday or a bank
--             holiday; null for a year whose bank holidays are not listed: not known
-- law:        Banking and Financial Dealings Act 1971; UK GDPR art. 12, as the ICO reads it
-- confidence: A

-- bank_holiday(day) is written from data/reference/bank_holidays.csv when the store is
-- opened (oversight/reference.py). With DuckDB alone it is made from that file as below;
-- then the files of this folder are run, and those again that name one not yet there.
--     set variable listed =
--         (select list(day order by day) from 'data/reference/bank_holidays.csv');
--     create macro bank_holiday(day) as case
--         when year(day) between year(getvariable('listed')[1])
--         and year(getvariable('listed')[-1])
--         then list_contains(getvariable('listed'), day::date)
--     end;
create or replace macro working_day(day) as case bank_holiday(day)
    when true then false
    when false then isodow(day) <= 5
end
