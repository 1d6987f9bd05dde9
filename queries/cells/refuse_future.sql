-- name: refuse_future
-- why:  what is said to have happened cannot lie after the day the file was taken

create or replace macro refuse_future(day, column_name) as refuse(
    day > getvariable('taken_on'),
    column_name,
    'a day that is not after the day the file was taken'
)
