"""Everyday verbs are the commands they mean where nothing else can be meant. It is Thursday, 26 November 2026."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.language import Cancel, ChangeQuantity, Command, Move
from handlers.language.everyday.verbs import unmistakable
from planning.plan.link import LagKind
from tests.handlers.language import TODAY, asked, refusal
from tests.handlers.language.test_properties import VOCABULARY

LATER, EARLIER = Move("SO-1042", shift=2, reason="停机"), Move("SO-1042", shift=-2, reason="停机")
DEC_10 = Move("SO-1042", to=date(2026, 12, 10), reason="停机")
MORE = ChangeQuantity("SO-1042", Decimal(500), True, "件", "停机")
LESS = ChangeQuantity("SO-1042", Decimal(-500), True, "件", "停机")
UP_TO = ChangeQuantity("SO-1042", Decimal(3000), False, "件", "停机")
DROPPED = Cancel("SO-1042", "停机")
LATER_FIRST = ("延期", "推迟", "延后", "推后", "顺延", "延迟", "往后推", "往后挪", "晚", "拖后")
LATER_BEHIND = ("延期", "推后", "顺延", "往后推", "往后延", "往后放", "晚", "推", "拖", "晚交")
TO = ("挪到", "拖到", "提到", "推到", "移到", "延到", "改到", "放到", "往后推到")
SENTENCES: list[tuple[str, Command]] = [
    *((f"{verb} SO-1042 2天", LATER) for verb in LATER_FIRST),
    *((f"SO-1042 {verb}两天", LATER) for verb in LATER_BEHIND),
    *((f"SO-1042 {verb}2天", EARLIER) for verb in ("提前", "提早", "往前提", "往前赶", "往前挪", "早", "加急", "早交")),
    *((f"SO-1042 {verb} 12-10", DEC_10) for verb in TO),
    *((f"{verb} SO-1042 到 12-10", DEC_10) for verb in ("延期", "推迟", "顺延")),
    *((f"SO-1042 {verb}3000件", UP_TO) for verb in ("加到", "减到", "增加到", "降到", "砍到", "改成", "数量改为")),
    *((f"SO-1042 {verb}500件", MORE) for verb in ("加", "增加", "追加", "加单", "多做")),
    *((f"SO-1042 {verb}500件", LESS) for verb in ("减", "减少", "砍掉", "少做", "减单")),
    *((f"SO-1042 {verb}", DROPPED) for verb in ("不做了", "不要了", "作废", "砍掉", "不生产了", "撤单")),
    ("砍掉 SO-1042", DROPPED), ("晚两天 SO-1042", LATER), ("SO-1042晚两天", LATER), ("把SO-1042往后推两天", LATER),
    ("请帮我把 SO-1042 的交期往后推两天", LATER), ("麻烦将SO-1042提前2天", EARLIER), ("SO-1042 交期提早两天", EARLIER),
    ("SO-1042 推到12月10日（周四）", DEC_10),
]  # fmt: skip


@pytest.mark.parametrize(("text", "command"), SENTENCES)
def test_it_is_the_command_it_means(text: str, command: Command) -> None:
    assert asked(f"{text} 因为 停机") == command
    assert asked(f"{text}，因为停机，谢谢！") is not None
    if not isinstance(command, Cancel) or "砍" not in text:
        assert refusal(text).code == "reason-missing"


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("本单晚两天 因为 停机", Move("本单", shift=2, reason="停机")),
        ("postpone SO-1042 by 2 days because fault", Move("SO-1042", shift=2, reason="fault")),
        ("push back SO-1042 2d because fault", Move("SO-1042", shift=2, reason="fault")),
        ("please bring forward SO-1042 by 1 week because fault",
         Move("SO-1042", shift=-7, unit=LagKind.CALENDAR, reason="fault")),
        ("reschedule SO-1042 to 12-10 because fault", Move("SO-1042", to=date(2026, 12, 10), reason="fault")),
        ("改期 SO-1042 拖到 12-10 因为 停机", DEC_10), ("改期 SO-1042 往前提2天 因为 停机", EARLIER),
    ],
)  # fmt: skip
def test_so_it_is_in_english_of_a_quoted_card_and_behind_the_name(text: str, command: Command) -> None:
    assert asked(text) == command


@pytest.mark.parametrize(
    ("text", "code", "offers"),
    [
        ("SO-1042 晚三四天 因为 停机", "number-approximate",
         ("改期 SO-1042 晚 3天 因为 停机", "改期 SO-1042 晚 4天 因为 停机")),
        ("SO-1042 推到月底", "date-ambiguous", ("改期 SO-1042 推到 2026-11-27", "改期 SO-1042 推到 2026-11-30")),
        ("SO-1042 减到两三千件", "number-approximate", ("改数量 SO-1042 减到 2000件", "改数量 SO-1042 减到 3000件")),
    ],
)  # fmt: skip
def test_what_it_leaves_open_is_asked_back(text: str, code: str, offers: tuple[str, ...]) -> None:
    refused = refusal(text)
    assert (refused.code, refused.offers) == (code, offers)


AROUND = ["能不能", "可不可以", "不要", "别", "先别", "不用", "没有", "客户要", "我们想", "是不是", "会", "听说",
          "如果", "谁说"]  # fmt: skip
BEHIND = ["？", "吗", "了", "行吗", "怎么办", "不行", "会怎样", " SO-1043", " CR-20261128-001"]


@settings(deadline=None)
@given(
    st.sampled_from([text for text, _ in SENTENCES]),
    st.sampled_from([(words, "") for words in AROUND] + [("", words) for words in BEHIND]),
)
def test_a_question_a_no_a_wish_or_a_second_item_is_no_command(text: str, around: tuple[str, str]) -> None:
    assert unmistakable(f"{around[0]}{text}{around[1]}", TODAY, VOCABULARY) is None
