"""Cards: which card stands in which conversation for what, which version is wanted and which is shown."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, case, insert, select, update

from storage.repository import Repository
from storage.tables import cards


class Purpose(StrEnum):
    PROPOSAL = "proposal"
    """To the proposer: what was understood, what it would do; afterwards, how it stands."""
    APPROVAL = "approval"
    """To a department that is asked."""
    ESCALATION = "escalation"
    """To those a waiting step was escalated to."""
    NOTICE = "notice"
    """To a department that is told."""
    CONFLICT = "conflict"
    """To those who settle a conflict: `change_no` is the newer request, and `department` the number of the older."""

    @property
    def asks(self) -> bool:
        """Whether people decide a step on it."""
        return self in (Purpose.APPROVAL, Purpose.ESCALATION)


@dataclass(frozen=True, slots=True)
class CardRow:
    """A card is drawn from its change request whenever it is sent; the row keeps no text."""

    card_id: str
    purpose: Purpose
    change_no: str
    department: str
    round: int
    conversation: str
    wanted_version: int
    shown_version: int
    wire_id: str
    handle: str | None
    created_at: datetime
    first_shown_at: datetime | None


class Cards(Repository):
    def add(
        self, purpose: Purpose, change_no: str, conversation: str, now: datetime, department: str = "", round: int = 1
    ) -> CardRow:
        """A new card, version 1 wanted, nothing shown yet. Its id is ours and cannot be guessed."""
        card_id = f"{self._plan_id}-{secrets.token_hex(8)}"
        row = CardRow(card_id, purpose, change_no, department, round, conversation, 1, 0, "", None, now, None)
        values = {name: getattr(row, name) for name in CardRow.__slots__}
        self._connection.execute(insert(cards).values(plan_id=self._plan_id, **values | {"purpose": purpose.value}))
        return row

    def get(self, card_id: str) -> CardRow | None:
        row = self._connection.execute(select(cards).where(self._of_plan(cards, card_id=card_id))).one_or_none()
        return _card(row) if row else None

    def of_change(self, change_no: str) -> list[CardRow]:
        """Oldest first."""
        query = select(cards).where(self._of_plan(cards, change_no=change_no))
        return [_card(row) for row in self._connection.execute(query.order_by(cards.c.created_at, cards.c.card_id))]

    def want_next(self, card: CardRow) -> int:
        """Ask for a newer version of it; returns which."""
        version = card.wanted_version + 1
        self._set(card.card_id, wanted_version=version)
        return version

    def shown(self, card: CardRow, version: int, wire_id: str, handle: str | None, at: datetime) -> None:
        """A platform has it; `card` is the row as it was when that version was drawn.

        An older version that arrives late changes nothing. Without a handle of its own the version has used up the
        one that `card` had; a fresh one, which a click brought meanwhile, stays.
        """
        left = case((cards.c.handle.is_not_distinct_from(card.handle), None), else_=cards.c.handle)
        values: dict[str, Any] = {"shown_version": version, "handle": handle or left, "trouble": ""}
        if wire_id:
            values["wire_id"] = wire_id
        newer = self._of_plan(cards, card_id=card.card_id) & (cards.c.shown_version < version)
        self._connection.execute(update(cards).where(newer).values(values))
        never = self._of_plan(cards, card_id=card.card_id) & cards.c.first_shown_at.is_(None)
        self._connection.execute(update(cards).where(never).values(first_shown_at=at))

    def set_handle(self, card_id: str, handle: str) -> None:
        self._set(card_id, handle=handle)

    def failed(self, card_id: str, trouble: str) -> None:
        self._set(card_id, trouble=trouble)

    def _set(self, card_id: str, **values: Any) -> None:
        self._connection.execute(update(cards).where(self._of_plan(cards, card_id=card_id)).values(values))


def plan_of(card_id: str) -> str:
    """The plan a card belongs to: it is part of its id, so that a click needs no search across plans."""
    return card_id.rpartition("-")[0]


def _card(row: Row[Any]) -> CardRow:
    values = {name: getattr(row, name) for name in CardRow.__slots__}
    return CardRow(**values | {"purpose": Purpose(row.purpose)})
