"""Readings of the platforms' directories, their pages, and what they said of people when they were applied."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row, delete, func, insert, select, update

from planning.people.directory import Directory, Page
from planning.people.directory_run import LEASE, DirectoryRun, RunState
from storage.repository import Repository
from storage.tables.people import directory_members, directory_pages, directory_runs

PAGE = TypeAdapter(Page)


@dataclass(frozen=True, slots=True)
class ToldMember:
    """What a directory said of somebody when it was applied last."""

    user: str
    person: str
    name: str
    department: str
    """The plan's; empty: none of it."""
    number: str
    present: bool


class Directories(Repository):
    """Of a deployment, as the settings' versions."""

    def begin(self, run: DirectoryRun) -> DirectoryRun:
        """The run with its number; the plan is locked."""
        newest = select(func.max(directory_runs.c.number)).where(self._of_plan(directory_runs))
        values = _values(run) | {"number": (self._connection.scalar(newest) or 0) + 1}
        self._connection.execute(insert(directory_runs).values(plan_id=self._plan_id, **values))
        return _run(values)

    def run(self, number: int) -> DirectoryRun | None:
        row = self._row(directory_runs, number=number)
        return _run_of(row) if row else None

    def keep(self, run: DirectoryRun) -> None:
        self._alter(directory_runs, {"number": run.number}, **_values(run))

    def in_state(self, state: RunState, platform: str) -> list[DirectoryRun]:
        """Oldest first."""
        rows = self._rows(directory_runs, "number", state=state.value, platform=platform)
        return [_run_of(row) for row in rows]

    def newest(self, platform: str) -> DirectoryRun | None:
        """The newest that was about the whole directory, whatever became of it."""
        rows = self._rows(directory_runs, "number", platform=platform)
        return next((_run_of(row) for row in reversed(rows) if row.users is None), None)

    def is_any_due(self, now: datetime) -> bool:
        due = self._of_plan(directory_runs, state=RunState.READING.value) & (directory_runs.c.due_at <= now)
        return self._connection.execute(select(directory_runs.c.number).where(due).limit(1)).first() is not None

    def take_due(self, now: datetime) -> DirectoryRun | None:
        """One that is to be gone on with, which is nobody else's for a while."""
        due = self._of_plan(directory_runs, state=RunState.READING.value) & (directory_runs.c.due_at <= now)
        for row in self._connection.execute(select(directory_runs).where(due).order_by(directory_runs.c.number)):
            mine = self._of_plan(directory_runs, number=row.number, due_at=row.due_at)
            taken = update(directory_runs).where(mine).values(due_at=now + LEASE)
            if self._connection.execute(taken).rowcount == 1:
                return self.run(row.number)
        return None

    def add_page(self, run: int, question: str, page: Page) -> None:
        """An answer; asked twice it is kept once."""
        row = {"run": run, "question": question, "page": PAGE.dump_python(page, mode="json")}
        self._put(directory_pages, {"plan_id": self._plan_id, **row})

    def pages(self, run: int) -> dict[str, Page]:
        """Answers by question."""
        return {row.question: PAGE.validate_python(row.page) for row in self._rows(directory_pages, run=run)}

    def read(self, run: int) -> Directory:
        return Directory.of(self.pages(run).values())

    def forget_people(self, run: int) -> None:
        """Keep the departments of a run alone: who is in them is nobody's business any more."""
        for question, page in self.pages(run).items():
            bare = Page(units=page.units)
            if bare == page:
                continue
            kept = {"page": PAGE.dump_python(bare, mode="json")}
            self._alter(directory_pages, {"run": run, "question": question}, **kept)

    def forget(self, run: int) -> None:
        self._connection.execute(delete(directory_pages).where(self._of_plan(directory_pages, run=run)))

    def told(self, platform: str) -> Mapping[str, ToldMember]:
        """By what the platform calls them."""
        rows = self._rows(directory_members, platform=platform)
        return {
            row.user: ToldMember(row.user, row.person, row.name, row.department, row.number, row.present)
            for row in rows
        }

    def tell(self, platform: str, members: Iterable[ToldMember]) -> None:
        for one in members:
            values = {name: getattr(one, name) for name in ToldMember.__slots__}
            self._put(directory_members, {"plan_id": self._plan_id, "platform": platform, **values})


_NAMES = tuple(column.name for column in directory_runs.columns if column.name != "plan_id")


def _values(run: DirectoryRun) -> dict[str, Any]:
    values = {name: getattr(run, name) for name in _NAMES}
    users = None if run.users is None else [*run.users]
    return values | {"questions": [*run.questions], "users": users, "state": run.state.value}


def _run_of(row: Row[Any]) -> DirectoryRun:
    return _run({name: row._mapping[name] for name in _NAMES})


def _run(values: Mapping[str, Any]) -> DirectoryRun:
    users = values["users"]
    made = {**values, "questions": tuple(values["questions"]), "state": RunState(values["state"])}
    return DirectoryRun(**{**made, "users": None if users is None else tuple(users)})
