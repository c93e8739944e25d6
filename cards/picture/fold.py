"""Too many items for one picture: those of one department that stand equally far from the cause become one node."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

KEPT = 16
"""Most items that keep their own node then: causes and late orders."""
REST = "\n"
"""Stands for the smallest departments where there are more than a picture has room for."""


@dataclass(frozen=True, slots=True)
class Place:
    """`rank` counts the links from the cause."""

    code: str
    department: str
    rank: int


def fold(places: Sequence[Place], important: Collection[str], most: int) -> dict[str, str]:
    """Node of each item, by code: its own, or one it shares. At most `most` different keys.

    Ranks are put together two by two, four by four … until there is room.
    """
    kept = [place.code for place in places if place.code in important][: min(KEPT, most // 2)]
    outside = set(kept)
    others = [place for place in places if place.code not in outside]
    room = most - len(kept)
    largest = _largest(others, room)
    band = 1
    while len({_key(place, largest, band) for place in others}) > room:
        band *= 2
    shared = {place.code: _key(place, largest, band) for place in others}
    members = Counter(shared.values())
    alone = {code: key if members[key] > 1 else code for code, key in shared.items()}
    return {**{code: code for code in kept}, **alone}


def _largest(places: Sequence[Place], room: int) -> Collection[str]:
    """The departments that get nodes of their own: those with most items."""
    counted = Counter(place.department for place in places)
    ordered = sorted(counted, key=lambda department: (-counted[department], department))
    return set(ordered if len(ordered) <= room else ordered[: room - 1])


def _key(place: Place, departments: Collection[str], band: int) -> str:
    """Key of a shared node; its line break keeps it apart from every code."""
    if place.department not in departments:
        return REST
    return f"{place.department}\n{place.rank // band}"
