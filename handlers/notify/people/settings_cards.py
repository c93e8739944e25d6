"""Cards on which a change of the settings is confirmed: put up, brought up to date, drawn from the request."""

from collections.abc import Iterable
from datetime import date, timedelta

from cards.card import Card
from cards.faces.setting import SettingView, setting_card
from cards.words.dates import day
from handlers.notify.card_updates import ANSWER_GRACE, answers_everyone, send_again
from handlers.notify.links import page_address
from handlers.notify.new_cards import add_card, homes_of
from handlers.timers import SETTING
from handlers.turn import Turn
from planning.control.settings_request import SettingsRequest, Wish
from planning.people.organisation import Role
from planning.people.principal import Principal
from planning.refusal import Refused
from planning.subject import SubjectKind
from storage.delivery.cards import CardRow, Purpose

ADMINS = str(Principal.of_role(Role.ADMIN))
"""Who is asked on a card that stands beside that of somebody unknown."""


def put_up(turn: Turn, request: SettingsRequest, rooms: Iterable[str], asked: str = "") -> None:
    for room in rooms:
        add_card(turn, Purpose.SETTING, request.subject, room, asked)


def rooms_of(turn: Turn, people: Iterable[str]) -> list[str]:
    """Where these people read: in their department's group, else one-to-one where the bot may begin."""
    rooms: list[str] = []
    for person in people:
        rooms += homes_of(turn, [person]) or _own_conversations(turn, person)
    return [*dict.fromkeys(rooms)]


def private_rooms_of(turn: Turn, people: Iterable[str]) -> list[str]:
    """Where these people read alone, where the bot may begin; else in their department's group."""
    rooms: list[str] = []
    for person in people:
        rooms += _own_conversations(turn, person) or homes_of(turn, [person])
    return [*dict.fromkeys(rooms)]


def _own_conversations(turn: Turn, person: str) -> list[str]:
    known = turn.organisation.people.get(person)
    accounts = known.identities if known else {}
    ways = [way for way in turn.environment.platforms.by_prefix.values() if way.to_person]
    return [f"{way.to_person}{accounts[way.platform]}" for way in ways if way.platform in accounts][:1]


def asking(turn: Turn, request: SettingsRequest) -> list[CardRow]:
    """Its cards, but for that of somebody unknown, who is told."""
    rows = turn.uow.cards.about(request.subject)
    return [row for row in rows if request.wish is not Wish.JOIN or row.department == ADMINS]


def asking_rooms(turn: Turn, request: SettingsRequest) -> list[str]:
    return [*dict.fromkeys(row.conversation for row in asking(turn, request))]


def show_settled(turn: Turn, request: SettingsRequest, pressed: str = "") -> None:
    """Keep what became of it, and bring its cards up to date. `pressed`: the card whose click caused it; empty: none
    did."""
    turn.uow.settings_requests.keep(request)
    turn.uow.timers.stop(SETTING, request.subject.id)
    for row in asking(turn, request):
        waits = ANSWER_GRACE if row.card_id == pressed and answers_everyone(turn, row) else timedelta(0)
        send_again(turn, row, waits)


def request_of(turn: Turn, row: CardRow) -> SettingsRequest:
    """Raises "card-unknown" for a card of another kind: an action can be made up."""
    is_one = row.subject.kind == SubjectKind.SETTING and row.subject.id.isdecimal()
    found = turn.uow.settings_requests.get(int(row.subject.id)) if is_one else None
    if found is None:
        raise Refused("card-unknown")
    return found


def setting_facing(turn: Turn, row: CardRow) -> Card:
    """Such a card as it shows now."""
    request = request_of(turn, row)
    name_of = turn.organisation.name_of
    names = [(one.id, one.name) for one in turn.organisation.departments.values()]
    if here := request.facts.get("here"):
        names = [one for one in names if one[0] == here]
    view = SettingView(
        request, turn.words, name_of(request.asked_by), name_of(request.decided_by), names,
        is_theirs=request.wish is Wish.JOIN and row.department != ADMINS,
        begins=begins_on(turn, request), can_be_stopped=request.can_be_stopped(turn.now),
        page=page_of(turn, request),
    )  # fmt: skip
    return setting_card(view, row.card_id)


def begins_on(turn: Turn, request: SettingsRequest) -> str:
    """The day from which it is in effect, in words; empty: at once."""
    found = request.facts.get("from", "")
    return day(date.fromisoformat(found), turn.today) if found else ""


def page_of(turn: Turn, request: SettingsRequest) -> str:
    """Where it can be looked at; empty: there are no pages, or it is no draft."""
    if request.wish is not Wish.DRAFT or not turn.environment.pages_at:
        return ""
    return settings_address(turn, f"/drafts/{request.number}")


def settings_address(turn: Turn, path: str = "", **query: str) -> str:
    """Address of the settings' pages of this plan."""
    return page_address(turn, f"/settings{path}", **query)


def roles_in_words(turn: Turn, roles: Iterable[str]) -> str:
    return turn.words.list([turn.words(f"setting.role.{role}") for role in roles]) or turn.words("setting.no-role")
