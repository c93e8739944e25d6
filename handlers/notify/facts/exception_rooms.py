"""What a conversation may still hear of exceptions today: three cards, beside what is critical.

Where a card that is brought up to date is another message, that counts as a card does.
"""

from datetime import datetime, timedelta

from handlers.notify.facts.exception_cards import rooms_of
from handlers.turn import Turn
from planning.plan.hours import end_of
from storage.delivery.cards import CardRow, Purpose

A_DAY = 3


class ExceptionRooms:
    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        self._left: dict[str, int] = {}

    def left(self, home: str) -> int:
        if home not in self._left:
            self._left[home] = A_DAY - self._heard(home)
        return self._left[home]

    def take(self, home: str) -> None:
        self._left[home] = self.left(home) - 1

    def last(self, home: str) -> CardRow | None:
        """The last card of today that is its own: what climbed to it stands elsewhere too."""
        own = (row for row in self._today(home) if rooms_of(self._turn, int(row.subject.id))[0] == home)
        return max(own, key=lambda row: row.created_at, default=None)

    def changes_in_place(self, home: str) -> bool:
        return self._turn.environment.platforms.serving(home).updates_in_place

    def counts_calls(self, home: str) -> bool:
        return self._turn.environment.platforms.serving(home).calls_a_month > 0

    def _heard(self, home: str) -> int:
        if self.changes_in_place(home):
            return len(self._today(home))
        shown = self._turn.uow.outbox.shown_since(Purpose.EXCEPTION, home, self._midnight())
        return sum(not self._was_critical(card, at or self._turn.now) for card, at in shown)

    def _today(self, home: str) -> list[CardRow]:
        """Its cards of today, without those of what was critical when they were put up."""
        rows = self._turn.uow.cards.put_up_since(Purpose.EXCEPTION, home, self._midnight())
        return [row for row in rows if not self._was_critical(row.subject.id, row.created_at)]

    def _was_critical(self, card: str, at: datetime) -> bool:
        """Check whether anything on it was by then: what is so only later has taken its place among the three."""
        since = (one.critical_at for one in self._turn.uow.exceptions.on_card(int(card)))
        return any(each is not None and each <= at for each in since)

    def _midnight(self) -> datetime:
        return end_of(self._turn.today - timedelta(days=1), self._turn.environment.zone)
