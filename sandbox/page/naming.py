"""Which change request a card is about: it says so somewhere."""

import re

from sandbox.world import Face

NUMBER = r"CR-[0-9]{8}-[0-9]{3,9}"
_NAMED = re.compile(NUMBER)


def change_named(face: Face) -> str:
    """The first change request the card names; empty: none."""
    said = (face.status, face.title, face.body, *(value for _, value in face.facts), face.note)
    found = _NAMED.search("\n".join(said))
    return found[0] if found else ""
