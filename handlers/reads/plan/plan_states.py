"""The states of the plan that people can name: by a revision's number, by a baseline, as it is now."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from handlers.language import NOW
from handlers.turn import Turn
from planning.plan.item import Item
from planning.plan.plan import Plan
from planning.refusal import Refused
from storage.plan.plans import NotKept

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Point:
    """A revision, and the baseline's name it was found by (empty: by its number)."""

    revision: int
    baseline: str = ""


def point(turn: Turn, word: str) -> Point | None:
    """The state a word names: NOW, a revision's number (whether there is one or not), a baseline; None: nothing."""
    if word == NOW:
        return Point(turn.plan().revision)
    if word.isdecimal():
        return Point(int(word))
    known = turn.uow.baselines.named(word)
    return Point(known.revision, known.name) if known else None


def reference(turn: Turn) -> Point:
    """Point the plan is measured against when nobody says: the newest promise, else the oldest revision kept."""
    promised = turn.uow.baselines.promise()
    return Point(promised.revision, promised.name) if promised else Point(turn.uow.plans.oldest())


def plan_at(turn: Turn, there: Point) -> Plan:
    """Raises Refused("unknown-revision"), Refused("no-plan")."""
    with _kept(turn):
        return turn.uow.plans.at(there.revision)


def item_at(turn: Turn, code: str, there: Point) -> Item | None:
    """One item of that state, None where it had none; raises what `plan_at` raises."""
    with _kept(turn):
        return turn.uow.plans.item_at(code, there.revision)


@contextmanager
def _kept(turn: Turn) -> Iterator[None]:
    turn.plan()
    try:
        yield
    except NotKept as missing:
        facts = {"revision": missing.revision, "oldest": missing.oldest, "newest": missing.newest}
        raise Refused("unknown-revision", **facts) from None


def names(turn: Turn) -> str:
    """The baselines there are, for a sentence."""
    known = [baseline.name for baseline in turn.uow.baselines.newest_first()[:SHOWN]]
    return turn.words.list(known) or turn.words("value.baseline.none")
