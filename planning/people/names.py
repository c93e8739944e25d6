"""Names of people, as a platform tells them or somebody types them."""

import unicodedata

LONGEST = 40
"""Characters of a name."""
_UNSEEN = {"Cc", "Cf", "Cs"}


def person_name(told: str) -> str:
    """The name on one line, without characters that nobody sees, cut where it is no name any more; empty: there is
    none."""
    seen = "".join(c if not c.isspace() else " " for c in told if c.isspace() or unicodedata.category(c) not in _UNSEEN)
    return " ".join(seen.split())[:LONGEST].rstrip()
