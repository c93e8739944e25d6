"""The table of sentences: each with a state, and what it must lead to there.

`who` says it where their department talks (`room` elsewhere), after saying `after`, quoting `quoted`. `leads` is one of
LEADS; `to` are the commands that are right, without regard to their reasons, `never` is one that must not be offered.
`about` is the kind of sentence; those with `by` are of writers who never saw the grammar, word for word.

本单 in `to` is the preview shown before. With `open` it says what should be, and the product does not do it yet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from handlers.language import Cancel, ChangeQuantity, Move, Revise, SetDuration
from planning.trail.audit import Kind
from tests.conversation.world import Came, Talk, World, without_why

LEADS = ("command", "question", "suggestion", "refused", "not-yet", "nothing")
"""Carried out (a change: previewed); asked back with ways on; not understood, with commands that may be meant; told why
not; told that it cannot be done here yet; a friendly line, or none."""
PREVIEWED = {Kind.DRAFTED}
_CHANGES = (Move, ChangeQuantity, SetDuration, Cancel, Revise)


@dataclass(frozen=True, slots=True)
class Row:
    who: str
    says: str
    leads: str
    about: str = ""
    by: str = ""
    room: str = ""
    after: tuple[str, ...] = ()
    quoted: str = ""
    mentions: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    never: str = ""
    open: str = ""

    def __str__(self) -> str:
        return f"{self.by or self.about} {self.says}"


@cache
def rows() -> tuple[Row, ...]:
    read = yaml.safe_load(files(__package__).joinpath("table.yaml").read_text(encoding="utf-8"))
    return tuple(Row(**{name: _value(value) for name, value in row.items()}) for row in read)


def _value(read: Any) -> Any:
    return tuple(read) if isinstance(read, list) else read


def played(world: World, row: Row) -> Talk:
    return world.told(
        row.who, *row.after, row.says, room=row.room, quoted=row.quoted, mentions=row.mentions, wanted=row.to
    )


def led_to(came: Came) -> str:
    if came.done:
        return "command"
    if came.refused == "not-yet" or not came.refused:
        return came.refused or "nothing"
    if came.asks is None:
        return "refused"
    return "suggestion" if came.refused == "not-understood" else "question"


def wrong(row: Row, talk: Talk) -> str:
    """What is other than the table says; empty: nothing."""
    if (led := led_to(talk.came)) != row.leads:
        return f"led to {led}: {talk.came.offers or talk.came.told}"
    if row.to and talk.taps is None:
        return f"no tap leads there: {talk.came.offers}"
    never = talk.world.meaning(row.never) if row.never else None
    offered = [talk.world.meaning(offer) for offer in talk.came.offers]
    return f"offers {row.never}" if never is not None and never in offered else ""


def unsaid(row: Row, talk: Talk) -> Sequence[str]:
    """What was written that nobody had said: all that is not of a command that is right, and of a change more than its
    preview."""
    came = talk.came
    written = [*came.deeds, *came.others]
    if came.done is None or without_why(came.done) not in map(talk.world.meaning, row.to):
        return written
    if isinstance(came.done, _CHANGES):
        return [*(deed for deed in came.deeds if deed not in PREVIEWED), *came.others]
    return [] if talk.writes(came.done) else written
