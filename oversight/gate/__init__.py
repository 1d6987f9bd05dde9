"""The gate around the whole app: nothing is served to anyone who is not signed in.

`middleware.py` stands in front of every request, `public.py` lists the only exceptions,
`sign_in.py` answers the way in and the way out.
"""
