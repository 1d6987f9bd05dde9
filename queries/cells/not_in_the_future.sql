-- name: not_in_the_future
-- why:  what is wanted of everything that is said to have happened

create or replace macro not_in_the_future() as
    'a time that is not after the day the file was taken'
