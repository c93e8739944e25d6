"""How messages really arrive: mentions, full-width keyboards, invisible characters, two commands at once, novels."""

import re
import sys

import pytest

from handlers.inbound.commands import COMMANDS
from handlers.language import MAX_TEXT, Command, Move, parse
from planning.refusal import Refused
from tests.handlers.language import TODAY, asked, refusal

TWO_LATER = Move("SO-1042", shift=2, reason="展会")


@pytest.mark.parametrize(
    "text",
    [
        "改期 SO-1042 +2天 因为 展会",
        "  改期   SO-1042    +2天   因为   展会  ",
        "改期　ＳＯ－１０４２　＋２天　因为　展会",
        "/改期 SO-1042 +2天 因为 展会",
        "／改期 SO-1042 +2天 因为 展会",
        "、改期 SO-1042 +2天 因为 展会",
        "/ 改期 SO-1042 +2天 因为 展会",
        "改期：SO-1042，+2天，因为：展会",
        "改期,SO-1042,+2天,因为,展会",
        "改期SO-1042+2天因为展会",
        "@通盘 改期 SO-1042 +2天 因为 展会",
        "＠通盘 改期 SO-1042 +2天 因为 展会",
        "@通盘改期 SO-1042 +2天 因为 展会",
        "@通盘，改期 SO-1042 +2天 因为 展会",
        "@通盘\u2005改期 SO-1042 +2天 因为 展会",
        "@李娜 @通盘 改期 SO-1042 +2天 因为 展会",
        "@计划机器人 改期 SO-1042 +2天 因为 展会",
        "改期 SO-1042 +2天 @通盘 因为 展会",
        "改期 SO-1042 +2天 因为 展会 @通盘",
        "\ufeff改期\u200b SO\u200d-1042 \u202e+2天\u200f 因为 展会\u0000",
        "改\x07期 SO-1042 +2天 因为 展\x1b会",
        "改期\tSO-1042\t+2天\r\n因为\u2028展会",
        "📅 改期 SO-1042 🚚 +2天 ✅ 因为 展会",
        "1. 改期 SO-1042 +2天 因为 展会",
        "改期 so-1042 +2D 因为 展会",
        "改期 SO-1042 +２天 原因:展会",
        "改期 SO-1042 +2天，因为展会",
        "改期 SO-1042 推后两天 由于 展会",
        "改期 “SO-1042” +2天 因为 展会",
        "gq SO-1042 +2 因为 展会",
        "GQ SO-1042 +2 Because 展会",
    ],
)
def test_it_means_the_same_however_it_is_typed(text: str) -> None:
    assert asked(text) == TWO_LATER


def test_the_bot_may_have_another_name() -> None:
    assert parse("改期 SO-1042 +2天 @小盘 因为 展会", TODAY, COMMANDS.vocabulary, bot="小盘") == TWO_LATER


def test_a_reason_is_kept_in_the_words_it_was_given_in() -> None:
    typed = "改期 SO-1042 +2天 因为：客户说“太晚了”，合同 ＡＢ１２ 要求 3,000 件／12-01；因为急🙏\n谢谢！"
    command = asked(typed)
    assert isinstance(command, Move)
    assert command.reason == "客户说“太晚了”，合同 ＡＢ１２ 要求 3,000 件／12-01；因为急🙏 谢谢！"


@pytest.mark.parametrize(
    ("text", "commands"),
    [
        (
            "改期 SO-1042 +2天 因为 展会\n改数量 SO-1043 3000 因为 加单",
            "「改期 SO-1042 +2天 因为 展会」、「改数量 SO-1043 3000 因为 加单」",
        ),
        ("改期 SO-1042 +2天 因为 展会；取消 SO-1043 因为 撤单",
        "「改期 SO-1042 +2天 因为 展会」、「取消 SO-1043 因为 撤单」"),
        ("改期 SO-1042 +2天,改数量 SO-1043 3000 因为 展会",
        "「改期 SO-1042 +2天,」、「改数量 SO-1043 3000 因为 展会」"),
        ("待办\n早会", "「待办」、「早会」"),
        ("/查计划 钢板\n/查计划 铝板", "「/查计划 钢板」、「/查计划 铝板」"),
        ("大家好\n待办\n早会", "「待办」、「早会」"),
        ("1. 取消 SO-1042 因为 a\n2. 取消 SO-1043 因为 b", "「1. 取消 SO-1042 因为 a」、「2. 取消 SO-1043 因为 b」"),
        (
            "同意 CR-20261128-001\n驳回 CR-20261128-002 因为 太急",
            "「同意 CR-20261128-001」、「驳回 CR-20261128-002 因为 太急」",
        ),
    ],
)
def test_two_commands_in_one_message_are_sent_back_as_a_list(text: str, commands: str) -> None:
    refused = refusal(text)
    assert refused.code == "two-commands"
    assert dict(refused.facts) == {"count": "2", "commands": commands}


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        (
            "改期 SO-1042 推迟2天 因为 客户 改期 MO-2442 推迟1天 因为 停机",
            ("改期 SO-1042 推迟2天 因为 客户", "改期 MO-2442 推迟1天 因为 停机"),
        ),
        (
            "改期 SO-1042 +2天 因为 停机 改期 SO-1043 +2天",
            ("改期 SO-1042 +2天 因为 停机", "改期 SO-1043 +2天 因为 停机"),
        ),
        (
            "改期 SO-1042 推迟2天 因为停机改期 MO-2442 推迟1天 因为 换模",
            ("改期 SO-1042 推迟2天 因为 停机", "改期 MO-2442 推迟1天 因为 换模"),
        ),
        ("改期 SO-1042 +2天，取消 SO-1043 因为 撤单", ("改期 SO-1042 +2天 因为 撤单", "取消 SO-1043 因为 撤单")),
        (
            "move SO-1042 +2d because fair, cancel SO-1043 because dropped",
            ("move SO-1042 +2d because fair", "cancel SO-1043 because dropped"),
        ),
        (
            "驳回 CR-20261128-001 因为 太急 同意 CR-20261128-002",
            ("驳回 CR-20261128-001 因为 太急", "同意 CR-20261128-002"),
        ),
        (
            "同意 CR-20261128-001，驳回 CR-20261128-002 因为 太晚",
            ("同意 CR-20261128-001", "驳回 CR-20261128-002 因为 太晚"),
        ),
        ("待办\n早会", ("待办", "早会")),
    ],
)
def test_each_of_two_commands_is_offered_by_itself(text: str, offers: tuple[str, ...]) -> None:
    refused = refusal(text)
    assert (refused.code, refused.offers) == ("two-commands", offers)
    for offer in offers:
        asked(offer)


def test_a_long_list_of_commands_is_counted_and_cut() -> None:
    reason = "客户要求提前交货而且非常非常着急请大家多多帮忙配合一下"
    refused = refusal("\n".join(f"改期 SO-{n} +2天 因为 {reason}" for n in range(1000, 1030)))
    assert refused.facts["count"] == "30"
    assert refused.facts["commands"].count("「") == 5
    assert "…" in refused.facts["commands"]


@pytest.mark.parametrize(
    "reason",
    ["客户要求\n取消展会", "客户要求。取消2个展位", "取消 SO-1043 了", "取消 SO-1043",
      "客户改期 SO-1043 推迟2天", "影响 SO-1043 推迟2天",
     "改期 SO-1043 到 12-08 更好", "计划变了；影响很大", "why not\nplan changed",
     "请帮助"],
)
def test_a_command_word_in_the_reason_is_no_second_command(reason: str) -> None:
    assert asked(f"改期 SO-1042 +2天 因为 {reason}") == Move("SO-1042", shift=2, reason=reason.replace("\n", " "))


def test_a_message_of_two_thousand_lines_is_refused_with_one_sentence() -> None:
    refused = refusal("改期 SO-1042 +2天 因为 展会\n" * 2000)
    assert refused.code == "too-long"
    assert refused.facts["limit"] == str(MAX_TEXT)


def test_a_command_has_its_own_limit_and_a_reason_may_be_longer() -> None:
    assert refusal("改期 " + "长" * 400 + " +2天 因为 展会").code == "command-too-long"
    assert refusal("改期 " + "ﷺ" * 200 + " +2天 因为 展会").code == "command-too-long"
    assert asked("改期 SO-1042 +2天 因为 " + "急" * 1500) == Move("SO-1042", shift=2, reason="急" * 1500)


@pytest.mark.parametrize("text", ["\u200b\u200d", "@通盘", "@通盘 \n ", "🙂", "。。。", "\x00\x01\x02", " " * 1999])
def test_a_message_without_words_asks_for_help(text: str) -> None:
    assert type(asked(text)).__name__ == "Help"


ODD = [c for c in map(chr, range(128, sys.maxunicode)) if c.isalpha() and re.match("[a-z]", c, re.IGNORECASE)]
"""Letters that a pattern without case takes for one of ours, and a table does not: ı, İ, ſ, the Kelvin sign."""
IN_LETTERS = sorted(
    {name for name in COMMANDS.vocabulary.by_name if name.isascii()}
    | {"move SO-1042 to this fri", "plan SO-1042 this week", "digest next week", "qty SO-1042 3kg",
       "why this last 3 days",
       "delegate Li this fri~next sun", "conflicts this mine", "rules disable risk", "baseline x weekly"}
)  # fmt: skip


def test_there_are_such_letters() -> None:
    assert {"ı", "İ", "ſ", "\u212a"} <= set(ODD)


@pytest.mark.parametrize("text", IN_LETTERS)
def test_letters_of_another_alphabet_end_in_an_answer(text: str) -> None:
    for at, odd in ((at, odd) for at in range(len(text)) for odd in ODD):
        try:
            answer: object = parse(f"{text[:at]}{odd}{text[at + 1 :]} because x", TODAY, COMMANDS.vocabulary)
        except Refused as refused:
            answer = refused.refusal.code
        assert isinstance(answer, Command | str)
