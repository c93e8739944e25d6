"""Colours, shortages, days and 可先做 of generated companies, equal to those of the independent program."""

from collections import Counter
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from tests.oracle.company import Company
from tests.oracle.exceptions import View
from tests.oracle.generate import FIRST, LAST, company, large, small
from tests.planning.readiness.ours import ZONE, Ready, theirs, told
from tests.planning.readiness.worlds import orders_of

SMALL = 500
SHARE = 10
"""One company in so many is looked at in a short run."""
EVENING = datetime(2026, 12, 2, 20, tzinfo=ZONE)


def _compare(folder: Path, now: datetime, company: Company | None = None, ours: Ready | None = None) -> Counter[str]:
    ours = ours or Ready(folder)
    view = View(company or Company(folder), now)
    readiness = ours.readiness(now)
    for product, shelf in ours.shelves(ours.outlook(now), now).items():
        assert shelf.on_hand == view.stock[product].on_hand, (product, now)
    found = {order.item.code: told(order) for order in orders_of(readiness)}
    wanted = {code: theirs(order) for code, order in view.orders.items()}
    assert found.keys() == wanted.keys()
    for code, order in wanted.items():
        assert found[code] == order, (code, now)
    return Counter(order.colour.value for order in orders_of(readiness))


@pytest.mark.parametrize("every", [SHARE, pytest.param(1, marks=pytest.mark.long)])
@pytest.mark.timeout(900)
def test_a_small_company_is_as_the_independent_program_says(tmp_path: Path, every: int) -> None:
    """Of five hundred; a fixed one in ten of them in a short run."""
    seen = Counter[str]()
    for seed in range(1000, 1000 + SMALL, every):
        seen += _compare(small(tmp_path / str(seed), seed), EVENING)
    assert all(seen[colour] > SMALL // every // 10 for colour in ("green", "yellow", "red", "none")), seen


@pytest.mark.parametrize(
    ("seed", "every"), [(1, 15), pytest.param(1, 1, marks=pytest.mark.long), pytest.param(2, 1, marks=pytest.mark.long)]
)
@pytest.mark.timeout(900)
def test_an_evening_of_a_company_that_reports(tmp_path: Path, seed: int, every: int) -> None:
    """With counts of its stock, goods that a report uses, receipts behind purchases and inspections before orders."""
    company(tmp_path, seed)
    reads, ours = Company(tmp_path), Ready(tmp_path)
    day, seen = FIRST, Counter[str]()
    while day <= LAST:
        if day.toordinal() % every == 0:
            seen += _compare(tmp_path, datetime.combine(day, time(20), ZONE), reads, ours)
        day += timedelta(1)
    assert min(seen["red"], seen["yellow"]) > 3, seen


@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_hundred_thousand_items(tmp_path: Path) -> None:
    seen = _compare(large(tmp_path, 1), EVENING)
    assert min(seen["red"], seen["green"]) > 1000, seen
