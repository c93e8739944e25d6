"""催办 of a purchase: its owner hears what waits for it, once a day, and nobody else does."""

from typing import Any

import pytest

from handlers.reads.trail.audit_sentences import told as told_of
from planning.plan.item import Status
from planning.plan.plan import Plan
from storage.database import Database
from tests.handlers.office import Office
from tests.handlers.reads.test_ready import TODAY, bought, item, needs, plan_of

REMINDER = (
    "⏰ 林静 催 钱波：PO-1 买料，计划 12-04。等它的：🔴 MO-1 主板贴片 12-03 开工 · 钢板 需300件 有0 缺300 · "
    "预计 12-07（PO-1）。日子有变请发“报工 PO-1 预计 …”"
)


def waiting(**fields: Any) -> Plan:
    """MO-1 waits for PO-1, which comes a working day late."""
    return plan_of(
        item("MO-1", "production", "12-03", quantity=300), bought("PO-1", "11-30", "12-04", quantity=300, **fields),
        needs("PO-1", "MO-1"), stock={"钢板": (0, 0)}, as_of=TODAY,
    )  # fmt: skip


@pytest.fixture
def office(database: Database) -> Office:
    office = Office(database, now=TODAY)
    office.bring(waiting())
    return office


def test_its_owner_hears_what_waits_for_it(office: Office) -> None:
    told = office.say("lin", "催办 PO-1").splitlines()
    assert sorted(told) == sorted([REMINDER, "已提醒 钱波：PO-1 买料"])


def test_once_a_day(office: Office) -> None:
    office.say("lin", "催办 PO-1")
    office.wait(hours=2)
    again = office.say("zhao", "催办 po-1")
    assert again == "今天已经提醒过 钱波（PO-1 买料），一天只催一次。"
    office.wait(hours=24)
    assert "已提醒 钱波" in office.say("zhao", "催办 PO-1")


@pytest.mark.parametrize(
    ("person", "fields", "answer"),
    [
        ("qian", {}, "PO-1 买料 的负责人就是你，不用催。有新日子请发：报工 PO-1 预计 …。"),
        ("lin", {"status": Status.DONE}, "PO-1 买料 已完成，不用催了。"),
        ("lin", {"owner": "", "department": "nowhere"}, "已提醒 nowhere：PO-1 买料"),
        ("lin", {"owner": ""}, "已提醒 采购部：PO-1 买料"),
    ],
)
def test_whom_it_reaches(database: Database, person: str, fields: dict[str, Any], answer: str) -> None:
    office = Office(database, now=TODAY)
    office.bring(waiting(**fields))
    assert answer in office.say(person, "催办 PO-1").splitlines()


def test_who_only_looks_reminds_nobody(office: Office) -> None:
    assert "已提醒" not in office.say("boss", "催办 PO-1")


def test_a_request_is_reminded_of_as_before(office: Office) -> None:
    assert "CR-20261128-001" in office.say("lin", "催办 CR-20261128-001")


def test_nothing_waits_for_it(database: Database) -> None:
    office = Office(database, now=TODAY)
    office.bring(plan_of(bought("PO-1", "11-30", "12-04", quantity=300)))
    assert "等它的：现在没有缺它的单" in office.say("lin", "催办 PO-1")


def test_the_trail_tells_it(office: Office) -> None:
    office.say("lin", "催办 PO-1")
    (event,) = office.database.look(lambda uow: [one for one in uow.audit.newest_first(9) if one.subject == "PO-1"])
    assert (event.kind, event.actor) == ("supply.reminded", "lin")
    sentence = office.database.look(lambda uow: told_of(office.turn(uow), event))
    assert sentence == "林静 催 采购部的 PO-1"
