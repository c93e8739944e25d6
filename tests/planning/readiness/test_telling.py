"""What is news of a red order: that it is red, lacks more, or that its day has moved; else nothing is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from planning.plan.item import Item
from planning.readiness.line import Allocated, Colour, Line, Order, Source
from planning.readiness.requirement import Requirement
from planning.readiness.telling import Missing, Told, fingerprint, is_news
from tests.planning.readiness.worlds import TODAY, WEEKDAYS

MONDAY, TUESDAY = date(2026, 12, 7), date(2026, 12, 8)
STEEL = {"钢板": Missing(Decimal(100), MONDAY)}


@dataclass
class Alone:
    """The only line there is."""

    only: Line

    def line(self, order: str) -> Line:
        return self.only


def order(colour: Colour, short: int = 100, eta: date | None = MONDAY) -> Order:
    item = Item("MO-1", "贴片", TODAY, TODAY, quantity=Decimal(300))
    want = Requirement.of("钢板", Decimal(300), Fraction(1), ())
    return Order(item, TODAY, colour, (Alone(Line("MO-1", TODAY, want, Decimal(300 - short), colour, eta)),), ())


@pytest.mark.parametrize(
    ("before", "now", "news"),
    [
        (None, order(Colour.RED), True),
        (None, order(Colour.YELLOW, 0, None), False),
        (STEEL, order(Colour.RED), False),
        (STEEL, order(Colour.RED, 104), False),
        (STEEL, order(Colour.RED, 105), True),
        (STEEL, order(Colour.RED, 60), False),
        (STEEL, order(Colour.RED, eta=TUESDAY), True),
        (STEEL, order(Colour.RED, eta=date(2026, 12, 4)), True),
        (STEEL, order(Colour.RED, eta=None), True),
        ({"玻璃": Missing(Decimal(1), None)}, order(Colour.RED), True),
        (STEEL, order(Colour.GREEN, 0, None), False),
    ],
)
def test_what_is_news(before: Mapping[str, Missing] | None, now: Order, news: bool) -> None:
    told = None if before is None else Told("MO-1", before, TODAY)
    assert is_news(told, now, WEEKDAYS.between) is news


def test_a_day_that_goes_on_with_today_is_news_once() -> None:
    def supplied(code: str) -> bool:
        return False

    want = Requirement.of("钢板", Decimal(300), Fraction(1), ())
    later = (Allocated(Source.LATER, Decimal(100), "PO-1", TUESDAY),)
    line = Line("MO-1", TODAY, want, Decimal(200), Colour.RED, TUESDAY, later)
    now = Order(Item("MO-1", "贴片", TODAY, TODAY, quantity=Decimal(300)), TODAY, Colour.RED, (Alone(line),), ())
    said = Told("MO-1", STEEL, TODAY)
    assert is_news(said, now, WEEKDAYS.between, supplied)
    unsaid = Told("MO-1", {"钢板": Missing(Decimal(100), MONDAY, is_said=False)}, TODAY)
    assert not is_news(unsaid, now, WEEKDAYS.between, supplied)
    assert is_news(unsaid, now, WEEKDAYS.between), "somebody has said a day"


def test_a_day_off_between_two_days_is_no_working_day() -> None:
    """Source Saturday to Sunday nothing moves."""
    saturday, sunday = date(2026, 12, 5), date(2026, 12, 6)
    told = Told("MO-1", {"钢板": Missing(Decimal(100), saturday)}, TODAY)
    assert not is_news(told, order(Colour.RED, eta=sunday), WEEKDAYS.between)


def test_a_fingerprint_holds_what_is_missing() -> None:
    assert fingerprint(order(Colour.RED), TODAY) == Told("MO-1", STEEL, TODAY)
