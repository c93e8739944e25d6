"""Days of a company with reports, delays and corrections: what is told has an end, and nobody is numbed."""

from collections import Counter
from collections.abc import Iterator

import pytest

from cards.words import Words
from planning.exceptions.finding import Severity
from tests.simulation.days import Days
from tests.simulation.figures import CARD, STANDARD, Figures
from tests.telling import Tell

A_FIFTH = STANDARD // 5
CRITICAL = Words()("status.exception-critical")
A_DAY = 3
"""Cards of exceptions in a conversation, beside those that are critical: fewer than the five that a person takes."""


@pytest.fixture(params=[("dingtalk", 8), pytest.param(("dingtalk", 60), marks=pytest.mark.long),
                        pytest.param(("wecom", 60), marks=pytest.mark.long)], ids=lambda each: "-".join(map(str, each)))
def figures(request: pytest.FixtureRequest) -> Iterator[Figures]:
    platform, length = request.param
    days = Days(platform)
    try:
        days.run(length)
        yield Figures.of(days, length)
    finally:
        days.close()


@pytest.mark.timeout(3600)
def test_what_is_told_is_little_and_has_an_end(figures: Figures, tell: Tell) -> None:
    tell(str(figures))
    assert len(figures.opened) == len(figures.closed) + len(figures.still_open) > 10
    assert len(figures.closed) > 5
    keys = Counter(one.key for one in figures.still_open)
    assert max(keys.values(), default=0) <= 1, "an item has one open row of a code"
    assert figures.endless() == []
    assert figures.on_days_off() == []
    shown = Counter((one.conversation, one.day) for one in figures.sent if one.what == CARD and one.is_new
                    and one.shows == CRITICAL)  # fmt: skip
    for (where, day), cards in figures.cards_a_day().items():
        assert cards <= A_DAY + shown[where, day], f"{where} on {day}"
    assert any(one.worst >= Severity.HIGH for one in figures.opened)
    assert figures.by_formula <= A_FIFTH
