"""代理 and 催办: who acts for whom, and pushing those a change waits for."""

from datetime import date

import pytest

from handlers.language import AnswerDelegation, Delegate, Remind, ShowLeaves
from tests.handlers.language import asked, refusal

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 5)
CR = "CR-20261128-001"


@pytest.mark.parametrize(
    "text",
    [
        "代理 李娜 12-01~12-05",
        "代理李娜12-01～12-05",
        "代理 李娜 12-01 到 12-05",
        "代理 李娜 12月1日至12月5日",
        "代理：李娜，12月1日~12月5日",
        "代理 12-01~12-05 由 李娜 代",
        "代理 给 李娜 2026-12-01~2026-12-05",
        "dl 李娜 下周二 至 下周六",
        "请假 12-01~12-05 李娜代",
        "请假 从12-01到12-05 由李娜代理",
        "delegate 李娜 Dec 1 to Dec 5",
        "delegate 李娜 from 12-01 to 12-05",
        "代理 李娜 12-01~12-05 因为 出差",
        "我请假 12-01~12-05 由 李娜 代",
        "我请假 12-01~12-05 由李娜代",
        "我要请假 12月1日-5日 李娜代",
        "代理 李娜 从 12-01 到 12-05",
        "代理 李娜 12月1日-12月5日",
    ],
)
def test_somebody_acts_for_the_speaker(text: str) -> None:
    assert asked(text) == Delegate("李娜", FIRST, LAST)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("代理", ShowLeaves()),
        ("代理 查看", ShowLeaves()),
        ("delegate list", ShowLeaves()),
        ("代理 取消", Delegate(cancel=True)),
        ("代理取消", Delegate(cancel=True)),
        ("请假 结束", Delegate(cancel=True)),
        ("delegate cancel", Delegate(cancel=True)),
        ("代理 li.na 明天", Delegate("li.na", date(2026, 11, 27), date(2026, 11, 27))),
        ("代理 12-01~12-05", Delegate("", FIRST, LAST)),
        ("代理 不存在 12-01~12-05", Delegate("不存在", FIRST, LAST)),
        ("代理 取消 李娜", Delegate("李娜", cancel=True)),
        ("代理 12-01~12-05 取消 李娜", Delegate("李娜", cancel=True)),
        ("代理 Tom 12-01~12-05", Delegate("Tom", FIRST, LAST)),
        ("delegate to Toby 12-01~12-05", Delegate("Toby", FIRST, LAST)),
        ("delegate from 12-01 to 12-05 by Byron", Delegate("Byron", FIRST, LAST)),
        ("代理 自强 12-01~12-05", Delegate("自强", FIRST, LAST)),
        ("代理 取消李娜的代理", Delegate("李娜", cancel=True)),
        ("代理 取消 李娜 12-01~12-05", Delegate("李娜", cancel=True)),
        ("delegate cancel 李娜", Delegate("李娜", cancel=True)),
        ("代理 李娜 下周一-下周五", Delegate("李娜", date(2026, 11, 30), date(2026, 12, 4))),
        ("delegate 李娜 next mon-next fri", Delegate("李娜", date(2026, 11, 30), date(2026, 12, 4))),
        ("代理 李娜 12-28~1-3", Delegate("李娜", date(2026, 12, 28), date(2027, 1, 3))),
        ("代理 接受", AnswerDelegation(True)),
        ("代理 接受 李娜", AnswerDelegation(True, "李娜")),
        ("代理 接受李娜的代理", AnswerDelegation(True, "李娜")),
        ("代理 同意", AnswerDelegation(True)),
        ("delegate accept 李娜", AnswerDelegation(True, "李娜")),
        ("代理 不接受", AnswerDelegation(False)),
        ("代理 不接受 李娜 12-01~12-05", AnswerDelegation(False, "李娜")),
        ("代理 不再代理 李娜", AnswerDelegation(False, "李娜")),
        ("delegate decline", AnswerDelegation(False)),
        (f"催办 {CR}", Remind(CR)),
        (f"cb {CR}", Remind(CR)),
        (f"催一下 {CR}？", Remind(CR)),
        ("remind cr20261128001", Remind(CR)),
        ("催办", Remind("本单")),
        ("催办 这张单", Remind("本单")),
    ],
)
def test_other_forms(text: str, command: AnswerDelegation | Delegate | ShowLeaves | Remind) -> None:
    assert asked(text) == command


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("代理 李娜", "leave-missing"),
        ("代理商订单 推迟2天", "leave-missing"),
        ("代理 李娜 12-05~12-01", "leave-backwards"),
        ("代理 李娜 11-30~11-20", "leave-backwards"),  # not: which year?
        ("代理 李娜 12-01~2月30日", "no-such-date"),
        ("代理 李娜 11-24~12-05", "date-ambiguous"),
        ("催办 钢板", "change-missing"),
        (f"催办 {CR} 快点", "leftover"),
    ],
)
def test_what_is_not_understood_is_refused(text: str, code: str) -> None:
    assert refusal(text).code == code


def test_the_right_form_is_shown() -> None:
    assert refusal("代理 李娜").facts["example"] == "代理 李娜 下周一~下周五"
    assert refusal("代理 赵敏").facts["example"] == "代理 赵敏 下周一~下周五"
    assert refusal("delegate 赵敏").facts["example"] == "delegate 赵敏 next mon~next fri"
