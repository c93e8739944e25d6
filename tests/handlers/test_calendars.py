"""Departments, suppliers and workshops with working days of their own, from the settings to the answers."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from handlers.inbound.timers_due import next_morning
from handlers.notify.rhythm.digest import digest
from planning.people.organisation import Organisation
from planning.plan.calendar import calendar_named, with_exceptions
from planning.plan.link import LagKind, Link
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan
from storage.database import Database
from tests.handlers.office import Office, environment
from tests.small_company import organisation, plan

WORKSHOP = with_exceptions("注塑车间", calendar_named("china"), {date(2026, 12, 9): False, date(2026, 12, 12): True})


def company() -> Organisation:
    """Production works by the calendar of the workshop."""
    known = organisation()
    production = replace(known.departments["production"], calendar="注塑车间")
    return replace(known, departments={**known.departments, "production": production})


def workshop_plan() -> Plan:
    """MO-1 is worked on the 7th, 8th, 10th, 11th and on Saturday, the 12th; RC-1 waits for three workshop days."""
    assembly = replace(plan().items["MO-1"], finish=date(2026, 12, 12))
    return replace(
        plan().with_items([assembly]),
        department_calendars={"production": "注塑车间"},
        links=(*plan().links, Link("PO-1", "RC-1", lag=3, calendar="注塑车间")),
        calendars={"注塑车间": WORKSHOP},
    )


@pytest.fixture
def office(database: Database) -> Office:
    opened = Office(database, replace(environment(), organisation=company(), calendars={"注塑车间": WORKSHOP}))
    opened.bring(workshop_plan())
    return opened


def test_a_plan_keeps_the_calendars_it_was_brought_in_with(office: Office) -> None:
    kept = office.plan().calendars
    assert kept == {"china": calendar_named("china"), "注塑车间": WORKSHOP}
    office.environment = replace(office.environment, calendars={})
    assert "12-07～12-12 → 12-08～12-14（+1天）" in office.say("han", "影响 MO-1 推迟1天")


def test_days_count_as_the_item_s_own_calendar_counts_them(office: Office) -> None:
    assert "12-07～12-12 → 12-08～12-14（+1天）" in office.say("han", "影响 MO-1 推迟1个自然日")
    assert "12-07～12-12 → 12-10～12-15（+2天）" in office.say("han", "影响 MO-1 推迟3个自然日")


def test_a_lag_counts_whose_days_its_link_names(office: Office) -> None:
    """PO-1 ends on Friday the 4th; the workshop is closed on the 9th, so its third day is Thursday the 10th."""
    early = Operation("RC-1", Op.SET_START, date(2026, 12, 10))
    impact = office.database.look(lambda uow: office.turn(uow).assess(office.turn(uow).plan(), (early,)))
    assert [refused.facts["earliest"] for refused in impact.refused] == ["2026-12-11"]
    office.change(Operation("RC-1", Op.SET_START, date(2026, 12, 11)), by="lin")
    assert office.plan().items["RC-1"].start == date(2026, 12, 11)


def test_why_and_compare_count_them_too(office: Office) -> None:
    office.change(Operation("MO-1", Op.SHIFT, 1))
    assert "**开始+1天、完成+1天**" in office.say("boss", "为什么 MO-1")
    assert "12-07～12-12 → 12-08～12-14（+1天）" in office.say("boss", "对比 1 生产部")


def test_a_department_has_its_digest_on_its_own_days(office: Office) -> None:
    friday = datetime(2026, 12, 11, 1, tzinfo=UTC)

    def mornings(department: str) -> date:
        found = office.database.look(
            lambda uow: next_morning(office.turn(uow), office.environment.organisation.departments[department], friday)
        )
        return found.astimezone(office.environment.zone).date()

    assert (mornings("production"), mornings("sales")) == (date(2026, 12, 12), date(2026, 12, 14))


def test_lateness_in_the_digest_counts_them(office: Office) -> None:
    office.now = datetime(2026, 12, 15, 1, tzinfo=UTC)
    production = office.environment.organisation.departments["production"]
    today = date(2026, 12, 15)
    told = office.database.look(lambda uow: digest(office.turn(uow), production, (today, today)))
    assert "MO-1 耳机组装 12-07～12-12 已确认 ⚠晚2天" in told


def test_a_calendar_nobody_set_up_is_refused_by_name(office: Office) -> None:
    link = Operation("PO-1", Op.LINK, {"successor": "DL-1", "lag_kind": LagKind.WORKING.value, "calendar": "供应商C"})
    impact = office.database.look(lambda uow: office.turn(uow).assess(office.turn(uow).plan(), (link,)))
    (refused,) = impact.refused
    assert (refused.code, refused.facts["calendar"]) == ("unknown-calendar", "供应商C")
    assert refused.facts["known"].endswith("注塑车间")
