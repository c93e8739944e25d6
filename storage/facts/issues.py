"""Issues, kept and found again."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, insert, or_, select

from planning.rhythm.issue import Issue, IssueState
from storage.repository import Repository
from storage.tables.facts import issues

_UNDERWAY = tuple(state.value for state in IssueState if state.is_underway)
_UNSETTLED = tuple(state.value for state in IssueState if state is not IssueState.CLOSED)


class Issues(Repository):
    def next_no(self, day: date) -> str:
        """Next number IS-YYYYMMDD-nnn of the day it is raised on. The plan is locked, so no two get the same."""
        prefix = f"IS-{day:%Y%m%d}-"
        of_day = self._of_plan(issues) & issues.c.no.startswith(prefix)
        return f"{prefix}{(self._connection.scalar(select(func.count()).where(of_day)) or 0) + 1:03d}"

    def add(self, issue: Issue) -> None:
        last = self._last_row(issues)
        number = (last.number if last else 0) + 1
        self._write(insert(issues), {"plan_id": self._plan_id, "number": number, **_values(issue)})

    def keep(self, issue: Issue) -> None:
        """What became of it."""
        self._alter(issues, {"no": issue.no}, **_values(issue))

    def get(self, no: str) -> Issue | None:
        row = self._row(issues, no=no)
        return _issue(row) if row else None

    def of_call(self, key: str) -> Issue | None:
        """The issue that a call with this key has brought."""
        row = self._connection.execute(
            select(issues).where(self._of_plan(issues, call=key), issues.c.call != "")
        ).first()
        return _issue(row) if row else None

    def underway(self) -> list[Issue]:
        """Those that wait for their owner, oldest first."""
        return self._in(_UNDERWAY)

    def unsettled(self) -> list[Issue]:
        """Those that are not closed, oldest first."""
        return self._in(_UNSETTLED)

    def since(self, moment: datetime) -> list[Issue]:
        """Those that are not closed, and those that were closed since then; oldest first."""
        which = or_(issues.c.state != IssueState.CLOSED.value, issues.c.closed_at >= moment)
        query = select(issues).where(self._of_plan(issues), which).order_by(issues.c.number)
        return [_issue(row) for row in self._connection.execute(query)]

    def page(self, most: int, after: int, state: str = "", about: str = "") -> list[tuple[int, Issue]]:
        """So many behind this row, each with its row's number."""
        which = self._of_plan(issues, **({"state": state} if state else {}), **({"about": about} if about else {}))
        query = select(issues).where(which, issues.c.number > after).order_by(issues.c.number).limit(most)
        return [(row.number, _issue(row)) for row in self._connection.execute(query)]

    def _in(self, states: Sequence[str]) -> list[Issue]:
        query = select(issues).where(self._of_plan(issues), issues.c.state.in_(states)).order_by(issues.c.number)
        return [_issue(row) for row in self._connection.execute(query)]


def _values(issue: Issue) -> dict[str, Any]:
    return {name: getattr(issue, name) for name in Issue.__slots__} | {"state": issue.state.value}


def _issue(row: Row[Any]) -> Issue:
    values = {name: row._mapping[name] for name in Issue.__slots__}
    return Issue(**values | {"state": IssueState(row.state)})
