"""规则 试算 of an event on both databases: what it says is what the rules then do."""

import pytest

from planning.control.condition import Condition
from planning.control.rules import HAPPENS, OF_EVENTS, Act, Event, Rule
from storage.database import Database
from tests.handlers.lifecycle.test_rule_events import HAPPENING, company, drafts_of
from tests.handlers.notify.test_exception_cards import PLANNING, PRODUCTION, Told

SAID = {
    Event.FACT: "报工 MO-1 10",
    Event.MATERIAL_ARRIVAL: "到货 PO-1 50",
    Event.MATERIAL_DELAY: "到货延迟 PO-1 2天",
    Event.MACHINE_DOWN: "停机 MO-1 预计 12-09",
    Event.QUALITY_HOLD: "隔离 PO-1 预计 12-09",
    Event.OVERDUE: "逾期 CK-1",
    Event.SHORTAGE: "缺料 MO-2",
}


def tried(told: Told, words: str, by: str = "admin") -> list[str]:
    """The answer after its headline."""
    before = told.office.database.look(lambda uow: (uow.reports.last(), uow.exceptions.since(), uow.changes.counts()))
    headline, *lines = told.office.say(by, f"规则 试算 {words}").splitlines()
    assert headline.startswith("**规则试算**："), headline
    assert headline.endswith("（只是试算，没有改动）"), headline
    after = told.office.database.look(lambda uow: (uow.reports.last(), uow.exceptions.since(), uow.changes.counts()))
    assert before == after
    return lines


def acts(lines: list[str]) -> list[str]:
    return [line.removeprefix("- ") for line in lines if line.startswith("- ▶ ")]


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("event", HAPPENS)
def test_it_says_what_the_rule_then_does(database: Database, event: Event, act: Act) -> None:
    code, words = HAPPENING[event]
    told = company(database, Rule("mine", event, None, act=act, inform=("planning",) if act is Act.INFORM else ()))
    told.live("12-02 09:00" if words else "11-30 09:00")  # what time brings has not come about yet
    (line,) = acts(tried(told, SAID[event]))
    assert line.startswith("▶ mine → "), line
    for one in words:
        told.office.say("lin", one)
    said = told.live("12-02 20:00")
    assert told.row("rule", code).key.second == "mine"
    drafts = [one for one in told.office.database.look(drafts_of(code)) if "规则 mine" in one.reason]
    places = [where for where, text in said if text.startswith("⚪") and "规则 mine" in text]
    assert ("给" in line) is bool(drafts), (line, said)
    assert ("知会计划部" in line) is (PLANNING in places)
    assert ("知会生产部" in line) is (PRODUCTION in places)
    assert ("开异常" in line) is (act is Act.EXCEPTION)


def test_each_rule_says_whom_it_tells_and_what_it_asks_for(database: Database) -> None:
    told = company(
        database,
        Rule("asks", Event.MACHINE_DOWN, None, act=Act.ASK),
        Rule("tells", Event.MACHINE_DOWN, None, act=Act.INFORM, inform=("planning", "purchasing")),
        Rule("opens", Event.FACT, None, act=Act.EXCEPTION),
        Rule("off", Event.FACT, None, act=Act.EXCEPTION, enabled=False),
        Rule("arrival", Event.MATERIAL_ARRIVAL, Condition.of("days > 3", OF_EVENTS), act=Act.INFORM),
    )
    told.live("12-02 09:00")
    assert told.office.say("admin", "规则 试算 停机 MO-1 预计 12-09 因为 刀具坏了").splitlines() == [
        "**规则试算**：MO-1 主板 · 今日 停机，预计 12-09 恢复（只是试算，没有改动）",
        "事件：有新报工、设备停机 · 比计划晚 1 个工作日",
        "- ▶ asks → 给韩冬一份草稿：改期 MO-1 到 2026-12-09",
        "- ▶ tells → 知会计划部、采购部",
        "- ▶ opens → 开异常，找王五",
        "",
        "**为什么**（自己会动的规则；都符合的就动）",
        "- ▶asks：✓ 设备停机",
        "- ▶tells：✓ 设备停机",
        "- ▶opens：✓ 有新报工",
        "- off：✓ 有新报工；✗ 已停用",
        "- arrival：✗ 物料到了；✗ 推后超过 3 天（移动 1 天）",
    ]


def test_beside_the_draft_of_a_report_no_rule_asks_for_another(database: Database) -> None:
    told = company(database, Rule("late", Event.MATERIAL_DELAY, None, act=Act.ASK))
    told.live("12-01 09:00")
    assert acts(tried(told, "到货延迟 PO-2 5天")) == ["▶ late → 这样报本来就会带出改期草稿，不再另提 · 知会采购部"]


def test_what_is_behind_is_told_too(database: Database) -> None:
    told = company(database, Rule("short", Event.SHORTAGE, None, act=Act.EXCEPTION))
    told.office.say("lin", "改期 MO-2 推迟5天 因为 等料")
    told.live("12-01 09:00")
    told.office.say("lin", "改期 MO-2 推迟4天 因为 等料")
    told.office.say("lin", "提交")
    told.office.say("wang", "同意")
    told.live("12-07 09:00")
    assert acts(tried(told, "到货延迟 PO-2 5天")) == ["▶ short（MO-2 外壳：缺料） → 开异常，找王五"]


@pytest.mark.parametrize(
    ("when", "words", "fires"),
    [("scrap_rate > 0.1", "报工 MO-1 10 报废3", True), ("scrap_rate > 0.5", "报工 MO-1 10 报废3", False),
     ("kind == 'finish'", "完成 MO-1", True), ("kind == 'finish'", "报工 MO-1 10", False),
     ("days > 3", "报工 MO-1 预计 12-15", True), ("days > 3", "报工 MO-1 预计 12-09", False)],
)  # fmt: skip
def test_conditions_speak_of_what_is_imagined(database: Database, when: str, words: str, fires: bool) -> None:
    told = company(database, Rule("mine", Event.FACT, Condition.of(when, OF_EVENTS), act=Act.EXCEPTION))
    told.live("12-01 09:00")
    assert bool(acts(tried(told, words))) is fires


@pytest.mark.parametrize(
    ("words", "why"),
    [("到货 MO-1 50", "⛔ MO-1 主板 不是采购，请报工：报工 MO-1 ＜数量＞"),
     ("到货延迟 MO-1 5天", "⛔ MO-1 主板 不是采购，请报工：报工 MO-1 ＜数量＞"),
     ("开工 PO-1", "⛔ PO-1 钢板 是买来的，请报到货：到货 PO-1 ＜数量＞")],
)
def test_what_cannot_happen_says_why_and_nothing_else(database: Database, words: str, why: str) -> None:
    told = company(database, Rule("mine", Event.FACT, None, act=Act.EXCEPTION))
    told.live("12-01 09:00")
    assert tried(told, words) == [why]


def test_without_such_rules_it_says_so(database: Database) -> None:
    told = company(database, Rule("classes", Event.MACHINE_DOWN, None))
    told.live("12-01 09:00")
    assert tried(told, "停机 MO-1")[1:] == ["没有设置自己会动的规则（config.yaml 里规则的 act）。"]


def test_what_holds_a_command_offers_it_with_the_item_that_may_be_meant(database: Database) -> None:
    told = company(database)
    for words in ("规则 试算 停机 {}", "规则 试算 改期 {} 推迟1天", "停机 {}"):
        said = told.office.say("lin", words.format("MO-9")).splitlines()
        assert said[1:] == [f"[{words.format(code)}]" for code in ("MO-2", "MO-1")]
