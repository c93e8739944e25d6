"""延长: a request's deadline moves by a working day, for a manager, a coordinator, or whoever was called in."""

from collections.abc import Iterator
from datetime import UTC, datetime

from handlers.language import Extend
from handlers.lifecycle.after_change import save
from handlers.notify.audit import record
from handlers.notify.card_updates import updates_in_place
from handlers.turn import Ask, Turn
from planning.change.approvers import manager_of
from planning.change.change import Change
from planning.change.deadline import extend as extended
from planning.change.deadline import first_start, latest
from planning.people.organisation import Person, Role
from planning.refusal import Refused
from planning.trail.audit import Kind
from storage.trail.audit import Wanted

MOST = 2
"""Working days in all: who needs more proposes anew, on the plan as it then is."""


def by_word(turn: Turn, ask: Ask, command: Extend) -> str:
    return extend(turn, turn.change(command.change_no), ask.person, command.days, room=ask.conversation)


def extend(turn: Turn, change: Change, person: Person, days: int = 1, *, room: str = "") -> str:
    """Give those who decide so many working days more; says until when, which all of `room` hear.

    Raises Refused("may-not-extend"), "extended-enough", "extended-out", "extended-past-start", and that nothing is
    being decided.
    """
    longer = extended(change, _until(turn, change, days))
    if not may_extend(turn, change, person):
        raise Refused("may-not-extend", no=change.no, name=person.name)
    _require_room(turn, change, days)
    saved = save(turn, change, longer, by=person.id)
    until = turn.view(saved).at(saved.expires_at)
    record(turn, Kind.EXTENDED, person.id, saved.no, {"until": until, "days": days})
    _tell(turn, saved, person, until, room)
    return turn.words("answer.extended", no=saved.no, until=until)


def may_extend(turn: Turn, change: Change, person: Person) -> bool:
    """Check that the person answers for a step that waits: as its department's manager, as a coordinator, as one who
    was called in, or by acting for one of them. Nobody gives time to what they proposed themselves."""
    deputies, answering = turn.deputies(), tuple(_answering(turn, change))
    if person.id in deputies.hands_of(*change.proposers):
        return False
    return person.id in answering or bool(deputies.acts_for(person.id, answering))


def _answering(turn: Turn, change: Change) -> Iterator[str]:
    ladders = turn.uow.escalations.of_change(change.no)
    yield from (coordinator.id for coordinator in turn.organisation.with_role(Role.COORDINATOR))
    for step in (*change.waiting, *change.returned):
        if manager := manager_of(step.department, turn.organisation):
            yield manager.id
        if step.fallback:
            yield from step.approvers
        if (ladder := ladders.get(step.department)) and ladder.round == step.round:
            yield from ladder.asked()


def _require_room(turn: Turn, change: Change, days: int) -> None:
    """Allow at most MOST days in all, and none beyond the moment there is nothing left to decide. What is in effect
    already, and waits to be ratified, has begun: it knows no such moment."""
    done = _extended_by(turn, change)
    rest = MOST - done
    if rest <= 0:
        raise Refused("extended-out", no=change.no, most=MOST)
    if days > rest:
        raise Refused("extended-enough", no=change.no, most=MOST, done=done, rest=rest)
    end = None if change.state.is_in_effect else latest(change.impact, turn.environment.zone, turn.calendar)
    if end is not None and _until(turn, change, days) > end:
        view = turn.view(change)
        raise Refused("extended-past-start", no=change.no, start=first_start(change.impact), latest=view.at(end))


def _until(turn: Turn, change: Change, days: int) -> datetime:
    """Deadline at the same time of day, so many working days later."""
    local = (change.expires_at or turn.now).astimezone(turn.environment.zone)
    last = turn.calendar.add(turn.calendar.on_or_before(local.date()), days)
    return datetime.combine(last, local.timetz()).astimezone(UTC)


def _extended_by(turn: Turn, change: Change) -> int:
    """The trail knows how often it was extended."""
    events = turn.uow.audit.chain(Wanted(change.created_at, (Kind.EXTENDED.value,)))
    return sum(int(event.facts["days"]) for event in events if event.subject == change.no)


def _tell(turn: Turn, change: Change, person: Person, until: str, heard: str) -> None:
    """Say who moved it to the proposer, and to those whose card of a waiting step cannot be changed where it stands."""
    waiting = {(step.department, step.round) for step in change.waiting}
    asked = (row for row in turn.uow.cards.about(change.subject) if row.purpose.asks)
    still = (row for row in asked if (row.department, row.round) in waiting and not updates_in_place(turn, row))
    rooms = {change.origin, *(row.conversation for row in still)}
    facts = {"name": person.name, "no": change.no, "headline": turn.view(change).headline, "until": until}
    for room in sorted(rooms - {"", heard}):
        turn.uow.outbox.say(room, turn.words("answer.extended-told", **facts), turn.now)
