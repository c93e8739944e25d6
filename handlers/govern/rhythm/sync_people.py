"""The seats of the sync card: whose they are today, and who may sign for them."""

from collections.abc import Iterator
from dataclasses import replace

from handlers.turn import Turn
from planning.change.approvers import manager_of
from planning.people.organisation import Role
from planning.refusal import Refused
from planning.rhythm.sync import Seat, SyncCard, SyncTerms


def seats_today(turn: Turn, terms: SyncTerms) -> list[Seat]:
    """The seats of the settings; one whose department has the day off is not needed."""
    return [replace(seat, is_off=_is_off(turn, seat)) for seat in terms.seats]


def _is_off(turn: Turn, seat: Seat) -> bool:
    person = turn.organisation.people.get(seat.person)
    return person is not None and not turn.environment.calendar_of(person.department).is_working(turn.today)


def may_sign(turn: Turn, seat: Seat, person: str) -> bool:
    """Whoever has the seat, whoever acts for them while they are away, and their deputy."""
    deputies = turn.deputies()
    return person in (seat.person, deputies.standing.get(seat.person)) or bool(deputies.acts_for(person, [seat.person]))


def seat_for(turn: Turn, card: SyncCard, person: str) -> Seat:
    """The seat somebody signs who names none: their own, else the first they may sign for, those that are missing
    first. Raises Refused("sync-not-yours")."""
    able = [seat for seat in (*card.missing, *card.seats) if may_sign(turn, seat, person)]
    found = next((seat for seat in able if seat.person == person), next(iter(able), None))
    if found is None:
        raise Refused("sync-not-yours", seats=seats_in_words(turn, card.seats))
    return found


def require_may_sign(turn: Turn, seat: Seat, person: str) -> None:
    """Raises Refused("sync-not-yours")."""
    if not may_sign(turn, seat, person):
        raise Refused("sync-not-yours", seats=seats_in_words(turn, [seat]))


def seats_in_words(turn: Turn, seats: tuple[Seat, ...] | list[Seat]) -> str:
    name_of = turn.organisation.name_of
    return turn.words.list([turn.words("sync.seat-of", seat=seat.name, name=name_of(seat.person)) for seat in seats])


def called_for(turn: Turn, seats: tuple[Seat, ...]) -> list[str]:
    """Who is told that these have not been signed: whoever may sign for them, their managers, the coordinators."""
    return list(dict.fromkeys(one for one in _ladder(turn, seats) if one in turn.organisation.people))


def _ladder(turn: Turn, seats: tuple[Seat, ...]) -> Iterator[str]:
    deputies, organisation = turn.deputies(), turn.organisation
    for seat in seats:
        yield deputies.acting(seat.person) or seat.person
        person = organisation.people.get(seat.person)
        manager = manager_of(person.department, organisation) if person else None
        if manager is not None:
            yield manager.id
    yield from (one.id for one in organisation.with_role(Role.COORDINATOR))
