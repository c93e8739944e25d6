"""要求修改: a request goes back, and what was wished in its place is one tap for its proposer."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TypeVar

from cards.markdown import plain
from handlers.actions.change.counter_proposal import about
from handlers.actions.change.decide import by_word, decide, recorded
from handlers.inbound.messages import Response, tell
from handlers.inbound.questions import question_of
from handlers.inbound.speech.heard import Heard
from handlers.inbound.speech.wishes.changes import changes_of, put_to
from handlers.language import Modify, Revise, Write, operations_of, write_in
from handlers.language.speech.days import Span
from handlers.notify.new_cards import room_of
from handlers.turn import Ask, Turn
from planning.change.change import Change, Decision, Verdict
from planning.plan.operation import Operation
from planning.refusal import Refused

V = TypeVar("V", bound=Span)

_NO_BEFORE = re.compile(
    r"(?:(?<![能可是行好要])[不别勿莫没未甭](?!如|[^，。,;；]{0,2}(?:及|够|超过|[晚迟早]于))|n['’]?t\b|\bnot?\b|\bnever\b"
    r"|[再少多]\s*(?:推|延|晚|提|早)|\b(?:after|than)\b)(?:[^，。,;；!！]{0,6}|[a-z\s]{0,20})$"
)
_NO_BEHIND = re.compile(
    r"[^，。,;；!！]{0,4}?(?:不|没|赶不|太|[之以]?后|才[到有能]|n['’]?t\b|\bnot?\b|\b(?:more|less|earliest)\b)"
)
"""What stands so beside a value does not wish it: a no, a comparison with the request, the reason it is sent back."""


def modify(turn: Turn, ask: Ask, command: Modify) -> str:
    """Ask by word for another proposal. Raises as `decide`."""
    return by_word(turn, ask, command.change_no, Verdict.MODIFY, command.wish, partial(send_back, said_at=ask.said_at))


def send_back(
    turn: Turn, change: Change, department: str, decision: Decision, *, said_at: datetime | None, pressed: str = ""
) -> Change:
    """Record that the approver wants another proposal; its proposer is told, with what was wished as a tap. Raises as
    `decide`."""
    returned = decide(turn, change, department, decision, pressed=pressed)
    if room := room_of(turn, change):
        tell(turn, room, _told(turn, returned, department, decision, room, said_at))
    return returned


def _told(
    turn: Turn, change: Change, department: str, decision: Decision, room: str, said_at: datetime | None
) -> Response:
    view = turn.view(change)
    facts = {
        "department": view.department(department),
        "name": view.by(recorded(change, department, decision)),
        "no": change.no,
        "headline": view.headline,
        "comment": decision.comment,
        "proposer": view.proposer,
        "example": turn.words("modify.example", no=change.no),
    }
    said = {name: plain(fact) for name, fact in facts.items()}
    asks = None
    if proposer := turn.organisation.people.get(change.proposer):
        here = turn.organisation.department_in(room)
        ask = Ask(proposer, room, decision.comment, department=here, said_at=said_at)
        asks = question_of(turn, ask, turn.words("modify.told-with-button", **said), instead_of(turn, ask, change))
    return Response(turn.words("modify.told", **said), asks=asks)


def instead_of(turn: Turn, ask: Ask, change: Change) -> Sequence[str]:
    """What the words in `ask` wish in place of a request, as commands of its proposer; none where they leave it open,
    or wish what it is already."""
    wishes = _as_typed(turn, ask, change) or _as_spoken(turn, ask, change)
    others = (wish for wish in wishes if _operations(turn, wish) not in ((), change.operations))
    return tuple(turn.spell(Revise(change.no, wish)) for wish in others)


def _as_typed(turn: Turn, ask: Ask, change: Change) -> list[Write]:
    """What was written as a command is, or its date or days alone."""
    try:
        wish = about(replace(write_in(ask.text, "x", turn.day_of(ask.said_at), turn.vocabulary), reason=""), change)
    except Refused:
        return []
    return [wish] if _operations(turn, wish) else []


def _as_spoken(turn: Turn, ask: Ask, change: Change) -> Iterator[Write]:
    heard, items = _wished(Heard.of(turn, ask)), {operation.item for operation in change.operations}
    if len(items) == 1 or heard.codes:
        yield from (replace(wish, reason="") for item in heard.codes or items for wish in changes_of(heard, item))


def _wished(heard: Heard) -> Heard:
    """What was heard, with no other values than those that are wished: of several those to which something is put."""

    def wished(spans: tuple[V, ...]) -> tuple[V, ...]:
        return tuple(span for span in spans if not _is_denied(heard, span))

    heard = replace(heard, days=wished(heard.days), lengths=wished(heard.lengths), amounts=wished(heard.amounts))
    heard = replace(heard, amounts=put_to(heard).amounts)
    return heard if len([*heard.days, *heard.lengths, *heard.amounts]) < 2 else put_to(heard)


def _is_denied(heard: Heard, span: Span) -> bool:
    before, behind = heard.spoken[: span.start], heard.spoken[span.end :]
    return bool(_NO_BEFORE.search(before) or _NO_BEHIND.match(behind))


def _operations(turn: Turn, wish: Write) -> tuple[Operation, ...]:
    try:
        return operations_of(wish, turn.plan())
    except Refused:
        return ()
