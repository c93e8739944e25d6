"""代理: somebody is away and names who decides for them; what waits for them is shown to that person."""

from datetime import UTC, date, datetime

from handlers.announcing import asked_in, homes_of
from handlers.language import Delegate
from handlers.recording import record
from handlers.timers import LEAVE
from handlers.turn import Ask, Turn
from planning.approvers import hands_over_to
from planning.audit import Kind
from planning.change import Change, Step
from planning.delegation import Delegation
from planning.organisation import Person
from planning.refusal import Refused
from storage.cards import Purpose
from storage.timers import Timer


def delegate(turn: Turn, ask: Ask, command: Delegate) -> str:
    """Arrange a leave, take it back, or list who acts for whom."""
    if command.cancel:
        return _cancel(turn, ask.person)
    if command.first is None or command.last is None:
        return _list(turn)
    return _arrange(turn, ask.person, command.deputy, command.first, command.last)


def begin(turn: Turn, timer: Timer) -> None:
    """A leave begins: show the deputy what waits, and wait for the person's next leave."""
    hand_over(turn, timer.subject)
    _set_timer(turn, timer.subject)


def hand_over(turn: Turn, person: str) -> list[str]:
    """Show what waits for somebody who is away to whoever acts for them; the change requests that were shown. What a
    freeze holds is shown when that is lifted."""
    changes = [change for change in turn.uow.changes.open_ones() if change.state.is_deciding]
    mine = [(change, step) for change in changes for step in change.waiting if person in step.silent]
    return [change.no for change, step in mine if show_deputies(turn, change, step)]


def show_deputies(turn: Turn, change: Change, step: Step) -> bool:
    """A card of this step wherever those read who act for its approvers today; True: somebody acts for one."""
    deputies = hands_over_to(step, change.proposer, turn.deputies())
    here = {row.conversation for row in turn.uow.cards.of_change(change.no) if _is_of(row.department, row.round, step)}
    for conversation in homes_of(turn, deputies):
        if conversation not in here | {*asked_in(turn, step)}:
            card = turn.uow.cards.add(Purpose.APPROVAL, change.no, conversation, turn.now, step.department, step.round)
            turn.uow.outbox.show(card, turn.now)
    return bool(deputies)


def _is_of(department: str, round: int, step: Step) -> bool:
    return (department, round) == (step.department, step.round)


def _arrange(turn: Turn, person: Person, word: str, first: date, last: date) -> str:
    if last < turn.today:
        raise Refused("leave-over", last=last)
    deputy = _find(turn, word) if word else turn.organisation.people.get(person.deputy)
    if deputy is None:
        raise Refused("deputy-missing", first=first, last=last)
    if deputy.id == person.id:
        raise Refused("deputy-yourself")
    arranged = Delegation(person.id, deputy.id, first, last)
    replaced = turn.uow.delegations.add(arranged, turn.now)
    facts = {"deputy": deputy.name, "first": first, "last": last}
    record(turn, Kind.DELEGATED, person.id, person.name, facts)
    _set_timer(turn, person.id)
    told = [turn.words("leave.set", name=person.name, **facts)]
    if replaced:
        told.append(turn.words("leave.replaced", was=_lines(turn, replaced)))
    if arranged.covers(turn.today) and (waiting := hand_over(turn, person.id)):
        changes = turn.words.list(list(dict.fromkeys(waiting)))
        told.append(turn.words("leave.waiting", changes=changes, deputy=deputy.name))
    return "\n".join(told)


def _cancel(turn: Turn, person: Person) -> str:
    ended = turn.uow.delegations.cancel(person.id, turn.today, turn.now)
    if not ended:
        raise Refused("no-leave")
    turn.uow.timers.stop(LEAVE, person.id)
    record(turn, Kind.DELEGATION_ENDED, person.id, person.name, {"was": _lines(turn, ended)})
    return turn.words("leave.ended", was=_lines(turn, ended))


def _list(turn: Turn) -> str:
    known = turn.uow.delegations.current(turn.today)
    return "\n".join(f"- {_line(turn, delegation)}" for delegation in known) or turn.words("leave.none")


def _lines(turn: Turn, delegations: list[Delegation]) -> str:
    return "；".join(_line(turn, delegation) for delegation in delegations)


def _line(turn: Turn, delegation: Delegation) -> str:
    name_of = turn.organisation.name_of
    return turn.words(
        "leave.line",
        name=name_of(delegation.person),
        deputy=name_of(delegation.deputy),
        first=delegation.first,
        last=delegation.last,
    )


def _find(turn: Turn, word: str) -> Person:
    """By id or by name."""
    people = turn.organisation.people
    known = [people[word]] if word in people else [person for person in people.values() if person.name == word]
    if not known:
        example = next(iter(people.values())).name
        raise Refused("unknown-person", found=word, example=example)
    if len(known) > 1:
        raise Refused("ambiguous-person", found=word, choices=turn.words.list([p.id for p in known]))
    return known[0]


def _set_timer(turn: Turn, person: str) -> None:
    """Ring when the next leave that has not begun does, at the opening of that day."""
    coming = [d.first for d in turn.uow.delegations.of_person(person, turn.today) if d.first > turn.today]
    if not coming:
        turn.uow.timers.stop(LEAVE, person)
        return
    opening = datetime.combine(min(coming), turn.house.escalation.hours.start, turn.house.zone)
    turn.uow.timers.start(Timer(LEAVE, person, opening.astimezone(UTC)))
