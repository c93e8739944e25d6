"""Showings: which effect of a change request a card showed, where, and since when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from storage.delivery.cards import CardRow
from storage.repository import Repository
from storage.tables.delivery import cards, showings


@dataclass(frozen=True, slots=True)
class Showing:
    conversation: str
    effect: str
    """Hash of the effect."""
    at: datetime


class Showings(Repository):
    def note(self, card: CardRow, effect: str, at: datetime) -> None:
        """A platform shows this effect on the card. The same as before is nothing new. The request may have got its
        number while the card was on its way."""
        about = select(cards.c.subject).where(self._of_plan(cards, card_id=card.card_id))
        change_no = self._connection.scalar(about) or card.subject.id
        theirs = self._of_plan(showings, change_no=change_no, card_id=card.card_id)
        last = select(showings.c.effect).where(theirs).order_by(showings.c.at.desc()).limit(1)
        if self._connection.scalar(last) == effect:
            return
        self._connection.execute(delete(showings).where(theirs & (showings.c.at == at)))
        row = {"change_no": change_no, "card_id": card.card_id, "conversation": card.conversation}
        self._connection.execute(insert(showings).values(plan_id=self._plan_id, effect=effect, at=at, **row))

    def of(self, change_no: str, until: datetime) -> list[Showing]:
        """Showings of a request up to a moment, newest first."""
        before = self._of_plan(showings, change_no=change_no) & (showings.c.at <= until)
        rows = self._connection.execute(select(showings).where(before).order_by(showings.c.at.desc()))
        return [Showing(row.conversation, row.effect, row.at) for row in rows]
