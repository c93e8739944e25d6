"""Ratios an earlier version kept are what they were; fractions become numbers on the way down (migration 0015)."""

from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from planning.plan.link import Link, LinkKind
from storage.database import Database
from storage.maintenance.migrate import downgrade, upgrade
from tests.small_company import plan
from tests.storage.plan.test_history import look, seed

BEFORE = "0014"


def test_ratios_come_up_and_go_down(database_url: str) -> None:
    upgrade(database_url)
    ratios = ((LinkKind.FS, Decimal("0.3333")), (LinkKind.SS, None), (LinkKind.FF, Fraction(1, 3)))
    ours = replace(plan(1), links=tuple(Link("PO-1", "SO-1", kind, ratio=ratio) for kind, ratio in ratios))
    with closing(Database(database_url, "main")) as database:
        database.write_now(lambda uow: seed(uow, ours))
    downgrade(database_url, BEFORE)
    upgrade(database_url)
    with closing(Database(database_url, "main")) as database:
        exact, none, near = (link.ratio for link in look(database).links)
    assert (exact, none) == (Decimal("0.3333"), None)
    assert float(near or 0) == pytest.approx(1 / 3)
