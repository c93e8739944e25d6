"""Three-way comparison of a field: base is what its source said last, theirs what it says now, ours the plan's."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from planning.neighbours.canonical import Value, value_hash
from planning.neighbours.ownership import Standing

PROGRESS = frozenset({"done_quantity", "scrap_quantity", "received_quantity", "shipped_quantity", "on_hand", "status"})
"""Fields that say what happened; every other is a field of the plan."""
TAKES_AWAY = frozenset({"cancelled", "closed"})
"""Words of a state that take work away: a draft, whoever says them."""


class Outcome(StrEnum):
    NOTHING = "nothing"
    ECHO = "echo"
    """Our own write has come back."""
    NOT_YET = "not_yet"
    """Our own write has not arrived."""
    FACT = "fact"
    REQUEST = "request"
    """A change request in the source's name, submitted."""
    DRAFT = "draft"
    """A change request that waits for a person."""
    DIFFERENCE = "difference"
    """A card: 采纳 | 回写 | 忽略."""
    FIRST_COMPARE = "first_compare"
    """One line of the sheet of what differed when the stream was first read."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A field to be compared. `base` counts only with `is_known`: without it the source says it for the first time."""

    name: str
    base: Value
    theirs: Value
    ours: Value
    is_known: bool = True
    unconfirmed: Collection[str] = ()
    """Hashes of what we have written there and not seen come back."""


def outcome(field: Compared, standing: Standing) -> Outcome:
    """What follows from what a source says. A poll does not undo a decision: what it said before says nothing new."""
    theirs = value_hash(field.theirs)
    if theirs in field.unconfirmed:
        return Outcome.ECHO
    if field.is_known and theirs == value_hash(field.base):
        return Outcome.NOT_YET if field.unconfirmed else Outcome.NOTHING
    if theirs == value_hash(field.ours):
        return Outcome.NOTHING
    if standing is Standing.OWNER:
        return _of_owner(field)
    if not field.is_known:
        return Outcome.FIRST_COMPARE
    is_plan = field.name not in PROGRESS
    return Outcome.DRAFT if is_plan and standing is Standing.PROPOSER else Outcome.DIFFERENCE


def _of_owner(field: Compared) -> Outcome:
    if field.name == "status" and field.theirs in TAKES_AWAY:
        return Outcome.DRAFT
    return Outcome.FACT if field.name in PROGRESS else Outcome.REQUEST
