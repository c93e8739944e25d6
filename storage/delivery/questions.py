"""Questions to people who said something, with the commands offered to them."""

from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Row, func, insert, select, update

from cards.question import WAITS, Offer, Question
from storage.repository import Repository
from storage.tables.change import questions

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

    def choices(self, most: int) -> list[Question]:
        """Guesses that were answered and are learnt from, newest first."""
        order = (questions.c.asked_at.desc(), questions.c.id.desc())
        rows = self._connection.execute(select(questions).where(self._learnt).order_by(*order).limit(most))
        return [_question(row) for row in rows]

    def chosen(self) -> int:
        """A number that is another once there are new choices, or some are left out."""
        guessed = self._of_plan(questions, is_guess=True) & (questions.c.chosen != "")
        left_out = func.count().filter(questions.c.left_out_by != "")
        row = self._connection.execute(select(func.count(), left_out).where(guessed)).one()
        return int(row[0]) + int(row[1])

    def leave_out(self, id: str, by: str) -> bool:
        """Learn nothing from it any more. False where there is no such choice."""
        here = self._learnt & (questions.c.id == id)
        return bool(self._connection.execute(update(questions).where(here).values(left_out_by=by)).rowcount)

    @property
    def _learnt(self) -> ColumnElement[bool]:
        guessed = self._of_plan(questions, is_guess=True, left_out_by="")
        return guessed & (questions.c.chosen != "") & (questions.c.said != "")

    def answered(self, question: Question) -> None:
        """Save what it led to."""
        values: dict[str, Any] = {"chosen": question.chosen, "outcome": question.outcome, "form": question.form}
        values["offers"] = _OFFERS.dump_python(question.offers, mode="json")
        self._connection.execute(update(questions).where(self._of_plan(questions, id=question.id)).values(values))


def _question(row: Row[Any]) -> Question:
    values = {name: getattr(row, name) for name in Question.__slots__}
    return Question(**values | {"offers": _OFFERS.validate_python(row.offers)})
