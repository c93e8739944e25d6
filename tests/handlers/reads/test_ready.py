"""齐套: what is there before an order starts, as it is answered; each edge case with its whole sentence."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from handlers.notify.facts.readiness_lines import is_old
from planning.plan.calendar import calendar_named
from planning.plan.hours import Window
from planning.plan.item import Item, Status
from planning.plan.link import Drives, Link
from planning.plan.plan import Plan, Stock
from storage.database import Database
from storage.delivery.cards import Purpose
from tests.handlers.office import Office

STEEL = "钢板"
TODAY = datetime(2026, 12, 2, tzinfo=UTC)
"""Wednesday, 08:00 in Shanghai."""


def item(code: str, kind: str, start: str, finish: str = "", **fields: Any) -> Item:
    first, last = date.fromisoformat(f"2026-{start}"), date.fromisoformat(f"2026-{finish or start}")
    names = {"production": ("主板贴片", "production"), "purchase": ("买料", "purchasing")}
    title, department = names.get(kind, ("画图", "planning"))
    quantity = fields.pop("quantity", None)
    fields = {"department": department, "unit": "" if quantity is None else "件", **fields}
    amount = None if quantity is None else Decimal(quantity)
    days = calendar_named("weekdays").between(first, last) + 1
    return Item(code, title, first, last, days, kind, quantity=amount, **fields)


def bought(code: str, start: str, finish: str = "", **fields: Any) -> Item:
    return item(code, "purchase", start, finish, **{"product": STEEL, "owner": "qian", **fields})


def needs(supply: str, order: str, **fields: Any) -> Link:
    return Link(supply, order, ratio=Decimal(1), drives=Drives.PREDECESSOR, **fields)


def plan_of(
    *parts: Item | Link, stock: dict[str, tuple[int, int]] | None = None, as_of: datetime | None = None
) -> Plan:
    items = {part.code: part for part in parts if isinstance(part, Item)}
    kept = {name: Stock(name, Decimal(there), Decimal(safe), as_of) for name, (there, safe) in (stock or {}).items()}
    return Plan("main", "一厂", 0, items, tuple(part for part in parts if isinstance(part, Link)), stock=kept)


def worked(*, first: str = "12-02", **options: Any) -> Plan:
    """MO-B needs 250 and MO-A 300 of 钢板, of which 500 are there and 50 of them for safety; PO-1 is pegged to MO-A,
    PO-2 to nobody."""
    return plan_of(
        item("MO-A", "production", "12-03", quantity=300), item("MO-B", "production", "12-02", quantity=250),
        bought("PO-0", "11-02", quantity=1, status=Status.DONE),
        bought("PO-1", "11-30", first, quantity=200), bought("PO-2", "12-03", "12-07", quantity=100),
        needs("PO-1", "MO-A"), needs("PO-0", "MO-B"),
        **{"stock": {STEEL: (500, 50)}, "as_of": TODAY, **options},
    )  # fmt: skip


def asked(database: Database, plan: Plan, text: str, *before: tuple[str, str], now: datetime = TODAY) -> str:
    office = Office(database, now=TODAY)
    office.bring(plan)
    office.now = max(now, TODAY)
    office.wait(hours=1)
    for person, words in before:
        office.say(person, words)
    answer = office.say("lin", text)
    return answer.split("\n[", 1)[0]


def test_all_there(database: Database) -> None:
    assert asked(database, worked(), "齐套 MO-B") == (
        "**🟢 MO-B 主板贴片 12-02 开工**\n- 料齐，可以开工\n- 钢板 需250件：库存 250\n\n库存截至 08:00"
    )


def test_there_by_its_start(database: Database) -> None:
    assert asked(database, worked(), "齐套 MO-A") == (
        "**🟡 MO-A 主板贴片 12-03 开工**\n- 开工前能齐\n"
        "- 钢板 需300件：库存 200、12-03 到 100（PO-1）\n\n库存截至 08:00"
    )


def test_a_receipt_that_slips(database: Database) -> None:
    """The card of the reference, word for word but for whom a warehouse has."""
    assert asked(database, worked(first="12-04"), "齐套 MO-A") == (
        "**🔴 MO-A 主板贴片 12-03 开工**\n- 缺料，按现在的日子开不了工\n"
        "- 钢板 需300件 有250 缺50 · 预计 12-07（PO-1）\n"
        "- 可先做 250件；不改的话 12-07 才能开，推迟 2 个工作日\n"
        "- 找谁：采购部 钱波（PO-1）\n\n库存截至 08:00"
    )


def test_those_that_start_soon(database: Database) -> None:
    assert asked(database, worked(first="12-04"), "齐套") == (
        "**🔴 齐套 · 3 个工作日内开工 2 单：绿 1 黄 0 红 1**\n"
        "- 🔴 MO-A 主板贴片 12-03 开工 · 钢板 需300件 有250 缺50 · 预计 12-07（PO-1）\n"
        "- 🟢 MO-B 主板贴片 12-02 开工 · 料齐，可以开工\n\n库存截至 08:00"
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("齐套 明天", "**🟡 齐套 · 12-03 开工 1 单：绿 0 黄 1 红 0**"),
        ("qt 今天", "**🟢 齐套 · 12-02 开工 1 单：绿 1 黄 0 红 0**"),
        ("齐套 本周 生产部", "**🟡 齐套 · 生产部 11-30～12-06 开工 2 单：绿 1 黄 1 红 0**"),
        ("齐套 采购部", "采购部 3 个工作日内开工：没有要看的生产单。"),
        ("齐套了吗", "**🟡 齐套 · 3 个工作日内开工 2 单：绿 1 黄 1 红 0**"),
    ],
)
def test_of_some_days_and_of_a_department(database: Database, text: str, title: str) -> None:
    assert asked(database, worked(), text).split("\n")[0] == title


def test_an_order_of_a_later_start_would_be_helped(database: Database) -> None:
    """MO-1 lacks 50 that nobody brings, and keeps 50 of which MO-2 could begin."""
    plan = plan_of(
        item("MO-1", "production", "12-03", quantity=100), item("MO-2", "production", "12-04", quantity=50),
        bought("PO-0", "11-02", quantity=1, status=Status.DONE), needs("PO-0", "MO-1"), needs("PO-0", "MO-2"),
        stock={STEEL: (50, 0)}, as_of=TODAY,
    )  # fmt: skip
    assert asked(database, plan, "齐套 MO-1") == (
        "**🔴 MO-1 主板贴片 12-03 开工**\n- 缺料，按现在的日子开不了工\n- 钢板 需100件 有50 缺50 · 无来源\n"
        "- 可先做 50件；不改的话开不了：有的料无来源\n- 让给 MO-2，它就齐了\n\n库存截至 08:00"
    )


# the edge cases


def _one(
    *more: Item | Link, stock: dict[str, tuple[int, int]] | None = None, finish: str = "12-03", **fields: Any
) -> Plan:
    """MO-1 of 100 takes 100 of steel that PO-1 brings tomorrow."""
    purchase = bought("PO-1", "12-01", finish, **{"quantity": 100, **fields})
    return plan_of(
        item("MO-1", "production", "12-07", quantity=100), purchase, needs("PO-1", "MO-1"), *more, stock=stock,
        as_of=TODAY if stock else None,
    )  # fmt: skip


def _lines(answer: str) -> list[str]:
    """Without title and state."""
    return [line.removeprefix("- ") for line in answer.split("\n") if line][2:]


def test_never_counted_is_at_best_yellow(database: Database) -> None:
    answer = asked(database, _one(), "齐套 MO-1")
    assert answer.startswith("**🟡 MO-1 主板贴片 12-07 开工**\n- 开工前能齐")
    assert _lines(answer) == ["钢板 需100件：12-04 到 100（PO-1）（库存未知）", "没有人报过库存"]


def test_never_counted_what_came_is_there(database: Database) -> None:
    answer = asked(database, _one(), "齐套 MO-1", ("qian", "到货 PO-1 40"))
    assert _lines(answer)[0] == "钢板 需100件：已到 40（PO-1）、12-04 到 60（PO-1）（库存未知）"


def test_never_counted_a_late_purchase_does_not_hide_behind_the_shelf(database: Database) -> None:
    answer = asked(database, _one(), "齐套 MO-1", ("qian", "到货 PO-1 40 余下 12-09"))
    assert answer.startswith("**🔴 MO-1 主板贴片 12-07 开工**")
    assert _lines(answer)[:2] == [
        "钢板 需100件 有40 缺60 · 预计 12-10（PO-1）（库存未知）",
        "可先做 40件；不改的话 12-10 才能开，推迟 3 个工作日",
    ]


def test_never_counted_and_nothing_will_come_is_grey(database: Database) -> None:
    answer = asked(database, _one(status=Status.CANCELLED), "齐套 MO-1")
    assert answer.startswith("**🟡 MO-1 主板贴片 12-07 开工**\n- 有的料库存未知，说不准")
    assert _lines(answer)[0] == "钢板 库存未知，需100件 有0：没有人报过库存"


def test_an_old_count_is_shown_with_its_age(database: Database) -> None:
    answer = asked(database, _one(stock={STEEL: (500, 0)}), "齐套 MO-1", now=datetime(2026, 12, 4, 2, tzinfo=UTC))
    assert _lines(answer)[-1] == "库存截至 12-02 08:00，超过 1 个工作日，红的先不算解决"


def test_less_than_nothing_counts_as_nothing_and_is_listed(database: Database) -> None:
    answer = asked(database, _one(stock={STEEL: (-5, 0)}), "齐套 MO-1")
    assert answer.startswith("**🟡")
    assert _lines(answer) == ["钢板 需100件：12-04 到 100（PO-1）", "钢板 库存是 -5，按 0 算；库存截至 08:00"]


def test_of_the_safety_stock_it_is_said(database: Database) -> None:
    answer = asked(database, _one(stock={STEEL: (100, 30)}, finish="12-09"), "齐套 MO-1")
    assert _lines(answer)[0] == "钢板 需100件：库存 70、动用安全库存 30"


def test_an_order_without_any_line(database: Database) -> None:
    plan = plan_of(item("MO-9", "production", "12-03", quantity=5))
    assert asked(database, plan, "齐套 MO-9") == (
        "**⚪ MO-9 主板贴片 12-03 开工**\n- 无料单：没有登记要什么料"
    )
    assert asked(database, plan, "齐套").split("\n")[0] == (
        "**⚪ 齐套 · 3 个工作日内开工 0 单：绿 0 黄 0 红 0（另有无料单 1，不计）**"
    )


def test_a_sub_assembly_is_a_row_of_its_own(database: Database) -> None:
    """MO-2 waits for MO-1's board; that MO-1 lacks steel is said of MO-1."""
    plan = _one(item("MO-2", "production", "12-08", quantity=100), needs("MO-1", "MO-2"), status=Status.CANCELLED,
                stock={STEEL: (0, 0)})  # fmt: skip
    answer = asked(database, plan, "齐套 MO-2")
    assert answer.startswith("**🟡 MO-2 主板贴片 12-08 开工**")
    assert _lines(answer)[0] == "MO-1 需100件：12-08 到 100（MO-1）（库存未知）"
    assert asked(database, plan, "齐套 MO-1").startswith("**🔴 MO-1")


def test_units_that_differ(database: Database) -> None:
    plan = _one(bought("PO-2", "12-03", "12-07", quantity=100, unit="kg"), stock={STEEL: (500, 0)})
    answer = asked(database, plan, "齐套 MO-1")
    assert answer.startswith("**🔴 MO-1")
    assert _lines(answer)[:2] == [
        "钢板 单位不一致（kg、件），先把单位改成一样的", "不改的话开不了：有的料无来源"
    ]  # fmt: skip


def test_a_cancelled_purchase_vanishes(database: Database) -> None:
    answer = asked(database, _one(stock={STEEL: (20, 0)}, status=Status.CANCELLED), "齐套 MO-1")
    assert _lines(answer)[:2] == [
        "钢板 需100件 有20 缺80 · 无来源", "可先做 20件；不改的话开不了：有的料无来源"
    ]  # fmt: skip


def test_a_drawing_that_is_late(database: Database) -> None:
    drawing = item("DWG", "task", "12-02", "12-08", owner="lin")
    answer = asked(database, _one(drawing, Link("DWG", "MO-1"), stock={STEEL: (500, 0)}), "齐套 MO-1")
    assert answer.startswith("**🔴 MO-1")
    assert _lines(answer) == [
        "钢板 需100件：库存 100", "DWG 画图 12-09 才能接上", "不改的话 12-09 才能开，推迟 2 个工作日",
        "找谁：计划部 林静（DWG）", "库存截至 08:00",
    ]  # fmt: skip


def test_what_has_no_readiness(database: Database) -> None:
    plan = worked()
    assert asked(database, plan, "齐套 PO-1") == "PO-1 买料 不用看齐套：只有生产单要看料"
    held = replace(plan, items={**plan.items, "MO-A": replace(plan.items["MO-A"], status=Status.ON_HOLD)})
    assert asked(database, held, "齐套 MO-A") == "MO-A 主板贴片 不用看齐套：暂停"


@pytest.mark.parametrize(
    ("window", "as_of", "old"),
    [
        ("09:00-18:00", "12-01T17:00", True), ("09:00-18:00", "12-01T18:30", False),
        ("08:00-20:00", "12-01T19:00", False), ("08:00-20:00", "12-01T16:00", True),
        ("09:00-18:00", "0001", True),
    ],
)  # fmt: skip
def test_a_count_is_old_after_one_of_the_companys_working_days(
    database: Database, window: str, as_of: str, old: bool
) -> None:
    """However long that is; and one of long ago costs no walk through the centuries."""
    office = Office(database, now=datetime.fromisoformat("2026-12-02T18:30+08:00").astimezone(UTC))
    policy = replace(office.environment.escalation, hours=Window.of(window))
    office.environment = replace(office.environment, escalation=policy)
    counted = datetime(1, 1, 2, tzinfo=UTC) if as_of == "0001" else datetime.fromisoformat(f"2026-{as_of}+08:00")
    assert database.look(lambda uow: is_old(office.turn(uow), counted)) is old


def test_who_says_that_it_is_solved_is_asked_how(database: Database) -> None:
    """MO-A lacks 50 once PO-1 is late; MO-B holds 250 that are free."""
    office = Office(database, now=TODAY)
    office.bring(worked(first="12-04"))
    office.wait(hours=1)
    assert office.say("lin", "齐套 MO-A 已解决").splitlines() == [
        "🔴 MO-A 主板贴片 12-03 开工 · 钢板 需300件 有250 缺50 · 预计 12-07（PO-1）",
        "怎么解决的？记下来才算数，下一次齐套会再核对：",
        "[到货 PO-1 全部]",
        "[改期 MO-A 开始 到 2026-12-07 因为 来料晚到]",
    ]
    (row,) = database.look(lambda uow: uow.cards.put_up_since(Purpose.QUESTION, "dingtalk:chat", TODAY))
    question = database.look(lambda uow: uow.questions.get(row.subject.id))
    assert question is not None
    assert question.form == "改期 MO-B 推迟 <天数> 因为 让料给 MO-A"
    office.say("lin", "到货 PO-1 全部")
    assert office.say("lin", "齐套 MO-A 已解决").startswith("**🟢 MO-A"), "it is red no more: what there is is told"
