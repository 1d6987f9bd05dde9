"""What the dashboard owes the people it is about: who may sign in, what it holds, what
was done.

Everything here is asked by a reader and refused to a role that may not.
"""
