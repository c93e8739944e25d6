"""Cards: which card stands in which conversation for what, which version is wanted and which is shown."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, case, insert, select, update

from planning.subject import Subject
from storage.repository import Repository
from storage.tables.delivery import cards


class Purpose(StrEnum):
    PROPOSAL = "proposal"
    """Card to the proposer: the command understood and its effect; afterwards, the state."""
    APPROVAL = "approval"
    """Card to a department that is asked."""
    ESCALATION = "escalation"
    """Card to those a waiting step was escalated to."""
    NOTICE = "notice"
    """Card to a department that is told."""
    CONFLICT = "conflict"
    """Card to those who settle a conflict."""
    QUESTION = "question"
    """Card to somebody who said something: next steps, each one tap."""
    DELEGATION = "delegation"
    """Card to a deputy who is asked, and to who named them."""
    SETTING = "setting"
    """Card to those whose word a change of the settings waits for."""
    EXCEPTION = "exception"
    """Card to those who see to what is going wrong."""
    ISSUE = "issue"
    """Card to whoever sees to what somebody found wrong, and to who did."""
    RECORD = "record"
    """Card to the two who have agreed on something."""

    @property
    def asks(self) -> bool:
        """Tell whether people decide a step on such a card."""
        return self in (Purpose.APPROVAL, Purpose.ESCALATION)


@dataclass(frozen=True, slots=True)
class CardRow:
    """A card is drawn from what it is about whenever it is sent; the row keeps no text."""

    card_id: str
    purpose: Purpose
    subject: Subject
    department: str
    """Who is asked or told on it; empty: the proposer, or nobody in particular."""
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
        self, purpose: Purpose, subject: Subject, conversation: str, now: datetime, department: str = "", round: int = 1
    ) -> CardRow:
        """A new card, version 1 wanted, nothing shown yet. Its id is ours and cannot be guessed."""
        card_id = f"{self._plan_id}-{secrets.token_hex(8)}"
        row = CardRow(card_id, purpose, subject, department, round, conversation, 1, 0, "", None, now, None)
        values = {name: getattr(row, name) for name in CardRow.__slots__}
        kept = values | {"purpose": purpose.value, **_about(subject)}
        self._write(insert(cards), {"plan_id": self._plan_id, **kept})
        return row

    def get(self, card_id: str) -> CardRow | None:
        row = self._row(cards, card_id=card_id)
        return card_of(row) if row else None

    def about(self, subject: Subject) -> list[CardRow]:
        """Oldest first."""
        return [card_of(row) for row in self._rows(cards, "created_at", "card_id", **_about(subject))]

    def notices_since(self, since: datetime) -> list[CardRow]:
        """Notices that were shown since then."""
        told = self._of_plan(cards, purpose=Purpose.NOTICE.value) & (cards.c.first_shown_at >= since)
        query = select(cards).where(told).order_by(cards.c.first_shown_at, cards.c.card_id)
        return [card_of(row) for row in self._connection.execute(query)]

    def put_up_since(self, purpose: Purpose, conversation: str, since: datetime) -> list[CardRow]:
        """Cards of a purpose that a conversation got since then, oldest first."""
        there = self._of_plan(cards, purpose=purpose.value, conversation=conversation) & (cards.c.created_at >= since)
        query = select(cards).where(there).order_by(cards.c.created_at, cards.c.card_id)
        return [card_of(row) for row in self._connection.execute(query)]

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

    def ask_on(self, card: CardRow, department: str, round: int) -> None:
        """Have this department asked on the card from now on."""
        self._set(card.card_id, purpose=Purpose.APPROVAL.value, department=department, round=round)

    def set_handle(self, card_id: str, handle: str) -> None:
        self._set(card_id, handle=handle)

    def failed(self, card_id: str, trouble: str) -> None:
        self._set(card_id, trouble=trouble)

    def _set(self, card_id: str, **values: Any) -> None:
        self._alter(cards, {"card_id": card_id}, **values)


def plan_of(card_id: str) -> str:
    """The plan a card belongs to: it is part of its id, so that a click needs no search across plans."""
    return card_id.rpartition("-")[0]


def card_of(row: Row[Any]) -> CardRow:
    values = {name: getattr(row, name) for name in CardRow.__slots__}
    return CardRow(**values | {"purpose": Purpose(row.purpose), "subject": Subject(row.subject_kind, row.subject)})


def _about(subject: Subject) -> dict[str, str]:
    return {"subject_kind": str(subject.kind), "subject": subject.id}
