"""One process owns the store: the command line reaches it by a socket only we may use.

`line.py` says where the socket is and who is at its other end, `asking.py` is the
command line's side of it, `answers.py` the owner's.
"""

from oversight.owner.answers import answering, caller
from oversight.owner.asking import ask, is_owned

__all__ = ["answering", "ask", "caller", "is_owned"]
