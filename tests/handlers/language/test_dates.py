"""Dates as people write them, on a Thursday late in November 2026 unless said otherwise."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from handlers.language.values.dates import read_date
from planning.refusal import Refused
from tests.handlers.language import TODAY

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-05", "2026-12-05"), ("2026/12/5", "2026-12-05"), ("2026.12.05", "2026-12-05"),
        ("20261205", "2026-12-05"), ("2026年12月5日", "2026-12-05"), ("二〇二六年十二月五日", "2026-12-05"),
        ("2027年1月5号", "2027-01-05"), ("明年1月5日", "2027-01-05"), ("今年12月5日", "2026-12-05"),
        ("12-05", "2026-12-05"), ("12/5", "2026-12-05"), ("12.5", "2026-12-05"), ("12月5日", "2026-12-05"),
        ("12月5号", "2026-12-05"), ("12月5", "2026-12-05"), ("12 月 5 日", "2026-12-05"),
        ("十二月五日", "2026-12-05"),
        ("十二月三十一号", "2026-12-31"), ("12月二十日", "2026-12-20"),
        ("11-26", "2026-11-26"), ("1-5", "2027-01-05"), ("1月5日", "2027-01-05"), ("6月1日", "2027-06-01"),
        ("5号", "2026-12-05"), ("30号", "2026-11-30"), ("26日", "2026-11-26"), ("五号", "2026-12-05"),
        ("下月5号", "2026-12-05"), ("下个月15号", "2026-12-15"), ("本月30日", "2026-11-30"),
        ("下下月1号", "2027-01-01"),
        ("今天", "2026-11-26"), ("明天", "2026-11-27"), ("后天", "2026-11-28"), ("大后天", "2026-11-29"),
        ("today", "2026-11-26"), ("Tomorrow", "2026-11-27"), ("day after tomorrow", "2026-11-28"),
        ("周五", "2026-11-27"), ("周日", "2026-11-29"), ("周天", "2026-11-29"), ("星期日", "2026-11-29"),
        ("周三", "2026-12-02"),
        ("本周五", "2026-11-27"), ("这周日", "2026-11-29"), ("这个星期天", "2026-11-29"), ("本周四", "2026-11-26"),
        ("下周三", "2026-12-02"), ("下周日", "2026-12-06"), ("下个礼拜一", "2026-11-30"), ("下下周一", "2026-12-07"),
        ("上周五", "2026-11-20"), ("周3", "2026-12-02"), ("friday", "2026-11-27"), ("next wed", "2026-12-02"),
        ("next Wednesday", "2026-12-02"), ("this friday", "2026-11-27"),
        ("Dec 5", "2026-12-05"), ("5 December", "2026-12-05"), ("Dec 5th", "2026-12-05"),
        ("jan 5 2027", "2027-01-05"),
        ("到12-05", "2026-12-05"), ("改到 12月5日", "2026-12-05"), ("提前到下周三", "2026-12-02"),
        ("推迟到明天", "2026-11-27"),
        ("延到12-05", "2026-12-05"), ("to 12-05", "2026-12-05"), ("by Dec 5", "2026-12-05"),
        ("12-05之前", "2026-12-05"),
        ("12/5号", "2026-12-05"), ("到12.5号", "2026-12-05"), ("2026-12-05号", "2026-12-05"),
        ("12月30日 周三", "2026-12-30"), ("12-30周三", "2026-12-30"), ("周三 12-30", "2026-12-30"),
        ("到 周三12月30日之前", "2026-12-30"), ("2026-12-30 星期三", "2026-12-30"), ("下周三 12-02", "2026-12-02"),
        ("Wed Dec 30", "2026-12-30"), ("12-30 Wednesday", "2026-12-30"), ("30 Dec Wed", "2026-12-30"),
        ("11-25 周三", "2026-11-25"), ("11-25 周四", "2027-11-25"), ("25号 周五", "2026-12-25"),
        ("12月5日前", "2026-12-05"), ("2020-01-01", "2020-01-01"),
    ],
)  # fmt: skip
def test_a_date(text: str, day: str) -> None:
    assert str(read_date(text, TODAY)) == day


@pytest.mark.parametrize(
    "text",
    ["", "到", "5", "1205", "12", "12-05-06", "2026-12", "12-05 下午3点", "12:05", "国庆后", "下周八", "星期0",
     "SO-1042", "3天后",
     "26-12-05", "maybe 5", "2026-12/05", "Decemberish 5 5"],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert read_date(text, TODAY) is None


@pytest.mark.parametrize(
    "text",
    ["2-29", "2027-02-29", "2月30日", "13-01", "12-32", "0-5", "12月0日", "2026-00-10", "20261301", "0000-01-01",
     "31号",
     "十三月一日", "五十月一日", "下月32号"],
)  # fmt: skip
def test_a_day_that_does_not_exist_is_said_to_be_none(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_date(text, TODAY)
    assert refused.value.refusal.code == "no-such-date"
    assert refused.value.refusal.facts["found"] == text


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("11-05", "2026-11-05、2027-11-05"), ("11月25日", "2026-11-25、2027-11-25"),
        ("9-27", "2026-09-27、2027-09-27"),
        ("25号", "2026-11-25、2026-12-25"), ("周四", "2026-11-26、2026-12-03"),
        ("Thursday", "2026-11-26、2026-12-03"),
        ("本周一", "2026-11-23、2026-11-30"),
        ("月底", "2026-11-27、2026-11-30"), ("本月底", "2026-11-27、2026-11-30"),
        ("下月底", "2026-12-25、2026-12-31"),
        ("月初", "2026-12-01、2026-12-05、2026-12-10"), ("下月初", "2026-12-01、2026-12-05、2026-12-10"),
        ("月中", "2026-12-11、2026-12-15、2026-12-20"), ("1月底", "2027-01-29、2027-01-31"),
        ("年底", "2026-12-25、2026-12-31"), ("周末", "2026-11-28、2026-11-29"), ("下周末", "2026-12-05、2026-12-06"),
        ("下周", "2026-11-30、2026-12-04"), ("本周", "2026-11-26、2026-11-27"),
        ("三四号", "2026-12-03、2026-12-04"), ("12月十二三号", "2026-12-12、2026-12-13"),
        ("十二月底", "2026-12-25、2026-12-31"), ("这周末", "2026-11-28、2026-11-29"),
        ("下个月初", "2026-12-01、2026-12-05、2026-12-10"),
    ],
)  # fmt: skip
def test_what_may_mean_two_days_is_asked_back_with_both(text: str, choices: str) -> None:
    with pytest.raises(Refused) as refused:
        read_date(text, TODAY)
    assert refused.value.refusal.code == "date-ambiguous"
    assert dict(refused.value.refusal.facts) == {"found": text, "choices": choices}


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("12月30日 周四", "2026-12-30（周三）、2026-12-31（周四）"),
        ("周二12-30", "2026-12-29（周二）、2026-12-30（周三）"),
        ("12-05 周日", "2026-12-05（周六）、2026-12-06（周日）"),
        ("下周三 12-03", "2026-12-02（周三）、2026-12-03（周四）"),
        ("Dec 30 Thu", "2026-12-30 Wed、2026-12-31 Thu"), ("11-27 周三", "2026-11-27（周五）、2026-12-02（周三）"),
    ],
)  # fmt: skip
def test_a_weekday_that_is_not_the_dates_is_asked_back_with_both(text: str, choices: str) -> None:
    with pytest.raises(Refused) as refused:
        read_date(text, TODAY)
    assert refused.value.refusal.code == "weekday-differs"
    assert dict(refused.value.refusal.facts) == {"found": text, "choices": choices}
    assert {str(read_date(choice.translate({0xFF08: " ", 0xFF09: ""}), TODAY)) for choice in choices.split("、")} == {
        choice[:10] for choice in choices.split("、")
    }


@settings(deadline=None)
@given(DAYS, st.integers(1, 300), st.integers(0, 6))
def test_a_weekday_beside_a_date_is_its_own_or_asked_about(today: date, ahead: int, weekday: int) -> None:
    day = today + timedelta(days=ahead)
    text = f"{day} 周{'一二三四五六日'[weekday]}"
    if weekday == day.weekday():
        assert read_date(text, today) == day
    else:
        with pytest.raises(Refused, match="weekday-differs"):
            read_date(text, today)


@settings(deadline=None)
@given(DAYS, st.sampled_from(["月底", "年底", "年末", "本周", "周末", "月末", "12月底", "月中", "月初"]))
def test_no_day_that_has_passed_is_offered(today: date, text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_date(text, today)
    assert min(refused.value.refusal.facts["choices"].split("、")) >= str(today)


@pytest.mark.parametrize(
    ("today", "text", "day"),
    [
        ("2026-12-20", "1月5日", "2027-01-05"),
        ("2026-12-31", "1-1", "2027-01-01"),
        ("2027-12-01", "2-29", "2028-02-29"),
        ("2028-02-29", "2-29", "2028-02-29"),
        ("2026-11-29", "下周三", "2026-12-02"),  # a Sunday closes its week
        ("2026-11-29", "周三", "2026-12-02"),
        ("2026-11-30", "周日", "2026-12-06"),  # a Monday opens it
        ("2026-12-31", "31号", "2026-12-31"),
        ("2026-12-31", "15号", "2027-01-15"),
        ("2026-12-15", "下月5号", "2027-01-05"),
    ],
)
def test_years_months_and_weeks_turn_over(today: str, text: str, day: str) -> None:
    assert str(read_date(text, date.fromisoformat(today))) == day


def test_a_december_day_said_in_january_may_be_the_one_just_gone() -> None:
    with pytest.raises(Refused) as refused:
        read_date("12-20", date(2027, 1, 10))
    assert refused.value.refusal.facts["choices"] == "2026-12-20、2027-12-20"


@pytest.mark.parametrize("text", ["2037-01-01", "1900-01-01", "9999-12-31", "到 2100年1月1日"])
def test_a_date_beyond_ten_years_is_a_slip(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_date(text, TODAY)
    assert dict(refused.value.refusal.facts) == {"found": text, "limit": "10"}


@settings(deadline=None)
@given(DAYS, st.integers(-3650, 3650))
def test_a_full_date_reads_back_in_every_way_of_writing_it(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    assume(abs(day.year - today.year) <= 10)
    spelt = [f"{day}", f"{day:%Y/%m/%d}", f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日", f"到 {day}"]
    assert {read_date(text, today) for text in spelt} == {day}


@settings(deadline=None)
@given(DAYS, st.integers(0, 300))
def test_a_month_and_day_is_the_next_to_come(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    assert read_date(f"{day.month}-{day.day}", today) == read_date(f"{day.month}月{day.day}号", today) == day


@settings(deadline=None)
@given(DAYS, st.integers(0, 6))
def test_next_week_is_the_week_after_this_ones_sunday(today: date, weekday: int) -> None:
    day = read_date(f"下周{'一二三四五六日'[weekday]}", today)
    assert day is not None
    assert day.weekday() == weekday
    assert day.isocalendar()[:2] == (today + timedelta(days=7)).isocalendar()[:2]
