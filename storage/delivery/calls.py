"""Calls of platforms that count by the month, by what they were spent on: every process adds to the same rows."""

from collections import defaultdict
from collections.abc import Collection
from enum import StrEnum

from sqlalchemy import select, update

from storage.delivery.outbox import OutboxMessage, Priority
from storage.repository import Repository
from storage.tables.delivery import platform_calls


class CallKind(StrEnum):
    APPROVAL = "approval"
    """Cards on which somebody decides."""
    CARD = "card"
    """Cards that tell: previews, notices, what became of a request."""
    NOTICE = "notice"
    """Digests, reminders and other messages."""
    ANSWER = "answer"
    """Answers to what was typed."""

    @classmethod
    def of(cls, message: OutboxMessage) -> "CallKind":
        if message.priority is Priority.CHATTER:
            return cls.ANSWER
        if message.card_id is None:
            return cls.NOTICE
        return cls.APPROVAL if message.priority is Priority.DECISION else cls.CARD


Spent = dict[str, dict[CallKind, int]]
"""Calls by platform and kind."""


class Calls(Repository):
    def add(self, platform: str, month: str, kind: CallKind, calls: int) -> None:
        """Count calls of a month, as 2026-11."""
        row = self._of_plan(platform_calls, platform=platform, month=month, kind=kind.value)
        more = update(platform_calls).where(row).values(calls=platform_calls.c.calls + calls)
        if self._connection.execute(more).rowcount:
            return
        first = {"plan_id": self._plan_id, "platform": platform, "month": month, "kind": kind.value, "calls": calls}
        if not self._add_new(platform_calls, first):  # another process counted the first of them in the same moment
            self._connection.execute(more)

    def of(self, month: str, plans: Collection[str] = ()) -> Spent:
        """Calls of a month so far; `plans`: of all these together, because they have an app in common."""
        spent: Spent = defaultdict(lambda: defaultdict(int))
        here = platform_calls.c.plan_id.in_(plans or [self._plan_id]) & (platform_calls.c.month == month)
        for row in self._connection.execute(select(platform_calls).where(here)):
            spent[row.platform][CallKind(row.kind)] += row.calls
        return {platform: dict(kinds) for platform, kinds in spent.items()}
