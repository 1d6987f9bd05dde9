-- name: identifier
-- why:  what tells in free text who somebody is: an NHS number (3-3-4 digits), a telephone
--       number, an e-mail address, a National Insurance number

create or replace macro identifier() as
    '\b\d{3}[ -]?\d{3}[ -]?\d{4}\b|\b0\d{2,4}[ -]?\d{3,4}[ -]?\d{3,4}\b'
    || '|[^\s@]+@[^\s@]+\.[A-Za-z]{2,}|' || ni_number()
