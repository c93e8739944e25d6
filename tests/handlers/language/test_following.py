"""撤销 and 延长: what is understood, and what is not."""

import pytest

from handlers.language import THIS, Extend, Undo
from tests.handlers.language import asked, refusal

NO = "CR-20261128-001"


@pytest.mark.parametrize(
    ("text", "command"),
    [
        (f"撤销 {NO}", Undo(NO)),
        (f"撤销{NO}", Undo(NO)),
        (f"cx {NO}", Undo(NO)),
        (f"undo {NO} because the part came", Undo(NO, "the part came")),
        (f"撤销 {NO} 因为 备件到了", Undo(NO, "备件到了")),
        (f"撤销 {NO}，备件到了", Undo(NO, "备件到了")),
        ("撤销本单", Undo(THIS)),
        ("撤销", Undo(THIS)),
        (f"延长 {NO}", Extend(NO, 1)),
        (f"延长 {NO} 2天", Extend(NO, 2)),
        (f"延长 {NO} 两个工作日", Extend(NO, 2)),
        (f"延长 {NO} +1天", Extend(NO, 1)),
        (f"延长 {NO} ２天", Extend(NO, 2)),
        (f"yc {NO} 2", Extend(NO, 2)),
        (f"extend {NO} 2d", Extend(NO, 2)),
        ("延长本单 1天", Extend(THIS, 1)),
    ],
)
def test_they_are_understood(text: str, command: object) -> None:
    assert asked(text) == command


@pytest.mark.parametrize(
    ("text", "code", "example"),
    [
        ("撤销 SO-1042", "change-missing", "撤销 <变更单号>"),
        (f"撤销 {NO} 吗？", "decision-unclear", f"撤销 {NO}"),
        ("延长 MO-2001 两天", "change-missing", "延长 <变更单号>"),
        (f"延长 {NO} 到下周", "leftover", f"延长 {NO}"),
        (f"延长 {NO} 0天", "leftover", f"延长 {NO}"),
        (f"延长 {NO} 两周", "leftover", f"延长 {NO}"),
    ],
)
def test_they_are_refused_with_the_right_form(text: str, code: str, example: str) -> None:
    refused = refusal(text)
    assert (refused.code, refused.facts["example"]) == (code, example)


def test_what_else_begins_with_the_same_sign_is_still_itself() -> None:
    assert type(asked("撤回 CR-20261128-001")).__name__ == "Withdraw"
    assert type(asked("改工期 MO-2001 延长两天 因为 停机")).__name__ == "SetDuration"
    assert type(asked("改期 MO-2001 推迟2天 因为 延长质检")).__name__ == "Move"
