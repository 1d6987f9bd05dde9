-- name: cites_old_law
-- why:  law and bodies that the policy still cites and that are no more, or never were:
--       the Act of 1998 went in 2018, the Toolkit of levels in the same year

create or replace macro cites_old_law(cell) as regexp_matches(
    cell,
    '(?i)(data protection act|DPA),? 1998|\b(IG|information governance) toolkit'
    || '|(social care act|H&SC act|HSCA),? 2009|NHS Digital'
)
