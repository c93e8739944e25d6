"""Times that are said in a roundabout way are asked back with what they may mean. It is Thursday, 26 November 2026."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.language.values.holidays import around_holiday
from handlers.language.values.roundabout import ask_back
from planning.refusal import Refused
from tests.handlers.language import TODAY, refusal


@pytest.mark.parametrize(
    ("text", "code", "found", "choices"),
    [
        ("三天后", "from-now", "三天后", "推迟三天、2026-11-29"),
        ("2周以后", "from-now", "2周以后", "推迟2周、2026-12-10"),
        ("再过5天之后", "from-now", "再过5天之后", "推迟5天、2026-12-01"),
        ("3个工作日后", "from-now", "3个工作日后", "推迟3个工作日"),
        ("3 days from now", "from-now", "3 days from now", "+3 days、2026-11-29"),
        ("两周之内", "date-ambiguous", "两周之内", "2026-12-10"),
        ("到三天内", "date-ambiguous", "三天内", "2026-11-27、2026-11-29"),
        ("within 2 weeks", "date-ambiguous", "within 2 weeks", "2026-12-10"),
        ("元旦前", "date-ambiguous", "元旦前", "2026-12-25、2026-12-31"),
        ("春节后", "date-ambiguous", "春节后", "2027-02-15、2027-02-19"),
        ("春节前", "date-ambiguous", "春节前", "2027-01-29、2027-02-04"),
        ("到国庆节之后", "date-ambiguous", "国庆节之后", "2027-10-08"),
        ("五一假期后", "date-ambiguous", "五一假期后", "2027-05-06、2027-05-07"),
        ("端午前", "date-ambiguous", "端午前", "2027-06-04、2027-06-08"),
        ("到三天后", "from-now", "到三天后", "推迟三天、2026-11-29"),
        ("in 3 days", "from-now", "in 3 days", "+3 days、2026-11-29"),
        ("几天后", "number-approximate", "几天后", "推迟3天、推迟5天、2026-11-29、2026-12-01"),
        ("三四天后", "number-approximate", "三四天后", "推迟3天、推迟4天、2026-11-29、2026-11-30"),
        ("到七八天以后", "number-approximate", "到七八天以后", "推迟7天、推迟8天、2026-12-03、2026-12-04"),
        ("一两周后", "number-approximate", "一两周后", "推迟1周、推迟2周、2026-12-03、2026-12-10"),
        ("三五个工作日后", "number-approximate", "三五个工作日后", "推迟3个工作日、推迟5个工作日"),
        ("in 3-4 days", "number-approximate", "in 3-4 days", "+3 days、+4 days、2026-11-29、2026-11-30"),
        ("两三周之内", "date-ambiguous", "两三周之内", "2026-12-10、2026-12-17"),
    ],
)  # fmt: skip
def test_a_roundabout_time_is_asked_back(text: str, code: str, found: str, choices: str) -> None:
    with pytest.raises(Refused) as refused:
        ask_back(text, TODAY)
    assert refused.value.refusal.code == code
    assert dict(refused.value.refusal.facts) == {"found": found, "choices": choices}


@pytest.mark.parametrize(
    "text", ["", "3天", "12-05", "推迟3天", "展会后", "前", "后天", "下周三", "以内", "in 3", "in"]
)
def test_what_is_no_roundabout_time_passes(text: str) -> None:
    ask_back(text, TODAY)


@settings(deadline=None)
@given(
    st.dates(date(2026, 1, 1), date(2039, 12, 31)),
    st.sampled_from(["元旦", "春节", "五一", "端午", "中秋", "国庆"]),
    st.sampled_from("前后"),
)
def test_days_around_a_holiday_are_weekdays_to_come(today: date, name: str, side: str) -> None:
    days = around_holiday(f"{name}{side}", today)
    assert days
    assert days == sorted(days)
    assert all(day >= today and day.weekday() < 5 for day in days)


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("改期 SO-1042 三天后 因为 停机",
         ("改期 SO-1042 推迟三天 因为 停机", "改期 SO-1042 2026-11-29 因为 停机")),
        ("改期 SO-1042 元旦前", ("改期 SO-1042 2026-12-25", "改期 SO-1042 2026-12-31")),
        ("影响 SO-1042 两周之内", ("影响 SO-1042 2026-12-10",)),
        ("改期 SO-1042 推迟三四天 因为 停机",
         ("改期 SO-1042 推迟 3天 因为 停机", "改期 SO-1042 推迟 4天 因为 停机")),
        ("改数量 SO-1042 三五个 因为 加单", ("改数量 SO-1042 3个 因为 加单", "改数量 SO-1042 5个 因为 加单")),
        ("改期 SO-1042 到 12月30日（周四） 因为 停机",
         ("改期 SO-1042 到 2026-12-30（周三） 因为 停机", "改期 SO-1042 到 2026-12-31（周四） 因为 停机")),
        ("代理 李娜 12-01（周二）~12-05（周五）",
         ("代理 李娜 12-01 周二 ~ 2026-12-04（周五）", "代理 李娜 12-01 周二 ~ 2026-12-05（周六）")),
        ("冻结 生产部 2026-12-01(周二)~2026-12-05(周五) 因为 大促",
         ("冻结 生产部 2026-12-01 周二 ~ 2026-12-04（周五） 因为 大促",
          "冻结 生产部 2026-12-01 周二 ~ 2026-12-05（周六） 因为 大促")),
        ("改期 SO-1042 推迟3、4天 因为 停机",
         ("改期 SO-1042 推迟 3天 因为 停机", "改期 SO-1042 推迟 4天 因为 停机")),
        ("改期 SO-1042 推迟三、四天 因为 停机",
         ("改期 SO-1042 推迟 3天 因为 停机", "改期 SO-1042 推迟 4天 因为 停机")),
        ("改期 SO-1042 到三四号 因为 停机",
         ("改期 SO-1042 到 2026-12-03 因为 停机", "改期 SO-1042 到 2026-12-04 因为 停机")),
        ("改期 SO-1042 下周之内 因为 停机",
         ("改期 SO-1042 2026-11-30 之内 因为 停机", "改期 SO-1042 2026-12-04 之内 因为 停机")),
        ("改期 SO-1042 3天 因为 停机", ("改期 SO-1042 提前3天 因为 停机", "改期 SO-1042 推迟3天 因为 停机")),
        ("影响 SO-1042 +500", ("影响 SO-1042 +500天", "影响 SO-1042 +500件")),
        ("改期 SO-1042 +2天 老王那边", ("改期 SO-1042 +2天 因为 老王那边",)),
        ("改期 SO-1042 12-05 下午3点 因为 展会", ()),
        ("改期 SO-1042 推迟十十天 因为 展会", ()),
    ],
)  # fmt: skip
def test_what_is_asked_back_offers_whole_commands(text: str, offers: tuple[str, ...]) -> None:
    assert refusal(text).offers == offers
