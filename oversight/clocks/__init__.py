"""The clocks of the law: `rules.py` is what they are, `clock.py` where one stands.

`due_dates.py` reckons as queries/rules does in SQL, `steps.py` tells the working, and
`uk_time.py` reads the clocks in the UK. The standard library alone.
"""
