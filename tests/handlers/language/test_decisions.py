"""驳回 … 建议 …, 要求修改 and 修改: what is said, what is proposed instead, and what is only prose."""

import pytest

from handlers.inbound.commands import COMMANDS
from handlers.language import (
    THIS,
    Cancel,
    ChangeQuantity,
    Modify,
    Move,
    Reject,
    Revise,
    SetDuration,
    Write,
    speaks_of_suggesting,
    split_suggestion,
)
from planning.plan.link import LagKind
from tests.handlers.language import TODAY, asked, refusal

NO = "CR-20261128-001"


@pytest.mark.parametrize(
    ("text", "reason", "suggestion"),
    [
        (f"驳回 {NO} 因为 产能不足 建议 改期 SO-1042 到 12-08", "产能不足", "改期 SO-1042 到 12-08"),
        (f"驳回 {NO} 因为 产能不足，建议：改期 SO-1042 到 12-08", "产能不足", "改期 SO-1042 到 12-08"),
        (f"驳回 {NO} 产能不足 建议 改期 SO-1042 到 12-08", "产能不足", "改期 SO-1042 到 12-08"),
        (f"驳回 {NO} 建议 改期 SO-1042 到 12-08 因为 产能不足", "产能不足", "改期 SO-1042 到 12-08 因为 产能不足"),
        (f"驳回 {NO} 太急 建议 改期 SO-1042 到 12-08 因为 备件", "太急", "改期 SO-1042 到 12-08 因为 备件"),
        (f"驳回 {NO} 因为 太急 建议改数量 本单 300", "太急", "改数量 本单 300"),
        (f"驳回 {NO} 因为 太急 建议 SO-1042 推迟3天", "太急", "SO-1042 推迟3天"),
        (f"驳回 {NO} 因为 太急\n建议 改期 SO-1042 推迟3天", "太急", "改期 SO-1042 推迟3天"),
        (f"驳回 {NO} 因为 太急 建议 改期 钢板 到 下周三", "太急", "改期 钢板 到 下周三"),
        (f"reject {NO} because no capacity suggest move SO-1042 to 12-08", "no capacity", "move SO-1042 to 12-08"),
        (f"bh {NO} 因为 太急 suggestion: gq SO-1042 +2天", "太急", "gq SO-1042 +2天"),
        (f"驳回 {NO} 因为 客户建议取消", "客户建议取消", ""),
        (f"驳回 {NO} 因为 太急，建议取消", "太急，建议取消", ""),
        (f"驳回 {NO} 因为 太急，建议下周再说", "太急，建议下周再说", ""),
        (f"驳回 {NO} 因为 建议", "建议", ""),
        (f"reject {NO} because they suggested 3 more", "they suggested 3 more", ""),
    ],
)  # fmt: skip
def test_a_rejection_may_end_in_a_command(text: str, reason: str, suggestion: str) -> None:
    assert asked(text) == Reject(NO, reason, suggestion)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        (f"要求修改 {NO} 因为 请改到 12-08", "请改到 12-08"),
        (f"要求修改 {NO} 请改到 12-08", "请改到 12-08"),
        (f"退回修改 {NO} 能不能改到 12-08？", "能不能改到 12-08？"),
        (f"要求修改 {NO} 改期 SO-1042 到 12-08", "改期 SO-1042 到 12-08"),
        (f"modify {NO} because 12-08 would do", "12-08 would do"),
        (f"yqxg {NO} 因为 太早", "太早"),
    ],
)
def test_what_somebody_wants_instead_is_kept_in_their_words(text: str, wish: str) -> None:
    assert asked(text) == Modify(NO, wish)


LATER = Move("SO-1042", shift=3, unit=LagKind.WORKING)


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        (f"修改 {NO} 改期 SO-1042 推迟3天", LATER),
        (f"修改 {NO}：改期 SO-1042 推迟3天", LATER),
        (f"xg {NO} gq SO-1042 +3天", LATER),
        (f"revise {NO} move SO-1042 +3d", LATER),
        (f"修改 {NO} SO-1042 推迟3天", LATER),
        (f"修改 {NO} 推迟3天", Move(THIS, shift=3)),
        (f"修改 {NO} 改期 推迟3天", Move(THIS, shift=3)),
        (f"修改 {NO} 改期 本单 推迟3天 因为 备件", Move(THIS, shift=3, reason="备件")),
        (f"修改 {NO} 改数量 SO-1042 300 因为 客户减单", ChangeQuantity("SO-1042", 300, reason="客户减单")),  # type: ignore[arg-type]
        (f"修改 {NO} 改工期 MO-2001 8天", SetDuration("MO-2001", 8)),
        (f"修改 {NO} 取消 SO-1042", Cancel("SO-1042")),
    ],
)  # fmt: skip
def test_a_request_is_revised_by_another_command(text: str, inner: Write) -> None:
    assert asked(text) == Revise(NO, inner)


@pytest.mark.parametrize("text", [f"修改 {NO}", f"修改 {NO} 晚一点吧", f"修改 {NO} 改期 SO-1042", f"修改 {NO} 早会"])
def test_what_is_not_understood_is_shown_with_a_form_that_works(text: str) -> None:
    refused = refusal(text)
    assert refused.code == "revise-missing"
    assert asked(refused.facts["example"]) == Revise(NO, Move(THIS, shift=2))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"要求修改 {NO}", "reason-missing"),
        (f"要求修改 {NO} 吗？", "decision-unclear"),
        ("修改 SO-1042 到 12-08", "change-missing"),
        (f"修改 {NO} 改期 SO-1042 到 2-30", "no-such-date"),
        (f"驳回 {NO} 建议 改期 SO-1042 到 12-08", "reason-missing"),
        ("改期 SO-1043 +1天，改期 SO-1042 +3天", "two-commands"),
    ],
)
def test_what_is_refused(text: str, code: str) -> None:
    assert refusal(text).code == code


def test_a_reason_alone_suggests_nothing() -> None:
    assert split_suggestion("产能不足", TODAY, COMMANDS.vocabulary) == ("产能不足", "")
    assert split_suggestion("", TODAY, COMMANDS.vocabulary) == ("", "")


@pytest.mark.parametrize("bare", ["推迟3天", "提前两天", "12-08", "到 12-08", "改到12月8日", "开始 到 12-08", "2-30"])
def test_a_bare_date_or_shift_is_a_suggestion(bare: str) -> None:
    assert asked(f"驳回 {NO} 因为 太晚 建议 {bare}") == Reject(NO, "太晚", bare)


@pytest.mark.parametrize("prose", ["再议", "12-08 以后再说", "客户改期", "晚一点"])
def test_other_words_after_it_are_prose(prose: str) -> None:
    assert asked(f"驳回 {NO} 因为 太晚，建议{prose}") == Reject(NO, f"太晚，建议{prose}")
    assert speaks_of_suggesting(f"太晚，建议{prose}")
