"""The figures of the overview: who counts in which, and what is too little for a number."""

import re
from datetime import date

import pytest

from handlers.reads.plan.figures import figures as figures_of
from handlers.turn import Turn
from planning.change.escalation import Escalation
from planning.plan.item import Item, Status
from planning.plan.plan import Plan
from tests.bot.web.pages.visitor import Visitor
from tests.handlers.company import Company
from tests.handlers.reads.test_ready import TODAY, worked

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])
FIGURE = re.compile(
    r'<li class="figure (\w+)">.*?<span class="number">([^<]*)</span>\s*<span class="says"><b>([^<]*)</b>', re.DOTALL
)


async def figures(visitor: Visitor) -> dict[str, tuple[str, str]]:
    """Colour and number of each, by its label."""
    return {label: (mark, number) for mark, number, label in FIGURE.findall(await visitor.page("/overview"))}


def deliveries(kept: int, missed: int, today: int = 0) -> Plan:
    """Of November: kept and missed ones that were due before the 23rd, and open ones that are due on it."""
    states = [(1, Status.DONE)] * kept + [(20, Status.CONFIRMED)] * missed + [(23, Status.CONFIRMED)] * today
    days = [(date(2026, 11, number), status) for number, status in states]
    items = [
        Item(f"DL-{n}", f"发货 {n}", day, day, 1, "delivery", "sales", status=status)
        for n, (day, status) in enumerate(days)
    ]
    return Plan("main", "一厂", 0, {item.code: item for item in items}, (), "every-day")


@pytest.mark.parametrize(
    ("known", "shown"),
    [
        (deliveries(0, 0), ("grey", "—")),
        (deliveries(4, 0), ("grey", "—")),
        (deliveries(4, 0, today=9), ("grey", "—")),
        (deliveries(4, 1), ("grey", "4/5")),
        (deliveries(19, 0), ("grey", "19/19")),
        (deliveries(20, 0, today=3), ("green", "100%")),
        (deliveries(19, 1), ("amber", "95%")),
        (deliveries(15, 5), ("red", "75%")),
    ],
    ids=["none", "four", "today is not over", "a fraction", "still one", "kept", "nearly", "an alarm"],
)
async def test_on_time_is_what_was_due_up_to_yesterday(
    company: Company, visitor: Visitor, known: Plan, shown: tuple[str, str]
) -> None:
    company.opens(known)
    await visitor.log_in(company, "boss")
    found = await figures(visitor)
    assert [value for label, value in found.items() if "准时" in label or "到期" in label] == [shown]


ROW = re.compile(r'<tr><th scope="row"><a [^>]*>([^<]+)</a></th>\s*((?:<td[^>]*>[^<]*</td>)+)')


async def departments(visitor: Visitor) -> dict[str, list[str]]:
    """Open, due this week, late, waiting and short of material, of each department that has anything."""
    return await table(visitor, "departments")


async def table(visitor: Visitor, name: str) -> dict[str, list[str]]:
    page = await visitor.page("/overview")
    section = page.partition(f'<h2 id="{name}">')[2].partition("</section>")[0]
    return {name: re.findall(r"<td[^>]*>([^<]*)</td>", cells) for name, cells in ROW.findall(section)}


async def test_each_department_has_what_is_its_own(company: Company, visitor: Visitor) -> None:
    company.clock.move(days=15)  # the Tuesday after: PO-1 is over, MO-1 runs, and nobody has said so: SO-1 will be late
    await company.proposes("lin", "改期 RC-1 到 2027-01-20 因为 停机")
    await visitor.log_in(company, "boss")
    found = await departments(visitor)
    assert found == {
        "销售部": ["2", "·", "1", "·", "·"],
        "生产部": ["1", "1", "·", "·", "1"],
        "采购部": ["1", "1", "1", "·", "·"],
        "仓储部": ["1", "·", "·", "1", "·"],
    }


async def test_what_is_forecast_to_be_late_stands_on_the_board_behind_the_figure(
    company: Company, visitor: Visitor
) -> None:
    """DL-1 is in time by the plan, and will break its promise, for nobody has said how far MO-1 is."""
    company.clock.move(days=15)
    await visitor.log_in(company, "boss")
    assert ("red", "2") in (await figures(visitor)).values()
    for path in ("/board?late=1", "/gantt?late=1&days=365"):
        page = await visitor.page(path)
        assert {code for code in ("PO-1", "MO-1", "SO-1", "DL-1", "RC-1") if f"<b>{code}</b>" in page} == {
            "PO-1", "DL-1"
        }, path  # fmt: skip
    assert '<header class="about red">' in await visitor.page("/items/DL-1")


async def test_what_is_short_counts_where_it_is_made(company: Company, visitor: Visitor) -> None:
    company.clock.move(seconds=(TODAY - company.clock.now()).total_seconds())
    company.opens(worked(first="12-09"))
    await visitor.log_in(company, "boss")
    red = await company.look(lambda turn: [order.item.department for order in figures_of(turn).red])
    assert red == ["production"]
    assert {name: row[4] for name, row in (await departments(visitor)).items()} == {"生产部": "1", "采购部": "·"}


async def test_a_wait_for_which_somebody_else_was_asked_is_red(company: Company, visitor: Visitor) -> None:
    await company.proposes("lin", "改期 RC-1 到 2027-01-20 因为 停机")
    await visitor.log_in(company, "boss")
    assert (await figures(visitor))["等决定"] == ("amber", "1")
    assert "已升级" not in await visitor.page("/overview")
    for _ in range(30):
        await company.rings(hours=1)
        if await company.look(lambda turn: any(one.climbs for one in _ladders(turn))):
            break
    assert (await figures(visitor))["等决定"] == ("red", "1")
    assert "已升级 1 张" in await visitor.page("/overview")


def _ladders(turn: Turn) -> list[Escalation]:
    numbers = [change.no for change in turn.uow.changes.open_ones()]
    return [one for no in numbers for one in turn.uow.escalations.of_change(no).values()]


async def test_progress_is_what_the_chat_tells(company: Company, visitor: Visitor) -> None:
    """Of MO-1, Monday to Friday, 500 of 2,000 at noon of the Wednesday; SO-1 begins next week; PO-1 should be there."""
    company.clock.move(days=16, hours=3)
    await company.types("wang", "报工 MO-1 500")
    told = await company.types("boss", "进度 按部门")
    assert "销售部 无 · 生产部 25%（应 40%） · 采购部 0%（应 100%） 逾期1" in told
    await visitor.log_in(company, "boss")
    assert await table(visitor, "progress") == {
        "销售部": ["无", "无", "无", "·", "·"],
        "生产部": ["25%", "40%", "0.63", "·", "·"],
        "采购部": ["0%", "100%", "0.00", "·", "·"],
        "仓储部": ["无", "无", "无", "·", "·"],
    }
    page = await visitor.page("/overview")
    assert "还没有周基线，应到的按计划算" in page
    assert "12-07～12-13" in page
