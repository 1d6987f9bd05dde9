"""Is the policy's own text still current: does it cite law and bodies that are gone?

`texts.py` reads the files, `passages.py` finds the clauses, `rules.py` is the table of
what to look for, `numbers.py` looks for numbers used twice, `checking.py` puts it all
together. What is looked for is data/reference/policy_rules.csv, never code.
"""
