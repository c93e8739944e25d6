"""Calls of the language model by month: every process counts in the same row, before it calls."""

from dataclasses import dataclass

from sqlalchemy import update

from storage.repository import Repository
from storage.tables.delivery import language_calls


@dataclass(frozen=True, slots=True)
class LanguageSpent:
    """What a month has cost so far; `tokens_in` and `tokens_out` as the model's own answers count them."""

    calls: int = 0
    answered: int = 0
    tokens_in: int = 0
    tokens_out: int = 0


class LanguageCalls(Repository):
    def take(self, month: str, limit: int) -> bool:
        """Count a call of a month, as 2026-11; False where its limit (1 at least) is reached: nothing is counted."""
        here = self._of_plan(language_calls, month=month)
        more = update(language_calls).where(here, language_calls.c.calls < limit)
        more = more.values(calls=language_calls.c.calls + 1)
        if self._connection.execute(more).rowcount:
            return True
        first = {"plan_id": self._plan_id, "month": month, "calls": 1, "answered": 0, "tokens_in": 0, "tokens_out": 0}
        if self._add_new(language_calls, first):
            return True
        return bool(self._connection.execute(more).rowcount)  # another process counted the first in the same moment

    def answered(self, month: str, tokens_in: int, tokens_out: int) -> None:
        """Note that a call which was counted was answered, and what it took."""
        row = language_calls.c
        self._connection.execute(
            update(language_calls)
            .where(self._of_plan(language_calls, month=month))
            .values(
                answered=row.answered + 1,
                tokens_in=row.tokens_in + tokens_in,
                tokens_out=row.tokens_out + tokens_out,
            )
        )

    def of(self, month: str) -> LanguageSpent:
        row = self._row(language_calls, month=month)
        return LanguageSpent(row.calls, row.answered, row.tokens_in, row.tokens_out) if row else LanguageSpent()
