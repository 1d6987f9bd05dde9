-- name: as_one_of
-- why:  a word from a list, whatever its case; anything else is unreadable

create or replace macro as_one_of(cell, words) as
    list_filter(words, lambda word: lower(word) = lower(cell))[1]
