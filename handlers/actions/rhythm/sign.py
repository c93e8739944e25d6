"""签到: somebody signs the facts of the morning, by a word or by a button."""

from handlers.govern.rhythm.sync_people import require_may_sign, seat_for
from handlers.language.commands.sync import SignSync
from handlers.lifecycle.sync import sign, up_to_date
from handlers.notify.rhythm.sync_cards import SyncLines
from handlers.turn import Ask, Turn
from planning.refusal import Refused
from planning.rhythm.sync import SyncCard

SHOWN = 12
"""Digits of a content's hash that people read."""


def by_word(turn: Turn, ask: Ask, command: SignSync) -> str:
    """What was signed; where it has changed since it was shown, what it holds now, and nothing is signed. Raises
    "sync-off", "sync-none", "sync-not-yours" and what signing raises."""
    card = todays(turn)
    seat = seat_for(turn, card, ask.person.id)
    newest = up_to_date(turn, card)
    if newest.version != card.version:
        lines = SyncLines(turn, newest)
        return "\n\n".join([turn.words("sync.renewed"), *lines.told()])
    signed = sign(turn, newest, seat, ask.person.id, heard=ask.conversation)
    return turn.words("sync.signed", seat=seat.name, sha256=signed.sha256[:SHOWN])


def todays(turn: Turn) -> SyncCard:
    """Raises "sync-off", "sync-none"."""
    if turn.environment.sync is None:
        raise Refused("sync-off")
    card = turn.uow.sync_cards.of(turn.today)
    if card is None:
        raise Refused("sync-none", day=turn.today.isoformat())
    return card


def sign_seat(turn: Turn, card: SyncCard, place: str, person: str, pressed: str) -> SyncCard:
    """Sign for the seat of a button. Raises "sync-not-yours", "card-unknown" of a place that was made up."""
    if not place.isdecimal() or int(place) >= len(card.seats):
        raise Refused("card-unknown")
    seat = card.seats[int(place)]
    require_may_sign(turn, seat, person)
    return sign(turn, card, seat, person, pressed=pressed)
