"""The process ends before or after any of its transactions: what follows is as if it had not, only later."""

import contextlib
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from cards.action import Verb
from planning.change.change import ChangeState
from storage.database import Database
from storage.delivery.cards import Purpose
from storage.delivery.inbox import LEASE
from tests.databases import fresh_database
from tests.handlers.company import LATER, Company
from tests.previews import NEWEST

NO = "CR-20261123-001"


class Crash(BaseException):
    """The process is gone: nothing catches it."""


class Fuse(Database):
    """A database whose process ends at the nth write, before it or after it is durable."""

    def __init__(self, opened: Database) -> None:
        self.__dict__.update(opened.__dict__)
        self.left, self.after = sys.maxsize, False

    def light(self, writes: int, after: bool) -> None:
        self.left, self.after = writes, after

    async def write(self, work: Callable[..., Any], *, first: bool = False) -> Any:
        self.left -= 1
        if self.left < 0 or (self.left == 0 and not self.after):
            raise Crash
        result = await super().write(work, first=first)
        if self.left == 0:
            raise Crash
        return result


async def story(company: Company) -> None:
    """A change is typed, submitted, approved by all; whoever got no answer presses again."""
    await company.types("han", LATER, event_id="typed")
    await company.press("han", await company.card(NEWEST, Purpose.PROPOSAL), Verb.SUBMIT, event_id="submit")
    await company.office.deliver()
    for step in (await company.change(NO)).steps:
        row = await company.card(NO, Purpose.APPROVAL, step.department)
        await company.press(step.approvers[0], row, Verb.APPROVE, event_id=f"approve {step.department}")
    await company.office.deliver()


@pytest.mark.timeout(600)  # a story for each of its transactions
@pytest.mark.both_databases
@pytest.mark.parametrize(("backend", "after"), [("sqlite", False), ("sqlite", True), ("postgresql", True)])
async def test_nothing_is_lost_and_nothing_doubled(tmp_path: Path, backend: str, after: bool) -> None:
    for where in count(1):
        (folder := tmp_path / str(where)).mkdir()
        with fresh_database(backend, folder, migrated=True) as url:
            database = Database(url, "main")
            went_out = await crash_and_go_on(Fuse(database), where, after)
            database.close()
        if not went_out:
            assert where > 12, "the story has that many transactions at least"
            return


async def crash_and_go_on(fuse: Fuse, where: int, after: bool) -> bool:
    """Whether the process ended before the story did."""
    company = Company(fuse).opens()
    fuse.light(where, after)
    with contextlib.suppress(Crash):
        await story(company)
    went_out = fuse.left <= 0
    await company.office.delivery.drain()

    fuse.light(sys.maxsize, after)
    again = Company(fuse, company.clock)
    for _ in range(3):
        await again.rings(seconds=LEASE.total_seconds() * 2)
    await story(again)  # the platform brings again what nobody acknowledged, people press again
    await again.rings(seconds=LEASE.total_seconds() * 2)

    change = await again.change(NO)
    assert change.state is ChangeState.APPLIED
    assert [len(step.decisions) for step in change.steps] == [1] * len(change.steps)
    assert await again.look(lambda turn: turn.uow.plans.head()) == 2
    assert (await again.change(NEWEST)).no == NO, "nor is a preview left of it"
    rows = await again.cards(NO)
    assert len(rows) == len({(row.purpose, row.department) for row in rows})
    assert all(row.shown_version == row.wanted_version for row in rows)
    assert set(await again.look(lambda turn: turn.uow.outbox.counts())) == {"sent"}
    return went_out
