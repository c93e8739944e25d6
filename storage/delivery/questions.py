"""Questions to people who said something, with the commands offered to them."""

from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row, insert, select, update

from cards.question import WAITS, Offer, Question
from storage.repository import Repository
from storage.tables import questions

_OFFERS = TypeAdapter(tuple[Offer, ...])


class Questions(Repository):
    def add(self, question: Question) -> None:
        row = {name: getattr(question, name) for name in Question.__slots__}
        row["offers"] = _OFFERS.dump_python(question.offers, mode="json")
        self._connection.execute(insert(questions).values(plan_id=self._plan_id, **row))

    def get(self, id: str) -> Question | None:
        row = self._connection.execute(select(questions).where(self._of_plan(questions, id=id))).one_or_none()
        return _question(row) if row else None

    def newest(self, conversation: str, person: str, now: datetime) -> Question | None:
        """The last one this person was asked here, if their next words may still answer it."""
        theirs = self._of_plan(questions, conversation=conversation, person=person)
        recent = questions.c.asked_at >= now - WAITS
        order = (questions.c.asked_at.desc(), questions.c.id.desc())
        row = self._connection.execute(select(questions).where(theirs, recent).order_by(*order).limit(1)).one_or_none()
        return _question(row) if row else None

    def answers(self) -> list[Question]:
        """All that led to something, oldest first."""
        led = self._of_plan(questions) & (questions.c.chosen != "")
        rows = self._connection.execute(select(questions).where(led).order_by(questions.c.asked_at, questions.c.id))
        return [_question(row) for row in rows]

    def answered(self, question: Question) -> None:
        """Save what it led to."""
        values: dict[str, Any] = {"chosen": question.chosen, "outcome": question.outcome, "form": question.form}
        values["offers"] = _OFFERS.dump_python(question.offers, mode="json")
        self._connection.execute(update(questions).where(self._of_plan(questions, id=question.id)).values(values))


def _question(row: Row[Any]) -> Question:
    values = {name: getattr(row, name) for name in Question.__slots__}
    return Question(**values | {"offers": _OFFERS.validate_python(row.offers)})
