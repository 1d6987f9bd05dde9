-- name: refuse
-- why:  one finding about a row, or none: the column, and what was wanted of it

create or replace macro refuse(is_wrong, column_name, wanted) as case
    when is_wrong
        then {'severity': 'refused', 'column_name': column_name, 'wanted': wanted}
end
