"""The laws of 2.5 on generated companies, and what must not depend on the order of the rows."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from .company import Company
from .exceptions import Exceptions, View, roots, scans, state
from .generate import FIRST, company, small
from .readiness import COLOURS, Order, is_supply, name
from .tables import at

SEEDS = range(60)


def orders(read: Company) -> dict[str, Order]:
    return View(read, at("12-02")).orders


def outcome(found: dict[str, Order]) -> dict[str, tuple[object, ...]]:
    return {code: (order.colour, order.eta, order.can_do, sorted((line.name, line.short) for line in order.lines))
            for code, order in found.items()}


def shortage(found: dict[str, Order]) -> Fraction:
    return sum((line.short for order in found.values() for line in order.lines), Fraction(0))


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_given_twice(tmp_path: Path, seed: int) -> None:
    view = View(Company(small(tmp_path, seed)), at("12-02"))
    there, exists = defaultdict[str, Fraction](Fraction), defaultdict[str, Fraction](Fraction)
    for order in view.orders.values():
        for line in order.lines:
            there[line.name] += line.there
    for product, shelf in view.stock.items():
        exists[product] += max(shelf.on_hand, Fraction(0))
    for code, item in view.company.items.items():
        progress = view.progress[code]
        if is_supply(item) and progress.status != "cancelled":
            opened = Fraction(0) if progress.over else max(item.quantity - progress.good, Fraction(0))
            exists[name(item)] += opened + (progress.good if name(item) not in view.stock else 0)
    assert {product: given for product, given in there.items() if given > exists[product]} == {}


@pytest.mark.parametrize("seed", SEEDS)
def test_more_stock_makes_nothing_worse(tmp_path: Path, seed: int) -> None:
    read = Company(small(tmp_path, seed))
    before = orders(read)
    for more in (1, 30, 50, 125):
        read.snapshots = [count.but(on_hand=max(count.on_hand, Fraction(0)) + more) for count in read.snapshots]
        after = orders(read)
        assert [code for code in before if COLOURS.index(after[code].colour) > COLOURS.index(before[code].colour)] == []
        assert shortage(after) <= shortage(before)
        before = after


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_the_rows_changes_nothing(tmp_path: Path, seed: int) -> None:
    first = small(tmp_path, seed)
    expected = outcome(orders(Company(first)))
    for table in ("items", "links", "stock", "reports"):
        head, *rows = (first / f"{table}.csv").read_text().splitlines() or [""]
        Random(seed).shuffle(rows)
        (first / f"{table}.csv").write_text("\n".join([head, *rows]))
    assert outcome(orders(Company(first))) == expected


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return company(tmp_path_factory.mktemp("workshop"), 1, orders=20, fedora=None)


def days(folder: Path) -> Iterator[tuple[View, Exceptions]]:
    for view, exceptions, when in scans(Company(folder), FIRST, FIRST.replace(day=11)):
        if when == "evening":
            yield view, exceptions


def test_a_replay_in_any_order_gives_the_same_days(workshop: Path, tmp_path: Path) -> None:
    for path in workshop.iterdir():
        head, *rows = path.read_text().splitlines()
        if path.stem not in ("settings", "calendar"):
            Random(7).shuffle(rows)
        (tmp_path / path.name).write_text("\n".join([head, *rows]))
    assert [state(*evening) for evening in days(tmp_path)] == [state(*evening) for evening in days(workshop)]


def test_every_folded_row_has_a_root_that_is_not_folded(workshop: Path) -> None:
    seen = 0
    for view, exceptions in days(workshop):
        held = roots(view, exceptions.open)
        seen += len(held)
        assert not set(held.values()) & set(held)
        assert set(held.values()) <= set(exceptions.open)
    assert seen
