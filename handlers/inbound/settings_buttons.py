"""Presses on the card of a change of the settings: confirmed, or not."""

from collections.abc import Callable, Mapping

from handlers.actions.control import settings_draft
from handlers.actions.delivery import check_card
from handlers.actions.people import accounts, bind, directory, join, people
from handlers.events import Answer
from handlers.inbound.press import Press
from handlers.notify.people.settings_cards import request_of
from handlers.turn import Turn
from planning.control.settings_request import SettingsRequest, Wish
from planning.people.organisation import Person
from planning.refusal import Refused

Deciding = Callable[[Turn, SettingsRequest, Person, str], None]
"""Takes the request, who pressed, and the card. Raises Refused and then changes nothing."""
CONFIRMED: Mapping[Wish, Deciding] = {
    Wish.ROLES: people.consent, Wish.BIND: bind.confirm, Wish.JOIN: join.let_in, Wish.DRAFT: settings_draft.agree,
    Wish.DIRECTORY: directory.confirm, Wish.ACCOUNTS: accounts.confirm,
}  # fmt: skip
REFUSED: Mapping[Wish, Deciding] = {
    Wish.ROLES: people.decline, Wish.BIND: bind.call_off, Wish.JOIN: join.turn_away,
    Wish.DRAFT: settings_draft.decline, Wish.DIRECTORY: directory.refuse,
    Wish.ACCOUNTS: accounts.refuse,
}  # fmt: skip


def confirm(press: Press) -> Answer:
    return _decided(press, CONFIRMED)


def refuse(press: Press) -> Answer:
    return _decided(press, REFUSED)


def apply(press: Press) -> Answer:
    request = request_of(press.turn, press.row)
    if request.wish is Wish.CHECK:
        check_card.press(press.turn, request, press.person, press.row.card_id)
        press.read_again()
        return press.shown()
    if request.wish is Wish.DIRECTORY:
        directory.press(press.turn, request, press.person, press.action.choice)
        press.read_again()
        return press.shown()
    told = join.apply(press.turn, request, press.person, press.action.choice)
    return press.noted(told, mark="✅")


def _decided(press: Press, deciding: Mapping[Wish, Deciding]) -> Answer:
    request = request_of(press.turn, press.row)
    if request.wish not in deciding:  # an action can be made up
        raise Refused("card-unknown")
    with press.turn.uow.apart():  # one word may make several versions: all of them, or none
        deciding[request.wish](press.turn, request, press.person, press.row.card_id)
    press.read_again()
    return press.shown()
