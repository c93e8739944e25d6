"""Scans for exceptions at their times and after facts, on a plan whose board comes late."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from sqlalchemy import Engine, event

from handlers.govern.facts import outlook_of_all
from handlers.inbound.timers_due import LOOKED_AHEAD, ring, set_digests, set_scans
from handlers.kept_outlook import KeptOutlook
from handlers.kept_readiness import KeptReadiness
from handlers.lifecycle import scan
from handlers.lifecycle.scan import full_scan
from handlers.lifecycle.scan import look_ahead as look_ahead_of_scan
from handlers.reads.trail.proof import faults
from planning.exceptions.conditions import Found, find
from planning.exceptions.episode import Episode, State
from planning.exceptions.finding import Code, Finding, Key, Severity
from planning.exceptions.situation import Situation
from planning.facts.source import Source
from planning.plan.calendar import calendar_named
from planning.plan.item import Constraint, Item
from planning.plan.link import Link
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan
from planning.trail.audit import Kind
from storage.database import Database
from storage.timers import Timer
from storage.unit_of_work import UnitOfWork
from tests.handlers.office import MOMENT, Office
from tests.tampering import tampered

MONDAY = datetime(2026, 11, 29, 23, tzinfo=UTC)
"""07:00 in Shanghai, before the first scan."""


def item(code: str, title: str, kind: str, department: str, start: str, finish: str, **fields: Any) -> Item:
    first, last = (date.fromisoformat(f"2026-{day}") for day in (start, finish))
    days = calendar_named("weekdays").between(first, last) + 1
    return Item(code, title, first, last, days, kind, department, **fields)


def late_board() -> Plan:
    """MO-2451 makes the boards that DL-6451 delivers, which is promised for 12-14."""
    promised = {"constraint": Constraint.FINISH_NO_LATER_THAN, "constraint_date": date(2026, 12, 14)}
    items = (
        item("MO-2451", "主板贴片", "production", "production", "11-30", "12-11", quantity=Decimal(2000), owner="wang"),
        item("DL-6451", "云栖发货", "delivery", "sales", "12-14", "12-14", owner="he", **promised),
        item("CK-1", "盘点", "task", "warehouse", "12-01", "12-02", owner="li"),
    )
    links = (Link("MO-2451", "DL-6451"),)
    return Plan("main", "一厂", 0, {one.code: one for one in items}, links, "weekdays")


class Days:
    """The company as its clock goes on: what rings, what is said, what is open."""

    def __init__(self, database: Database, plan: Plan, **policy: Any) -> None:
        self.office = Office(database, now=MONDAY)
        exceptions = replace(self.office.environment.exceptions, **policy)
        self.office.environment = replace(self.office.environment, exceptions=exceptions)
        self.office.bring(plan)
        self.begin()

    def begin(self) -> None:
        """What a start of the process does."""

        def unit(uow: UnitOfWork) -> None:
            set_digests(self.office.turn(uow))
            set_scans(self.office.turn(uow))
            uow.commit()

        self.office.database.write_now(unit)

    def live(self, until: str) -> list[tuple[str, str]]:
        """Until a local time of a day, `12-03 08:00`; what was said, and where."""
        return self.live_to(datetime.fromisoformat(f"2026-{until.replace(' ', 'T')}:00+08:00").astimezone(UTC))

    def live_to(self, moment: datetime) -> list[tuple[str, str]]:
        told = []
        while due := self.office.database.look(lambda uow: uow.timers.due(moment)):
            self.office.now = max(self.office.now, due[0].due_at)
            self.ring(due[0])
            told += self.said()
        self.office.now = max(self.office.now, moment)
        return [*told, *self.said()]

    def ring(self, timer: Timer) -> None:
        def unit(uow: UnitOfWork) -> None:
            ring(self.office.turn(uow), timer)
            uow.commit()

        self.office.database.write_now(unit)

    def said(self) -> list[tuple[str, str]]:
        def unit(uow: UnitOfWork) -> list[tuple[str, str]]:
            told = []
            while messages := uow.outbox.claim(self.office.now + MOMENT, 99):
                for message in messages:
                    uow.outbox.sent(message, self.office.now)
                    told.append((message.conversation, message.body or f"card {message.card_id}"))
            uow.commit()
            return told

        return self.office.database.write_now(unit)

    def open(self) -> dict[str, Severity]:
        rows = self.office.database.look(lambda uow: uow.exceptions.open_ones())
        return {" ".join(filter(None, one.key)): one.severity for one in rows}

    def row(self, code: str, item: str) -> Episode:
        rows = self.office.database.look(lambda uow: uow.exceptions.newest(MONDAY))
        return next(one for one in rows if one.key[:2] == (code, item))


@pytest.fixture
def days(database: Database) -> Days:
    return Days(database, late_board())


def slow(days: Days) -> None:
    """Wednesday evening: 150 of the 200 boards a day are made, and the delivery will be late."""
    days.live("12-02 17:10")
    days.office.say("wang", "开工 MO-2451 11-30")
    days.office.say("wang", "报工 MO-2451 450")


def test_a_report_opens_what_is_high_at_once(days: Days) -> None:
    slow(days)
    assert days.open()["forecast-late DL-6451"] is Severity.HIGH
    row = days.row("forecast-late", "DL-6451")
    assert row.facts["promise"] == "2026-12-14"
    assert (row.facts["cause"], row.facts["affects"]) == ("MO-2451", "1")
    assert row.facts["keep"] == "2026-12-11"


def test_a_warning_waits_for_a_second_full_scan(days: Days) -> None:
    days.live("12-02 08:00")
    assert "late-start CK-1" not in days.open()
    days.live("12-02 14:00")
    assert days.open()["late-start CK-1"] is Severity.WARN
    days.live("12-03 08:00")
    assert days.open()["overdue CK-1"] is Severity.HIGH  # it takes the place of the late start
    assert "late-start CK-1" not in days.open()


def test_a_completion_ends_it_at_once(days: Days) -> None:
    days.live("12-03 08:00")
    days.office.say("li", "完成 CK-1")
    assert "overdue CK-1" not in days.open()
    assert days.row("overdue", "CK-1").state is State.CLOSED


def test_what_is_computed_ends_after_two_full_scans(days: Days) -> None:
    slow(days)
    days.office.say("wang", "更正 1450")
    assert "forecast-late DL-6451" in days.open()
    days.live("12-03 08:00")
    assert "forecast-late DL-6451" in days.open()
    days.live("12-03 14:00")
    assert "forecast-late DL-6451" not in days.open()


def test_no_scan_of_a_report_before_the_first_full_one(database: Database) -> None:
    days = Days(database, late_board())
    days.office.say("wang", "开工 MO-2451")
    assert days.office.database.look(lambda uow: uow.exceptions.since()) is None


def test_a_restart_neither_doubles_nor_loses_a_scan(days: Days) -> None:
    days.live("11-30 07:00")
    due = next(one for one in days.office.database.look(lambda uow: uow.timers.due(days.office.now.replace(year=2027)))
               if one.kind == "scan")  # fmt: skip
    days.begin()  # started again before it rang
    days.live("11-30 08:00")
    days.ring(due)  # a second process had seen it due as well
    days.begin()
    runs = [event for event in days.office.database.look(lambda uow: uow.audit.newest_first(200))
            if event.kind == Kind.TIMER_RANG and event.facts["timer"] == "scan"]  # fmt: skip
    assert len(runs) == 1


def test_nothing_is_scanned_on_a_day_off(days: Days) -> None:
    days.live("12-04 20:00")
    before = days.office.database.look(lambda uow: uow.timers.get("scan", "07:30"))
    assert before is not None
    assert before.due_at.date() == date(2026, 12, 6)  # Monday, 07:30 in Shanghai


def test_the_digest_says_it_and_no_risk_besides(days: Days) -> None:
    slow(days)
    told = dict(days.live("12-03 09:00"))
    sales = told["wecom:sales"]
    assert "**异常**\n- 🟠 预测破承诺 · DL-6451 云栖发货 · 承诺 12-14，预测 12-16（晚 2 个工作日） · EX-" in sales
    assert "风险" not in sales
    assert "异常试运行第 4/14 天" in told["dingtalk:cidPlanning=="]
    assert "异常试运行" not in sales


def test_in_the_first_days_no_card_goes_out(days: Days) -> None:
    slow(days)
    told = days.live("12-04 20:00")
    assert not [text for _, text in told if text.startswith("card ")]
    counted = days.office.database.look(lambda uow: uow.exceptions.cards_since(MONDAY))
    assert counted >= 2  # the delivery, and the stocktaking


def test_switched_off_nothing_is_scanned(database: Database) -> None:
    days = Days(database, late_board(), enabled=False)
    assert days.office.database.look(lambda uow: uow.timers.get("scan", "07:30")) is None
    assert days.office.say("he", "异常") == "异常没有启用（config.yaml 的 exceptions.enabled）。"


@pytest.mark.parametrize(
    ("person", "text", "lines"),
    [
        ("he", "异常", ["**异常 · 我的1 件**", "- 🟠 预测破承诺 · DL-6451 云栖发货"]),
        ("li", "异常 销售部", ["**异常 · 销售部 1 件**", "- 🟠 预测破承诺 · DL-6451"]),
        ("li", "异常 预测破承诺", ["**异常 · 预测破承诺 1 件**"]),
        ("li", "异常 全部", ["**异常 · 2 件**", "DL-6451", "CK-1", "全面检查 13:30：新出现 1 件，消除 0 件"]),
        ("li", "异常 DL-6451", ["根因：MO-2451 主板贴片 · 影响 1 项、1 个部门",
                              "负责人 何佳 · 12-01 07:30 起 · 还没有人提变更",
                              "要保住 12-14：MO-2451 需 12-11 前完（每天 222）"]),
        ("su", "异常", ["没有异常：我的。", "全面检查 13:30：新出现 1 件，消除 0 件"]),
        ("li", "异常 已静音", ["没有异常：已静音。"]),
        ("li", "异常 很急", ["没有叫“很急”的异常、部门或单号。异常有：该开未开、逾期未完"]),
        ("li", "异常 MO-99", ["计划里没有“MO-99”"]),
    ],
)  # fmt: skip
def test_the_command(days: Days, person: str, text: str, lines: list[str]) -> None:
    slow(days)
    said = days.office.say(person, text)
    for line in lines:
        assert line in said, said


def proof(days: Days) -> list[str]:
    return days.office.database.look(lambda uow: faults(days.office.turn(uow)))


@pytest.mark.parametrize("seen", list(product((True, False), repeat=4)))
def test_whatever_comes_and_goes_the_trail_tells_the_same(
    days: Days, seen: Sequence[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A warning opened; then scans see it or do not. Seen again it has not come back before the second scan."""
    warning = Key(Code.SLACK_EATEN, "MO-2451", "")
    mornings = (f"{day} {hour}" for day in ("11-30", "12-01", "12-02", "12-03") for hour in ("07:31", "13:31"))
    for is_there, when in zip((True, True, False, False, *seen), mornings, strict=False):
        found = Found({warning: Finding(warning, Severity.WARN, {})} if is_there else {}, set())
        monkeypatch.setattr(scan, "find", lambda *_, found=found, **__: found)
        days.live(when)
        assert proof(days) == []


def test_as_many_are_open_as_opened_and_did_not_close(days: Days) -> None:
    slow(days)
    days.live("12-03 08:00")
    assert proof(days) == []
    tampered(days.office.database.url, "UPDATE exceptions SET state = 'closed' WHERE item = 'DL-6451'")
    (said,) = proof(days)
    assert "审计记录里是“open”，数据库里是“closed”。请与备份核对，并查明谁动过数据库。" in said


def test_what_is_back_and_worse_has_opened_again(database: Database) -> None:
    """A warning that was over for an hour, and is high."""
    counted = item("CK-2", "盘点", "task", "warehouse", "12-01", "12-10", owner="li")
    days = Days(database, Plan("main", "一厂", 0, {counted.code: counted}, (), "weekdays"))
    days.live("12-02 17:00")
    assert days.open()["late-start CK-2"] is Severity.WARN
    days.office.say("li", "开工 CK-2")
    assert "late-start CK-2" not in days.open()
    days.live("12-03 08:30")
    days.office.say("li", "更正 作废")
    assert days.open()["late-start CK-2"] is Severity.HIGH
    assert proof(days) == []


def test_a_source_that_says_nothing_is_stale(database: Database) -> None:
    """Expected within nine working hours: on Tuesday at 13:30 it is 13.5 hours old and no more, on Thursday 27."""
    days = Days(database, late_board())
    days.office.environment = replace(days.office.environment, sources=(Source("import", "Excel", 9, "lin"),))
    days.live("12-02 08:00")
    assert "stale import" not in days.open(), "a warning is seen twice before it opens"
    days.live("12-02 14:00")
    assert days.open()["stale import"] is Severity.WARN
    days.live("12-03 08:00")
    assert days.open()["stale import"] is Severity.HIGH
    days.office.bring(late_board())
    days.live("12-03 14:00")
    assert "stale import" not in days.open()


def statements(days: Days, do: Callable[[UnitOfWork], object]) -> list[str]:
    """What the database was asked while a unit of work had the plan to itself."""
    said = list[str]()

    def heard(_: Any, __: Any, statement: str, values: object, *___: Any) -> None:
        said.append(f"{statement} {values}")

    event.listen(Engine, "before_cursor_execute", heard)
    days.office.database.write_now(do)
    event.remove(Engine, "before_cursor_execute", heard)
    return said


def test_what_was_looked_at_ahead_is_not_read_while_the_plan_is_locked(days: Days) -> None:
    slow(days)
    due = Timer("scan", "13:30", days.office.now)
    assert due.kind in LOOKED_AHEAD
    read = []
    for is_looked_ahead in (False, True):
        days.office.environment = replace(
            days.office.environment, readiness=KeptReadiness(), outlooks=KeptOutlook()
        )
        if is_looked_ahead:
            days.office.database.look(lambda uow: look_ahead_of_scan(days.office.turn(uow), days.office.now))
        said = statements(days, lambda uow: full_scan(days.office.turn(uow), days.office.now))
        read.append(any("FROM reports" in one and "CK-1" in one for one in said))
    assert read == [True, False]


def test_what_has_come_since_is_looked_at(days: Days) -> None:
    days.live("12-02 17:10")
    days.office.say("wang", "开工 MO-2451 11-30")
    days.office.database.look(lambda uow: look_ahead_of_scan(days.office.turn(uow), days.office.now))
    days.office.say("wang", "报工 MO-2451 450")

    def unit(uow: UnitOfWork) -> date:
        turn = days.office.turn(uow)
        return outlook_of_all(turn, turn.plan())["DL-6451"].dates.finish

    assert days.office.database.write_now(unit) == date(2026, 12, 16)


@pytest.mark.parametrize(
    ("meanwhile", "looked"),
    [
        (lambda days: None, []),
        (lambda days: days.office.say("lin", "改期 CK-1 推迟1天 因为 停机"), []),
        (lambda days: days.office.say("wang", "报工 MO-2451 20"), [{"MO-2451", "DL-6451"}]),
        (lambda days: days.office.change(Operation("CK-1", Op.SHIFT, 1), by="lin"), [None]),
        (lambda days: days.office.wait(minutes=1), [None]),
    ],
    ids=["nothing", "a draft", "a report", "a request", "a minute"],
)
def test_what_was_found_ahead_is_looked_for_again_if_something_happened(
    days: Days, monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[Days], object], looked: list[set[str] | None]
) -> None:
    slow(days)
    days.office.database.look(lambda uow: look_ahead_of_scan(days.office.turn(uow), days.office.now))
    meanwhile(days)
    times: list[set[str] | None] = []

    def counted(
        situation: Situation, among: Collection[str] | None = None, others: Collection[str] = ()
    ) -> Found:
        times.append(None if among is None else {*among})
        return find(situation, among, others)

    def scanned(uow: UnitOfWork) -> None:
        full_scan(days.office.turn(uow), days.office.now)
        uow.commit()

    monkeypatch.setattr(scan, "find", counted)
    days.office.database.write_now(scanned)
    assert times == looked
    assert days.open()


def test_what_is_as_it_was_is_not_written_again(days: Days) -> None:
    slow(days)
    days.live("12-03 14:00")
    assert days.open()
    said = statements(days, lambda uow: full_scan(days.office.turn(uow), days.office.now))
    assert [one for one in said if one.startswith("UPDATE exceptions ")] == []


@pytest.mark.parametrize(("count", "is_told"), [(2, False), (3, True)])
def test_the_coordinators_hear_what_is_critical_too_often(database: Database, count: int, is_told: bool) -> None:
    """On the first working day of the next week, once, and nobody else."""
    promised = {"constraint": Constraint.FINISH_NO_LATER_THAN, "constraint_date": date(2026, 12, 1)}
    one = item("DL", "发货", "delivery", "sales", "12-02", "12-02", owner="he", **promised)
    late = [replace(one, code=f"DL-{n}") for n in range(count)]
    days = Days(database, Plan("main", "一厂", 0, {each.code: each for each in late}, (), "weekdays"))
    days.live("12-04 20:00")
    told = dict(days.live("12-07 09:00"))
    assert (f"上周“危急”太多：预测破承诺 {count} 件" in told["dingtalk:cidPlanning=="]) is is_told
    assert "危急" not in told["wecom:sales"]
    assert "危急" not in dict(days.live("12-08 09:00"))["dingtalk:cidPlanning=="]
