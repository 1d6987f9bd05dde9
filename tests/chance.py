"""How many histories are made by chance: few in the suite, many in `make prove`."""

import os


def examples(few: int) -> int:
    """So many in the suite; EXAMPLES times as many where that is set."""
    return few * int(os.environ.get("EXAMPLES", "1"))
