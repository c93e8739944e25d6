"""From an order to everything it needs: the worked example, and orders by the hundred against a second reckoning."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from bot.settings.templates import shipped
from planning.generation.explosion import Explosion, Order, Supply, explode
from planning.generation.template import Stage, Template, Tie
from planning.plan.calendar import MONDAY_TO_FRIDAY, WorkCalendar, calendar_named
from planning.plan.link import LagKind
from tests.planning.generation.by_hand import ByHand, Found, Goods, Step, Way

TODAY = date(2026, 11, 30)
STAGES = (
    Stage("CH", "芯片", "purchase", "", 8, product="chip"),
    Stage("SH", "外壳", "purchase", "", 6, product="shell", lot=Decimal(100)),
    Stage("BO", "主板", "production", "", 5, product="board", lot=Decimal(100)),
    Stage("MO", "组装", "production", "", 4),
    Stage("DL", "发货", "delivery", "", 1, quantity=Decimal(1)),
)
TIES = (
    Tie("CH", "BO", ratio=Decimal(1), scrap=Decimal("0.02")),
    Tie("BO", "MO", ratio=Decimal(1)),
    Tie("SH", "MO", ratio=Decimal(1)),
    Tie("MO", "DL", ratio=Decimal(1)),
)
WORKED = Template("音箱", STAGES, TIES)
FREE = {"chip": [Supply(Decimal(300))]}


def exploded(
    template: Template = WORKED, day: date = date(2026, 12, 25), free: Mapping[str, list[Supply]] = FREE
) -> Explosion:
    order = Order("SO-2001", "K1", Decimal(1950), day, "台")
    return explode(template, order, lambda stage: calendar_named("china"), free, TODAY)


def shown(found: Explosion) -> dict[str, str]:
    return {line.stage.key: f"{line.quantity} {line.start:%m-%d}…{line.finish:%m-%d}" for line in found.lines}


def test_the_worked_example() -> None:
    found = exploded()
    assert shown(found) == {
        "DL": "1950 12-25…12-25",
        "MO": "1950 12-21…12-24",
        "BO": "2000 12-14…12-18",
        "CH": "1741 12-02…12-11",
        "SH": "2000 12-11…12-18",
    }
    (chip,) = [line for line in found.lines if line.stage.key == "CH"]
    assert f"{chip.gross} {chip.taken}" == "2041 300"


def test_a_promise_that_is_too_early_and_the_first_that_works() -> None:
    found = exploded(day=date(2026, 12, 22))
    assert (found.first.stage.key, found.first.start) == ("CH", date(2026, 11, 27))
    assert found.earliest == date(2026, 12, 23)
    assert exploded(day=found.earliest).first.start == TODAY


def test_what_is_free_makes_whole_branches_needless() -> None:
    found = exploded(free={"board": [Supply(Decimal(1950))]})
    assert set(shown(found)) == {"SH", "MO", "DL"}
    assert found.covered == ("BO", "CH")


@pytest.mark.parametrize(("comes", "bought"), [(date(2026, 12, 11), 1741), (date(2026, 12, 12), 2041)])
def test_a_receipt_counts_when_it_comes_in_time(comes: date, bought: int) -> None:
    found = exploded(free={"chip": [Supply(Decimal(300), comes)]})
    assert shown(found)["CH"].split()[0] == str(bought)


def test_goods_are_taken_once() -> None:
    twice = replace(
        WORKED,
        stages=(*STAGES, Stage("C2", "芯片", "purchase", "", 1, product="chip")),
        ties=(*TIES, Tie("C2", "MO", ratio=Decimal(1))),
    )
    found = exploded(twice)
    taken = {line.stage.key: line.taken for line in found.lines if line.stage.product == "chip"}
    assert sum(taken.values()) == 300


def test_a_purchase_without_its_lead_is_named() -> None:
    found = exploded(replace(WORKED, stages=(replace(STAGES[0], duration=None), *STAGES[1:])))
    assert found.without_lead() == ("CH",)
    assert shown(found)["CH"] == "1741 12-14…12-14"


CLOSED = frozenset(date(2027, 1, 1) + timedelta(n) for n in (0, 3, 4, 40, 41, 42, 43, 44, 45, 46, 150, 270, 275, 276))
CALENDAR = WorkCalendar("shop", MONDAY_TO_FRIDAY, dict.fromkeys(CLOSED, False))


def orders(seed: int, count: int) -> Iterator[tuple[Template, Order, dict[str, list[Supply]]]]:
    """Orders on the three shipped templates, with other leads, lots, ratios, scrap and goods."""
    at_random = random.Random(seed)
    templates = [one.template() for one in shipped()]
    for n in range(count):
        template = templates[n % 3]
        stages = tuple(
            replace(
                stage,
                duration=at_random.choice((stage.days, at_random.randint(0, 12))),
                lot=Decimal(at_random.choice((7, 50, 100, 144))) if at_random.random() < 0.4 else None,
            )
            for stage in template.stages
        )
        ties = tuple(
            replace(
                tie,
                lag=at_random.randint(0, 4) if tie.lag_kind is LagKind.WORKING else tie.lag,
                ratio=tie.ratio and at_random.choice((Decimal(1), Decimal("2.5"), Fraction(1, 3), Decimal(4))),
                scrap=Decimal(at_random.choice(("0", "0.02", "0.035", "0.5"))) if tie.ratio else Decimal(0),
            )
            for tie in template.ties
        )
        day = date(2027, 2, 1) + timedelta(at_random.randint(0, 240))
        order = Order(f"SO-{n}", "K1", Decimal(at_random.randint(1, 5000)), day, "台")
        goods: dict[str, list[Supply]] = {}
        for product in ("K1", "物料"):
            if at_random.random() < 0.6:
                coming = [day - timedelta(at_random.randint(0, 30)) for _ in range(at_random.randint(0, 2))]
                goods[product] = [Supply(Decimal(at_random.randint(0, 3000)), on) for on in (None, *sorted(coming))]
        yield replace(template, stages=stages, ties=ties), order, goods


def check(template: Template, order: Order, goods: dict[str, list[Supply]]) -> int:
    """Compare with the second reckoning; how many items it has."""
    steps = {
        stage.key: Step(
            stage.days, stage.product or order.product,
            None if stage.quantity is None else Fraction(stage.quantity), int(stage.lot) if stage.lot else None,
        )
        for stage in template.stages
    }  # fmt: skip
    ways = [
        Way(
            tie.first, tie.then, tie.lag, tie.lag_kind is LagKind.CALENDAR,
            None if tie.ratio is None else Fraction(tie.ratio), Fraction(tie.scrap),
        )
        for tie in template.ties
    ]  # fmt: skip
    there = {product: [Goods(one.on, int(one.amount)) for one in free] for product, free in goods.items()}
    by_hand = ByHand(steps, ways, int(order.quantity), order.day, there, CLOSED, template.delivery)
    found = explode(template, order, lambda stage: CALENDAR, goods, TODAY)
    ours = {
        line.stage.key: Found(line.start, line.finish, None if line.quantity is None else int(line.quantity))
        for line in found.lines
    }
    assert ours == {key: line for key, line in by_hand.found.items() if line}
    return len(ours)


def test_two_hundred_orders_equal_the_second_reckoning() -> None:
    assert sum(check(*order) for order in orders(20261130, 200)) > 800


@pytest.mark.long
def test_ten_thousand_orders_equal_the_second_reckoning() -> None:
    assert sum(check(*order) for order in orders(7, 10_000)) > 40_000
