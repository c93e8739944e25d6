"""Cards that stand about one thing between people: brought up to date, and put up where somebody has to read it."""

from collections.abc import Iterable
from datetime import timedelta

from handlers.notify.card_updates import ANSWER_GRACE, answers_everyone, send_again, updates_in_place
from handlers.notify.new_cards import add_card
from handlers.turn import Turn
from planning.subject import Subject
from storage.delivery.cards import Purpose


def show(
    turn: Turn, purpose: Purpose, subject: Subject, homes: Iterable[str], *, heard: str = "", pressed: str = "",
    only_in_place: bool = False,
) -> None:
    """Bring its cards up to date, and put one up in each of these conversations where none stands.

    `pressed`: the card whose click caused it. `heard`: the conversation in which an answer says the same: there no card
    is put up, and one that can only be sent anew stays as it is. `only_in_place`: its readers have nothing else to do
    than before, so that a card that can only be sent anew stays as it is everywhere.
    """
    rows = turn.uow.cards.about(subject)
    for row in rows:
        if row.card_id == pressed:
            send_again(turn, row, ANSWER_GRACE if answers_everyone(turn, row) else timedelta(0))
        elif updates_in_place(turn, row) or not (only_in_place or row.conversation == heard):
            send_again(turn, row)
    there = {heard, *(row.conversation for row in rows)}
    for home in dict.fromkeys(homes):
        if home not in there:
            add_card(turn, purpose, subject, home)
