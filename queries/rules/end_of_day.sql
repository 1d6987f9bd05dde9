-- name: end_of_day
-- why:  a question asked "as of" a day takes the whole of that UK day into account

create or replace macro end_of_day(day) as timezone(
    'Europe/London', (day + interval 1 day)::timestamp
)
