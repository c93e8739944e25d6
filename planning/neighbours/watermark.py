"""How far a source has been read, and what may be concluded from what did not come."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

HALF = 2
"""A pass that brought less than one in so many of the rows we hold concludes nothing."""


def next_stamp(
    before: datetime | None, stamps: Collection[datetime], first_page: Collection[datetime], at_first: datetime | None
) -> datetime | None:
    """The next watermark of a whole pull, by the source's clock alone: the smaller of its largest stamp and its time
    at the first page, and never back. `at_first`: by the first answer; None: the largest stamp on the first page."""
    if not stamps:
        return before
    first = at_first or (max(first_page) if first_page else None)
    found = min(max(stamps), first) if first else max(stamps)
    return max(found, before) if before else found


@dataclass(frozen=True, slots=True)
class Gone:
    suspected: frozenset[str]
    """Missing for the first time."""
    gone: frozenset[str]
    seen: frozenset[str]
    """Suspected before, and there again."""
    is_too_much: bool = False
    """A person is asked, and nothing concluded."""


def missing(held: Mapping[str, bool], seen: Collection[str], told: Collection[str] = ()) -> Gone:
    """Compare a complete pass with the rows we hold, each with whether it is suspected already. `told`: those of which
    the source has said that they were deleted. Gone is what two passes miss, or one and a word of the source."""
    there = set(seen)
    if held and len(there.intersection(held)) * HALF < len(held):
        return Gone(frozenset(), frozenset(), frozenset(), is_too_much=True)
    absent = [key for key in held if key not in there]
    gone = frozenset(key for key in absent if held[key] or key in told)
    back = frozenset(key for key, suspected in held.items() if suspected and key in there)
    return Gone(frozenset(absent) - gone, gone, back)
