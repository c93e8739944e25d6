"""代理 接受 and 不接受: the answer of who is asked to act for somebody away, on the card or by word.

Until the deputy accepts it is as if nobody were named.
"""

from collections.abc import Iterable
from typing import Protocol

from handlers.actions.people.leave import set_timer, take_back
from handlers.find_person import find_person
from handlers.language import AnswerDelegation
from handlers.lifecycle.stand_ins import look_after_all
from handlers.notify.audit import record
from handlers.notify.people.delegation_cards import show_delegation
from handlers.turn import Ask, Turn
from planning.people.delegation import Delegation
from planning.people.organisation import Person
from planning.refusal import Refused
from planning.trail.audit import Kind


class Answering(Protocol):
    """Function that carries out an answer. Raises Refused and then changes nothing."""

    def __call__(
        self, turn: Turn, delegation: Delegation, person: Person, *, heard: str, pressed: str = ""
    ) -> Delegation: ...


def by_word(turn: Turn, ask: Ask, command: AnswerDelegation) -> str:
    """Answer everybody who asks the speaker to act for them, or the one who is named."""
    absent = find_person(turn, ask, command.absent) if command.absent else None
    asked = list(_asked(turn, ask.person, absent, unanswered=command.accept))
    if not asked:
        raise Refused("no-delegation-of", name=absent.name) if absent else Refused("no-delegation")
    answer: Answering = accept if command.accept else decline
    key = "leave.accepted" if command.accept else "leave.declined"
    for one in asked:
        answer(turn, one, ask.person, heard=ask.conversation)
    name_of = turn.organisation.name_of
    return "\n".join(turn.words(key, name=name_of(one.person), first=one.first, last=one.last) for one in asked)


def accept(turn: Turn, delegation: Delegation, person: Person, *, heard: str, pressed: str = "") -> Delegation:
    """The deputy acts from now on, and is shown what waits; who is away is told. `heard`, `pressed`: as for
    `show_delegation`.

    Raises Refused("not-your-delegation"), "delegation-ended". Accepting twice is accepting once.
    """
    _require(turn, delegation, person, delegation.deputy)
    if delegation.accepted_at:
        return delegation
    accepted = turn.uow.delegations.accept(delegation, turn.now)
    _note(turn, Kind.DELEGATION_ACCEPTED, accepted, person)
    set_timer(turn, accepted.person)
    look_after_all(turn)
    show_delegation(turn, accepted, accepted.person, heard=heard, pressed=pressed)
    return accepted


def decline(turn: Turn, delegation: Delegation, person: Person, *, heard: str, pressed: str = "") -> Delegation:
    """The deputy does not act, or not any more. Raises as `accept`."""
    _require(turn, delegation, person, delegation.deputy)
    declined = turn.uow.delegations.end(delegation, person.id, turn.now)
    _note(turn, Kind.DELEGATION_DECLINED, declined, person)
    set_timer(turn, declined.person)
    look_after_all(turn)
    show_delegation(turn, declined, declined.person, heard=heard, pressed=pressed)
    return declined


def call_off(turn: Turn, delegation: Delegation, person: Person, *, heard: str, pressed: str = "") -> Delegation:
    """Who is away takes it back. Raises as `accept`."""
    _require(turn, delegation, person, delegation.person)
    ended = turn.uow.delegations.end(delegation, person.id, turn.now)
    take_back(turn, [ended], person, heard=heard, pressed=pressed)
    return ended


def _require(turn: Turn, delegation: Delegation, person: Person, whose: str) -> None:
    delegation.require_of(person.id, whose)
    delegation.require_current(turn.today)


def _note(turn: Turn, kind: Kind, delegation: Delegation, deputy: Person) -> None:
    facts = {"deputy": deputy.name, "first": delegation.first, "last": delegation.last}
    record(turn, kind, deputy.id, turn.organisation.name_of(delegation.person), facts)


def _asked(turn: Turn, deputy: Person, absent: Person | None, *, unanswered: bool) -> Iterable[Delegation]:
    for one in turn.uow.delegations.current(turn.today):
        if one.deputy == deputy.id and (absent is None or one.person == absent.id):
            if not (unanswered and one.accepted_at):
                yield one
