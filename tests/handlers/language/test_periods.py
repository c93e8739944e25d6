"""Shifts and durations as people say them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.language.values.periods import Duration, Shift, read_duration, read_shift
from planning.plan.link import LagKind
from planning.refusal import Refused

W, C = LagKind.WORKING, LagKind.CALENDAR


@pytest.mark.parametrize(
    ("text", "days", "unit"),
    [
        ("+2天", 2, W), ("-2天", -2, W), ("+2", 2, W), ("-2", -2, W), ("+2d", 2, W), ("- 2 days", -2, W),
        ("+ 2 天", 2, W),
        ("提前2天", -2, W), ("提前两天", -2, W), ("提前 2 天", -2, W), ("提前了两天", -2, W), ("早2天", -2, W),
        ("往前挪两天", -2, W),
        ("推迟3天", 3, W), ("推迟三日", 3, W), ("延后3天", 3, W), ("延期3天", 3, W), ("晚3天", 3, W),
        ("推后3天", 3, W),
        ("往后推3天", 3, W), ("顺延3天", 3, W), ("推迟十二天", 12, W), ("推迟3", 3, W),
        ("提前2个工作日", -2, W), ("+2工作日", 2, W), ("+2wd", 2, W), ("+2 working days", 2, W),
        ("推迟2个自然日", 2, C), ("+2日历天", 2, C), ("-2 calendar days", -2, C), ("+2cd", 2, C),
        ("推迟一周", 7, C), ("+2w", 14, C), ("提前1个星期", -7, C), ("+2 weeks", 14, C), ("晚两个礼拜", 14, C),
        ("2 days earlier", -2, W), ("3 days later", 3, W), ("delay 3 days", 3, W), ("earlier by 2 days", -2, W),
    ],
)  # fmt: skip
def test_a_shift(text: str, days: int, unit: LagKind) -> None:
    assert read_shift(text) == Shift(days, unit)


@pytest.mark.parametrize("text", ["", "提前", "天", "2", "12-05", "+", "提前到12-05", "+2件", "推迟3天后", "+2 3天",
    "月底"])
def test_what_is_no_shift(text: str) -> None:
    assert read_shift(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("半天", "whole-days"), ("提前半天", "whole-days"), ("+1.5天", "whole-days"), ("推迟一天半", "whole-days"),
        ("推迟2小时", "whole-days"), ("+3h", "whole-days"), ("推迟一周半", "whole-days"),
        ("推迟一个月", "shift-unit"), ("+2 months", "shift-unit"),
        ("推迟9999天", "shift-too-far"), ("推迟600周", "shift-too-far"),
        ("+0天", "nothing-to-change"), ("推迟零天", "nothing-to-change"), ("推迟十十天", "number-not-understood"),
    ],
)  # fmt: skip
def test_a_shift_that_cannot_be_is_refused_by_its_name(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_shift(text)
    assert (refused.value.refusal.code, refused.value.refusal.facts["found"]) == (code, text)


@pytest.mark.parametrize(("text", "choices"), [("3天", "提前3天、推迟3天"), ("一周", "提前一周、推迟一周"),
    ("3d", "-3d、+3d")])
def test_days_without_a_direction_are_asked_back(text: str, choices: str) -> None:
    with pytest.raises(Refused) as refused:
        read_shift(text)
    assert refused.value.refusal.code == "shift-direction"
    assert refused.value.refusal.facts["choices"] == choices


@settings(deadline=None)
@given(st.integers(1, 500), st.sampled_from([("提前", -1), ("推迟", 1), ("+", 1), ("-", -1)]))
def test_every_number_of_days_reads_back(days: int, way: tuple[str, int]) -> None:
    word, sign = way
    assert read_shift(f"{word}{days}天") == Shift(sign * days, W)
    assert read_shift(f"{word}{days}个自然日") == Shift(sign * days, C)


@pytest.mark.parametrize(
    ("text", "days", "relative"),
    [
        ("8天", 8, False), ("8", 8, False), ("八天", 8, False), ("8个工作日", 8, False), ("8d", 8, False),
        ("0天", 0, False),
        ("到8天", 8, False), ("改为 8天", 8, False), ("延长到8天", 8, False), ("工期8天", 8, False),
        ("to 8 days", 8, False),
        ("+2天", 2, True), ("-2", -2, True), ("延长两天", 2, True), ("缩短 2天", -2, True), ("加2天", 2, True),
    ],
)  # fmt: skip
def test_a_duration(text: str, days: int, relative: bool) -> None:
    assert read_duration(text) == Duration(days, relative)


@pytest.mark.parametrize(
    ("text", "days", "relative"),
    [("2周", 14, False), ("一周", 7, False), ("延长到两个星期", 14, False), ("+1周", 7, True), ("缩短一周", -7, True)],
)  # fmt: skip
def test_a_duration_of_weeks_leaves_to_the_calendar_what_is_worked(text: str, days: int, relative: bool) -> None:
    assert read_duration(text) == Duration(days, relative, C)


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("推迟三四天", "3天、4天"), ("晚两三天", "2天、3天"), ("提前七八天", "7天、8天"), ("推迟一两周", "1周、2周"),
        ("推迟十来天", "10天、12天"), ("推迟几天", "3天、5天"), ("推迟好几天", "3天、5天"),
        ("推迟十几天", "13天、15天"),
        ("推迟二十多天", "22天、25天"), ("推迟3-5天", "3天、5天"), ("推迟3~5个工作日", "3个工作日、5个工作日"),
        ("推迟十七八天", "17天、18天"), ("晚个两三天", "2天、3天"), ("七八天", "7天、8天"),
    ],
)  # fmt: skip
def test_days_that_are_only_about_so_many_are_asked_back_with_two(text: str, choices: str) -> None:
    with pytest.raises(Refused) as shift:
        read_shift(text)
    with pytest.raises(Refused) as duration:
        read_duration(text.lstrip("推迟晚提前个"))
    for refused in (shift.value.refusal, duration.value.refusal):
        assert (refused.code, refused.facts["choices"]) == ("number-approximate", choices)


@pytest.mark.parametrize("text", ["推迟二六天", "推迟三一天", "推迟二〇二六天", "推迟一五天"])
def test_digit_by_digit_nobody_counts(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_shift(text)
    assert refused.value.refusal.code == "number-not-understood"


@pytest.mark.parametrize(
    ("text", "code"),
    [("8个自然日", "duration-unit"), ("半天", "whole-days"), ("2.5天", "whole-days"),
     ("1个月", "shift-unit"), ("99999天", "shift-too-far")],
)  # fmt: skip
def test_a_duration_that_cannot_be_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_duration(text)
    assert refused.value.refusal.code == code


@pytest.mark.parametrize("text", ["", "很久", "12-05", "8件", "8天左右"])
def test_what_is_no_duration(text: str) -> None:
    assert read_duration(text) is None
