"""A card that proves the way to a department and back: put up from the server, pressed by whoever reads it there."""

from dataclasses import dataclass
from datetime import timedelta

from handlers.notify.audit import record
from handlers.notify.people.settings_cards import put_up, show_settled
from handlers.timers import SETTING
from handlers.turn import Turn
from planning.control.settings_request import SettingsRequest, Standing, Wish
from planning.people.organisation import Person
from planning.refusal import Refused
from planning.trail.audit import Kind
from storage.timers import Timer


@dataclass(frozen=True, slots=True)
class Checked:
    """How far a check card has come."""

    standing: Standing
    department: str
    conversation: str
    is_shown: bool
    """The platform took it."""
    pressed_by: str
    """Name of whoever pressed it, or their account where nobody knows them."""
    lost: str
    """Why it is not sent any more; empty: it is, or will be."""


def put_up_check(turn: Turn, named: str, waits: timedelta) -> SettingsRequest:
    """Put one up in the conversation of a department, to be pressed within that time; nobody is reminded of it. Raises
    "unknown-department", "no-conversation"."""
    department = turn.organisation.find_department(named)
    if department is None:
        raise turn.no_such_department(named)
    if not department.conversation:
        raise Refused("no-conversation", department=department.name)
    change = turn.words("setting.checks", department=department.name)
    facts = {"department": department.name, "change": change}
    ends = turn.now + waits
    wanted = SettingsRequest(Wish.CHECK, facts, "", department.conversation, turn.now, expires_at=ends)
    request = turn.uow.settings_requests.add(wanted)
    turn.uow.timers.start(Timer(SETTING, request.subject.id, ends))
    put_up(turn, request, [department.conversation])
    record(turn, Kind.CARD_CHECKED, "", request.subject.id, {"change": change})
    return request


def press(turn: Turn, request: SettingsRequest, person: Person, pressed: str) -> None:
    """Anybody who reads there may, known or not: the click came back, which is all it asks. Raises "setting-settled",
    "setting-expired"."""
    request.require_open(turn.now)
    record(turn, Kind.CARD_ANSWERED, person.id, request.subject.id, {"change": request.facts["change"]})
    show_settled(turn, request.settled(Standing.DONE, person.id, turn.now), pressed)


def state_of(turn: Turn, number: int) -> Checked | None:
    """None: there is none of this number."""
    request = turn.uow.settings_requests.get(number)
    if request is None or request.wish is not Wish.CHECK:
        return None
    cards = turn.uow.cards.about(request.subject)
    ids = {card.card_id for card in cards}
    lost = next((letter.reason for letter in turn.uow.dead_letters.all() if letter.card_id in ids), "")
    return Checked(
        request.standing, request.facts["department"], request.conversation,
        is_shown=any(card.shown_version for card in cards),
        pressed_by=turn.organisation.name_of(request.decided_by), lost=lost,
    )  # fmt: skip
