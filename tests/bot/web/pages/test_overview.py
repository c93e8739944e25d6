"""The figures of the overview: who counts in which, and what is too little for a number."""

import re
from datetime import date

import pytest

from planning.plan.item import Item, Status
from planning.plan.plan import Plan
from tests.bot.web.pages.visitor import Visitor
from tests.handlers.company import Company

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
