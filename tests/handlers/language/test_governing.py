"""冻结 and 规则 试算: which days are meant, and refusals that keep what was typed."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from handlers.inbound.commands import COMMANDS
from handlers.language import Freeze, Move, TryRules
from handlers.language.commands.reporting import ReportArrival, ReportFinish, ReportHold, ReportStop, ReportWork
from handlers.language.commands.trying import ComesAbout, TryEvent
from planning.control.rules import Event
from tests.handlers.language import asked, refusal

FIRST, LAST = date(2026, 12, 10), date(2026, 12, 12)


@pytest.mark.parametrize(
    "days",
    [
        "12-10~12-12", "12-10 ~ 12-12", "12-10到12-12", "从12-10到12-12", "从 12-10 到 12-12", "12月10日-12日",
        "12月10日-12月12日", "12月10日到12日", "12-10至12日", "12-10 to 12-12", "from 12-10 to 12-12", "12-10--12-12",
        "Dec 10 to Dec 12", "2026-12-10~2026-12-12", "12-10 - 12-12",
    ],
)  # fmt: skip
def test_the_days_of_a_freeze(days: str) -> None:
    assert asked(f"冻结 生产部 {days}") == Freeze("生产部", FIRST, LAST)
    assert asked(f"冻结 生产部 {days} 因为 盘点") == Freeze("生产部", FIRST, LAST, "盘点")


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("冻结 生产部 12-10", Freeze("生产部", FIRST, FIRST)),
        ("冻结 12-10~12-12 生产部", Freeze("生产部", FIRST, LAST)),
        ("冻结 全部 明天", Freeze("全部", date(2026, 11, 27), date(2026, 11, 27))),
        ("冻结 生产部 12-10~12-12 采购", Freeze("生产部", FIRST, LAST, "", "采购")),
        ("冻结生产部12-10~12-12", Freeze("生产部", FIRST, LAST)),
        ("冻结 生产部 12-28~1-3", Freeze("生产部", date(2026, 12, 28), date(2027, 1, 3))),
        ("冻结 生产部 下周一-下周五", Freeze("生产部", date(2026, 11, 30), date(2026, 12, 4))),
        ("冻结 12-10~12-12 采购", Freeze("采购", FIRST, LAST)),
        ("冻结 12-10~12-12 类型 采购", Freeze("", FIRST, LAST, "", "采购")),
        ("冻结 12-10~12-12 类型：采购 因为 盘点", Freeze("", FIRST, LAST, "盘点", "采购")),
        ("冻结 生产部 12-10~12-12 类型 采购", Freeze("生产部", FIRST, LAST, "", "采购")),
        ("freeze 12-10~12-12 type purchase", Freeze("", FIRST, LAST, "", "purchase")),
        ("freeze all 12-10~12-12 type purchase", Freeze("all", FIRST, LAST, "", "purchase")),
        ("冻结 类型 采购 12-10~12-12", Freeze("类型 采购", FIRST, LAST)),
        ("冻结 8-32 2026-12-10~2026-12-12", Freeze("8-32", FIRST, LAST)),
        ("冻结 生产部 从 2026-12-10~2026-12-12", Freeze("生产部", FIRST, LAST)),
        ("冻结 确认组 12-10~12-12", Freeze("确认组", FIRST, LAST)),
    ],
)
def test_other_forms(text: str, command: Freeze) -> None:
    assert asked(text) == command


@pytest.mark.parametrize(
    ("command", "text"),
    [
        (Freeze("", FIRST, LAST, "", "采购"), "冻结 2026-12-10~2026-12-12 类型 采购"),
        (Freeze("采购", FIRST, LAST), "冻结 采购 2026-12-10~2026-12-12"),
        (Freeze("生产部", FIRST, LAST, "盘点", "采购"), "冻结 生产部 2026-12-10~2026-12-12 类型 采购 因为 盘点"),
        (Freeze("", FIRST, LAST), "冻结 2026-12-10~2026-12-12"),
    ],
)
def test_what_is_frozen_and_of_which_type_are_spelt_apart(command: Freeze, text: str) -> None:
    assert COMMANDS.vocabulary.spell(command) == text
    assert asked(text) == command


@pytest.mark.parametrize(
    ("text", "code", "example"),
    [
        ("冻结 确认 12-10~12-12", "window-missing", "冻结 确认 F-001"),
        ("冻结 生产部 2026-12-10~2026-12-12 2026-12-20~2026-12-21", "freeze-dates", "冻结 生产部 下周一~下周五"),
        ("冻结 生产部", "freeze-dates", "冻结 生产部 下周一~下周五"),
        ("冻结 生产部 那几天", "freeze-dates", "冻结 生产部 下周一~下周五"),
        ("冻结 3天", "freeze-dates", "冻结 <部门> 下周一~下周五"),
        ("freeze production", "freeze-dates", "freeze production next mon~next fri"),
        ("冻结 生产部 12-12~12-10", "freeze-order", "冻结 生产部 2026-12-10~2026-12-12"),
        ("冻结 生产部 12-10~11-20", "freeze-order", "冻结 生产部 2026-11-20~2026-12-10"),
    ],
)
def test_a_refusal_keeps_what_was_to_be_frozen(text: str, code: str, example: str) -> None:
    refused = refusal(text)
    assert (refused.code, refused.facts["example"]) == (code, example)


def test_what_is_tried_is_read_as_for_its_effect() -> None:
    assert asked("规则 试算 改期 MO-1 推迟3天") == TryRules(Move("MO-1", shift=3))


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("停机 MO-1", ReportStop("MO-1")),
        ("停机MO-1 预计 11-27 因为 刀具坏了", ReportStop("MO-1", date(2026, 11, 27), "刀具坏了")),
        ("隔离 PO-1", ReportHold("PO-1")),
        ("报工 MO-1 10 报废3", ReportWork("MO-1", Decimal(10), Decimal(3))),
        ("到货 PO-1 全部", ReportArrival("PO-1")),
        ("完成 MO-1", ReportFinish("MO-1")),
        ("到货延迟 PO-3442 5天", ComesAbout(Event.MATERIAL_DELAY, "PO-3442", 5)),
        ("到货晚了PO-3442 推迟5个工作日", ComesAbout(Event.MATERIAL_DELAY, "PO-3442", 5)),
        ("到货延迟 PO-3442 到 12-09", ComesAbout(Event.MATERIAL_DELAY, "PO-3442", until=date(2026, 12, 9))),
        ("逾期 MO-1", ComesAbout(Event.OVERDUE, "MO-1")),
        ("缺料 MO-1 预计 12-09", ComesAbout(Event.SHORTAGE, "MO-1", until=date(2026, 12, 9))),
    ],
)
def test_an_event_is_read_as_whoever_reports_it_says_it(text: str, event: Any) -> None:
    assert asked(f"规则 试算 {text}") == TryEvent(event)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("MO-1 延期3天", Move("MO-1", shift=3)), ("MO-1 完成日期改到 12-09", Move("MO-1", to=date(2026, 12, 9)))],
)
def test_a_change_is_tried_as_before(text: str, wanted: Move) -> None:
    assert asked(f"规则 试算 {text}") == TryRules(wanted)


@pytest.mark.parametrize(
    ("text", "example"),
    [
        ("规则 试算 停机", "规则 试算 停机 MO-2451"),
        ("规则 试算 报工 MO-1", "规则 试算 报工 MO-1 300"),
        ("规则 试算 到货延迟", "规则 试算 到货延迟 PO-3301 5天"),
        ("rules try overdue", "rules try overdue PO-3301 5d"),
        ("规则 试算", "规则 试算 改期 SO-1042 推迟3天"),
        ("规则 试算 改期", "规则 试算 <单号> 提前2天"),
        ("规则 试算 改期 MO-1 推迟2天 推迟3天", "规则 试算 MO-1 推迟3天"),
        ("规则 试算 随便", "规则 试算 改期 SO-1042 推迟3天"),
        ("rules try", "rules try move SO-1042 +3d"),
    ],
)
def test_what_cannot_be_tried_is_said_of_trying(text: str, example: str) -> None:
    refused = refusal(text)
    assert refused.facts["example"] == example
    assert "影响" not in "".join(refused.facts.values())
