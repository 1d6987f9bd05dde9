-- name: in_scope
-- why:  the reader's homes are ambient; a reader with no scope set sees nothing

create or replace macro in_scope(home) as coalesce(
    list_contains(getvariable('homes'), '*')
    or list_contains(getvariable('homes'), home),
    false
)
