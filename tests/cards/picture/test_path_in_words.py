"""The way of a change in one readable line, in both languages."""

from decimal import Decimal
from itertools import pairwise

import pytest

from cards.path import MOST_SENTENCES, explain, in_one
from cards.rows import RowWriter
from cards.words import Words
from planning.people.organisation import Organisation
from planning.plan.impact import Impact
from planning.plan.item import Mode
from planning.plan.link import Drives, LagKind
from planning.plan.plan import Plan
from planning.schedule.cause_steps import Passing
from tests.planning.build import MONDAY, change, effect, item, link, plan_of


def said(plan: Plan, impact: Impact, code: str, field: str = "finish", locale: str = "zh-CN") -> str:
    line = next(line for line in impact.lines if (line.item, line.field) == (code, field))
    return in_one(explain(line, Passing(plan, impact), RowWriter(Words(locale), MONDAY, Organisation({}, {}))))


def test_a_machine_that_is_down_is_followed_to_the_delivery() -> None:
    plan = plan_of(
        item("MO-2442", "11-30", 5),
        item("MO-2432", "12-08", 3),
        item("QA-4432"),
        item("WR-5431"),
        link("MO-2442 MO-2432"),
        link("MO-2432 QA-4432"),
        link("QA-4432 WR-5431"),
    )
    impact = effect(plan, change("MO-2442", "shift", 3))
    assert said(plan, impact, "WR-5431") == (
        "MO-2442 晚 3 天完成 → MO-2432 要等它做完，余量抵掉 1 天，晚 2 天 → "
        "QA-4432、WR-5431 依次等前一项做完，各晚 2 天"
    )
    assert said(plan, impact, "WR-5431", locale="en") == (
        "MO-2442 finishes 3d later → MO-2432 waits until it is finished, 1d taken up by slack, 2d later → "
        "QA-4432, WR-5431 each wait until the one before is finished, each 2d later"
    )


def test_what_was_changed_directly_needs_no_words() -> None:
    plan = plan_of(item("A", "11-30"))
    assert said(plan, effect(plan, change("A", "shift", 3)), "A") == ""


REASONS = [
    ("FS", 0, "working", "B 要等它做完"),
    ("FS", 2, "working", "B 要等它做完 2 天后"),
    ("FS", 14, "calendar", "B 要等它做完 14 个自然日后"),
    ("FS", -1, "working", "B 最多可在它做完前 1 天开始"),
    ("SS", 0, "working", "B 要等它开始"),
    ("SS", 2, "working", "B 要等它开始 2 天后"),
    ("SS", -2, "working", "B 最多可在它开始前 2 天开始"),
    ("FF", 0, "working", "B 要等它完成才能完成"),
    ("FF", 2, "working", "B 要在它完成 2 天后才能完成"),
    ("FF", -1, "working", "B 最多可比它早 1 天完成"),
    ("SF", 0, "working", "B 要等它开始才能完成"),
    ("SF", 7, "calendar", "B 要在它开始 7 个自然日后才能完成"),
    ("SF", -1, "working", "B 最多可比它的开始早 1 天完成"),
]


@pytest.mark.parametrize(("kind", "lag", "lag_kind", "reason"), REASONS)
def test_every_link_says_why(kind: str, lag: int, lag_kind: str, reason: str) -> None:
    plan = plan_of(item("A", "12-14", 3), item("B", days=3), link("A B", kind, lag, lag_kind=LagKind(lag_kind)))
    verb = "完成" if kind in ("FS", "FF") else "开始"
    assert said(plan, effect(plan, change("A", "shift", 5)), "B") == f"A 晚 5 天{verb} → {reason}，晚 5 天"


@pytest.mark.parametrize(
    ("lag", "reason"), [(0, "P 按它的需要倒排"), (2, "P 按它的需要提前 2 天倒排"), (-1, "P 按它的需要倒排，可晚 1 天")]
)
def test_what_is_driven_backwards_says_so(lag: int, reason: str) -> None:
    buy = item("P", days=2, mode=Mode.ALAP)
    plan = plan_of(item("A", "12-14", 2), buy, link("P A", lag=lag, drives=Drives.PREDECESSOR))
    impact = effect(plan, change("A", "shift", -2))
    assert said(plan, impact, "P") == f"A 早 2 天开始 → {reason}，早 2 天"


def test_what_was_held_by_a_cancelled_item_no_longer_waits_for_it() -> None:
    plan = plan_of(
        item("A", "12-08", 1),
        item("P", days=2, mode=Mode.ALAP),
        item("B", "12-14", 2),
        link("A P"),
        link("P B", drives=Drives.PREDECESSOR),
        item("N", "12-11", 1),
        link("P N", drives=Drives.PREDECESSOR),
    )
    impact = effect(plan, change("N", "cancel"))
    assert said(plan, impact, "P") == "N 状态 已确认→已取消 → P 不再受它限制，晚 1 天"
    assert said(plan, impact, "P", locale="en") == "N status confirmed→cancelled → P is no longer held by it, 1d later"


def test_quantities_say_what_they_come_to() -> None:
    parts = [item(code, "12-01", quantity=Decimal(100), product=code) for code in ("M", "Q")]
    order = item("S", "11-30", quantity=Decimal(100), product="box")
    plan = plan_of(order, *parts, link("S M", ratio=Decimal(1)), link("M Q", ratio=Decimal(1)))
    impact = effect(plan, change("S", "set_quantity", Decimal(150)))
    assert said(plan, impact, "M", "quantity") == "S 数量 100→150 → M 的数量跟着变，100→150"
    assert said(plan, impact, "Q", "quantity") == "S 数量 100→150 → M、Q 的数量依次跟着变"


def test_a_long_run_names_its_ends_and_a_long_way_its_beginning_and_end() -> None:
    codes = [f"A{n:02}" for n in range(40)]
    links = [link(f"{one} {other}") for one, other in pairwise(codes)]
    run = plan_of(item("A00", "11-30"), *(item(code) for code in codes[1:]), *links)
    told = said(run, effect(run, change("A00", "shift", 1)), "A39")
    assert told == "A00 晚 1 天完成 → A01、A02……A39 共 39 项 依次等前一项做完，各晚 1 天"
    lagged = [link(f"{one} {other}", lag=1) for one, other in pairwise(codes)]
    way = plan_of(item("A00", "11-30"), *(item(code) for code in codes[1:]), *lagged)
    clauses = said(way, effect(way, change("A00", "shift", 1)), "A39").split(" → ")
    assert len(clauses) == MOST_SENTENCES
    assert clauses[3] == "……中间 34 步……"  # and six are told: forty in all
    assert clauses[-1].startswith("A39 要等它做完 1 天后")
