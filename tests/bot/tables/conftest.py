"""A planner's files, and the reading of them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.tables import TableError, read_plan
from planning.people.organisation import Department, Organisation, Person
from planning.plan.plan import Plan

TODAY = date(2026, 11, 23)
"""A Monday."""
ORGANISATION = Organisation.of(
    [
        Department("production", "生产部"),
        Department("purchasing", "采购部"),
        Department("shop", "门店", calendar="every-day"),
    ],
    [Person("wang.wu", "王五", "production"), Person("li.na", "李娜", "purchasing"), Person("li.na2", "李娜", "shop")],
)

Read = Callable[..., Plan]
Complaints = Callable[..., list[str]]


def read_files(items: Path, links: Path | None = None, **wanted: Any) -> Plan:
    usual = {"organisation": ORGANISATION, "calendar": "china", "today": TODAY, "plan_id": "main", "plan_name": "计划"}
    return read_plan(items, links, **{**usual, **wanted}).plan


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read a plan from the text of an items file and, perhaps, of a links file."""

    def read(items: str, links: str | None = None, **wanted: Any) -> Plan:
        path, beside = tmp_path / "items.csv", tmp_path / "links.csv"
        path.write_bytes(items.encode(wanted.pop("encoding", "utf-8")))
        if links is not None:
            beside.write_text(links, encoding="utf-8")
        return read_files(path, beside if links is not None else None, **wanted)

    return read


@pytest.fixture
def complaints(read: Read) -> Complaints:
    """The lines a file is refused with."""

    def complaints(items: str, links: str | None = None, **wanted: Any) -> list[str]:
        with pytest.raises(TableError) as caught:
            read(items, links, **wanted)
        return str(caught.value).splitlines()

    return complaints
