"""Values in free speech, and the model's own promises."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.language.speech import model
from handlers.language.speech.days import amounts_in, days_in, direction_of, lengths_in, period_in
from handlers.language.speech.normal import shape

TODAY = date(2026, 11, 30)


def plain(text: str) -> str:
    return model.load().plain(text)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("排到十四号去", ["2026-12-14"]), ("改12/10发 车约好了", ["2026-12-10"]), ("下禮拜三再說", ["2026-12-09"]),
        ("听日先啦", ["2026-12-01"]), ("move it to 14 December", ["2026-12-14"]), ("until Friday", ["2026-12-04"]),
        ("月底前", ["2026-11-30", "2026-12-31"]), ("7号单", []), ("12月5日（周六）", ["2026-12-05"]),
        ("改期到12月30日，周三", ["2026-12-30"]),
        ("12月4日（周三）交", ["2026-12-04", "2026-12-02"]), ("SO-1042 推迟两天", []),
        ("今天不行，改周五", ["2026-11-30", "2026-12-04"]),
    ],
)  # fmt: skip
def test_days(text: str, days: list[str]) -> None:
    """A weekday that is not the day's makes two choices."""
    assert [str(choice) for day in days_in(plain(text), TODAY) for choice in day.choices] == days


@pytest.mark.parametrize(
    ("text", "shifts"),
    [
        ("往后推两天", [2]), ("早一天走", [-1]), ("拖多两日", [2]), ("pull in by 1 day", [-1]), ("晚一周", [7]),
        ("推三四天", [3, 4]), ("hold back SO-1058 one week", [7]), ("再过俩工作日", [2]),
    ],
)  # fmt: skip
def test_lengths(text: str, shifts: list[int]) -> None:
    """Approximate words name no number but two."""
    spoken = plain(text)
    assert [(direction_of(spoken, one) or 1) * one.days for one in lengths_in(spoken, [])] == shifts


@pytest.mark.parametrize(
    ("text", "amount", "sign"),
    [
        ("继电器五千够了", 5000, 0), ("再加15台", 15, 1), ("减二百只", 200, -1), ("由3000改做3200套", 3200, 0),
        ("应该是920台，不是900", 920, 0), ("1,800 pcs", 1800, 0), ("加到三千", 3000, 0), ("another 300 P3", 300, 1),
    ],
)  # fmt: skip
def test_amounts(text: str, amount: int, sign: int) -> None:
    first = amounts_in(plain(text), [])[0]
    assert (int(first.amount), first.sign) == (amount, sign)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("3号到4号", "2026-12-03", "2026-12-04"), ("7-9号出差", "2026-12-07", "2026-12-09"),
        ("下周请年假", "2026-12-07", "2026-12-11"), ("17、18两日年休", "2026-12-17", "2026-12-18"),
        ("OOO 8-14 Dec", "2026-12-08", "2026-12-14"), ("下周一到周五", "2026-12-07", "2026-12-11"),
        ("本宝12.4请假", "2026-12-04", "2026-12-04"),
    ],
)  # fmt: skip
def test_periods(text: str, first: str, last: str) -> None:
    spoken = plain(text)
    assert period_in(spoken, days_in(spoken, TODAY), TODAY) == (date.fromisoformat(first), date.fromisoformat(last))


@settings(max_examples=200)
@given(st.text(max_size=300))
def test_whatever_is_said_is_ranked(text: str) -> None:
    trained = model.load()
    spoken = trained.plain(text)
    assert len(spoken) == min(len(text), model.LONGEST_HEARD)
    assert {guess.intent for guess in trained.rank(spoken)} == set(trained.intents)
    for part in ("item", "reason"):
        start, end = trained.parts.find(part, spoken, 0.5) or (0, 0)
        assert 0 <= start <= end <= len(spoken)
    lengths_in(spoken, days_in(spoken, TODAY))
    amounts_in(spoken, [])


def test_numbers_and_codes_are_alike_to_the_model() -> None:
    assert shape(plain("MO-2421 推迟两天，改到12月8日，3000台")) == shape(plain("po3442 推迟两天，改到11月30日，500台"))
