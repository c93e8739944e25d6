"""Bad input about what is going wrong, each answered in its sentence, and nothing put off that should not be."""

import pytest

from cards.action import Verb
from storage.database import Database
from tests.handlers.lifecycle.test_scan import item, late_board
from tests.handlers.notify.test_exception_cards import PLANNING, SALES, Told
from tests.handlers.notify.test_exception_news import plan_of


@pytest.fixture
def told(database: Database) -> Told:
    """Wednesday morning: EX-1 is nobody's, EX-2 is overdue and he's."""
    nobodys = item("NB-1", "样机拍摄", "task", "", "12-09", "12-09")
    told = Told(database, plan_of(nobodys, item("TK-1", "报价", "task", "sales", "11-30", "12-01", owner="he")))
    told.live("12-02 09:00")
    assert sorted(told.open()) == ["orphan NB-1", "overdue TK-1"]
    return told


def number(told: Told, code: str) -> int:
    return next(row.number for row in told.office.database.look(lambda uow: uow.exceptions.open_ones())
                if row.key.code == code)  # fmt: skip


REFUSED = {
    "no number": ("he", "静音 报价 因为 不急", "没看懂哪一件、几天。请发：静音 EX-12 2天 因为 不急"),
    "a number there is not": ("he", "静音 EX-99 因为 不急", "没有 EX-99。发“异常 全部”看现在有哪些。"),
    "no reason": ("he", "静音 EX-{overdue} 1天", "还缺原因。"),
    "too long": ("he", "静音 EX-{overdue} 3天 因为 不急", "EX-{overdue} 最多推迟 1 个工作日，写的是 3 个。"),
    "too long of a coordinator": ("lin", "静音 EX-{overdue} 11天 因为 不急", "最多静音 10 个工作日，写的是 11 个。"),
    "no days at all": ("lin", "静音 EX-{overdue} 0天 因为 不急", "最多静音 10 个工作日，写的是 0 个。"),
    "somebody else's": (
        "li", "静音 EX-{overdue} 因为 不急", "EX-{overdue} 由 何佳、苏经理、林静 处理，要推迟提醒请找他们。"
    ),
    "a word that is no code": (
        "lin", "异常 很急",
        "没有叫“很急”的异常、部门或单号。异常有：该开未开、逾期未完、预测破承诺、余量将尽、缺料、前序卡住、无报工、报废偏高、"
        "未收到、数据过旧、关系不成立、无来源采购、无负责人、规则提醒",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("who", "text", "answer"), REFUSED.values(), ids=REFUSED)
def test_nothing_is_put_off(told: Told, who: str, text: str, answer: str) -> None:
    overdue = number(told, "overdue")
    assert told.office.say(who, text.format(overdue=overdue)).splitlines()[0] == answer.format(overdue=overdue)
    rows = told.office.database.look(lambda uow: uow.exceptions.open_ones())
    assert [row.number for row in rows if row.snoozed_until or row.muted_until] == []


def test_what_nobody_owns_says_so_on_its_card(told: Told) -> None:
    (row,) = told.cards(PLANNING)
    assert told.look(row).title == "无负责人 · NB-1 样机拍摄"


def test_who_is_no_coordinator_mutes_nothing(told: Told) -> None:
    (row,) = told.cards(SALES)
    assert "静音要由计划协调员来做。自己的异常可以点“稍后”。" in told.press("he", row, Verb.MUTE, "吵").card.body


def test_what_no_change_would_end_is_told(told: Told) -> None:
    (row,) = told.cards(PLANNING)
    assert f"EX-{row.subject.id} 改计划解决不了：" in told.press("lin", row, Verb.CURE).card.body


def test_what_is_over_is_neither_put_off_nor_taken(told: Told) -> None:
    (row,) = told.cards(SALES)
    told.office.say("he", "完成 TK-1")
    for verb in (Verb.TAKE, Verb.SNOOZE, Verb.CURE):
        assert f"EX-{row.subject.id} 已经消除了，不用再处理。" in told.press("he", row, verb, "不急").card.body


def test_what_is_critical_cannot_be_put_off(database: Database) -> None:
    told = Told(database, late_board())
    told.live("12-09 09:00")
    critical = told.row("forecast-late", "DL-6451")
    assert told.office.say("wang", f"静音 EX-{critical.number} 因为 不急") == (
        f"EX-{critical.number} 已经紧急，不能推迟提醒。可以点“已在处理”，或者提出变更。"
    )
