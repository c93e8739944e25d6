"""News of exceptions where several things meet: who hears, when, and how often."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from cards.action import Verb
from planning.exceptions.finding import Severity
from planning.exceptions.policy import Thresholds
from planning.plan.item import Constraint, Item
from planning.plan.link import Link
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan
from storage.database import Database
from storage.delivery.cards import Purpose
from storage.unit_of_work import UnitOfWork
from tests.handlers.lifecycle.test_scan import item, late_board
from tests.handlers.notify.test_exception_cards import PLANNING, PRODUCTION, SALES, WAREHOUSE, Told, slow
from tests.previews import newest_change


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"2026-{day.replace(' ', 'T')}:00+08:00").astimezone(UTC)


def plan_of(*items: Item) -> Plan:
    return Plan("main", "一厂", 0, {one.code: one for one in items}, (), "weekdays")


def tasks(count: int, department: str, *owners: str) -> list[Item]:
    """So many, of which one more is late each day or two."""
    days = [f"12-{1 + n // 2:02}" for n in range(count)]
    return [item(f"{department}-{n}", "活", "task", department, day, day, owner=owners[n % len(owners)])
            for n, day in enumerate(days)]  # fmt: skip


def test_who_owns_the_cause_is_told_though_what_it_brings_about_has_a_card(database: Database) -> None:
    told = Told(database, late_board())
    told.live("11-30 09:30")
    told.office.say("wang", "开工 MO-2451")
    row = slow(told)
    told.live("12-07 14:00")  # two working days without a word of MO-2451, which the delivery folds into
    assert told.row("forecast-late", "DL-6451").root == "MO-2451"
    (cause,) = told.cards(PRODUCTION)
    assert told.look(cause).title == "无报工 · MO-2451 主板贴片"
    assert told.row("forecast-late", "DL-6451").card == int(row.subject.id)
    assert told.look(row).title == "预测破承诺 · DL-6451 云栖发货"


def test_whose_cause_holds_it_no_more_is_told_where_they_read(database: Database) -> None:
    """The order is late to begin and holds the delivery; then it is muted, and the delivery gets worse."""
    promised = {"constraint": Constraint.FINISH_NO_LATER_THAN, "constraint_date": date(2026, 12, 22)}
    order = item("MO-1", "外壳", "production", "production", "11-30", "12-18", owner="wang")
    delivery = item("DL-1", "发货", "delivery", "sales", "12-21", "12-21", owner="he", **promised)
    told = Told(database, replace(plan_of(order, delivery), links=(Link("MO-1", "DL-1"),)))
    told.live("12-03 09:00")
    held = told.row("forecast-late", "DL-1")
    assert (held.root, held.severity, told.cards(SALES)) == ("MO-1", Severity.HIGH, [])
    told.office.say("lin", f"静音 EX-{told.row('late-start', 'MO-1').number} 10天 因为 客户在改")
    told.live("12-15 09:00")
    assert told.row("forecast-late", "DL-1").severity is Severity.CRITICAL
    assert [told.look(row).title for row in told.cards(SALES)] == ["预测破承诺 · DL-1 发货"]


def deliveries(count: int) -> tuple[Item, ...]:
    promised = {"constraint": Constraint.FINISH_NO_LATER_THAN, "constraint_date": date(2026, 12, 21)}
    orders = item("MO", "外壳", "production", "production", "12-01", "12-18", owner="wang")
    asked = item("DL", "发货", "delivery", "sales", "12-21", "12-21", owner="he", **promised)
    return tuple(replace(one, code=f"{one.code}-{n}") for one in (orders, asked) for n in range(count))


def test_where_a_card_cannot_be_changed_a_day_has_few_messages(database: Database) -> None:
    """Eight deliveries that get late one after the other, by a report each hour."""
    links = tuple(Link(f"MO-{n}", f"DL-{n}") for n in range(8))
    told = Told(database, replace(plan_of(*deliveries(8)), links=links))
    told.live("12-01 08:20")
    messages = Counter[str]()
    for n, hour in enumerate(("09:00", "10:00", "11:00", "12:00", "14:00", "15:00", "16:00", "17:00")):
        for where, text in told.live(f"12-01 {hour}"):
            messages[hour] += where == SALES and text.startswith("card ")
        told.office.say("wang", f"报工 MO-{n} 预计12-23")
    assert 3 <= sum(messages.values()) <= 4, messages  # three, and what the round of midday brings together
    told.live("12-02 09:00")
    rows = told.office.database.look(lambda uow: uow.exceptions.open_ones())
    assert [one.key.item for one in rows if not one.card] == []


@pytest.mark.parametrize("room", [SALES, WAREHOUSE])
def test_a_card_that_turned_critical_has_taken_its_place_among_the_three(database: Database, room: str) -> None:
    """Three deliveries are high in the morning, and critical at noon; a fourth is high in the afternoon."""
    department, owner = ("sales", "he") if room == SALES else ("warehouse", "li")
    theirs = [replace(one, department=department, owner=owner) if one.code.startswith("DL") else one
              for one in deliveries(4)]  # fmt: skip
    links = tuple(Link(f"MO-{n}", f"DL-{n}") for n in range(4))
    told = Told(database, replace(plan_of(*theirs), links=links))
    told.live("12-01 09:00")
    for n in range(3):
        told.office.say("wang", f"报工 MO-{n} 预计12-23")
        told.live(f"12-01 1{n}:00")
    assert len(told.cards(room)) == 3
    told.office.say("lin", "改期 DL-3 到 12-24 因为 客户同意")
    later = told.office.database.look(lambda uow: newest_change(told.office.turn(uow)))
    told.office.submit(later, "lin")  # what is being changed is no more than high
    policy = replace(told.office.environment.exceptions, thresholds=Thresholds(near_promise_days=30))
    told.office.environment = replace(told.office.environment, exceptions=policy)
    told.live("12-01 14:00")
    assert [told.row("forecast-late", f"DL-{n}").severity for n in range(3)] == [Severity.CRITICAL] * 3
    told.office.say("wang", "报工 MO-3 预计12-23")
    assert told.row("forecast-late", "DL-3").severity is Severity.HIGH
    told.live("12-01 20:00")
    assert len(told.cards(room)) == 3


def test_what_gets_worse_on_many_cards_is_as_few_messages(database: Database) -> None:
    """Each item is late to begin, then later, then overdue, and has a card of its own."""
    longer = [replace(one, finish=one.finish + timedelta(days=5)) for one in tasks(24, "sales", "he")]
    told = Told(database, plan_of(*longer, item("CK-1", "盘点", "task", "warehouse", "12-01", "12-31", owner="li")))
    messages = Counter[str]()
    for day in (f"12-{n:02}" for n in range(1, 19)):
        for hour in ("08:20", "09:00", "10:00", "11:00", "14:00", "15:00", "19:00"):
            for where, text in told.live(f"{day} {hour}"):
                messages[day] += where == SALES and text.startswith("card ")
            told.office.say("li", f"报工 CK-1 {day[3:]}%")
    assert max(messages.values()) <= 4, messages
    rows = told.office.database.look(lambda uow: uow.exceptions.open_ones())
    assert [one.number for one in rows if one.worst >= Severity.HIGH and not one.card] == []


def test_what_is_folded_and_shows_nothing_else_is_no_message(database: Database) -> None:
    """CK-2 waits for CK-1, whose card stands where cards do not change."""
    first = item("CK-1", "盘点", "task", "sales", "12-01", "12-02", owner="he")
    second = item("CK-2", "报表", "task", "sales", "12-04", "12-14", owner="he")
    told = Told(database, replace(plan_of(first, second), links=(Link("CK-1", "CK-2"),)))
    told.live("12-04 20:00")
    assert len(told.cards(SALES)) == 1
    said = told.live("12-09 20:00")
    assert told.row("late-start", "CK-2").root == "CK-1"
    assert [text for where, text in said if where == SALES and text.startswith("card ")] == []


def test_two_scans_after_a_standstill_are_not_two_in_a_row(database: Database) -> None:
    told = Told(database, late_board())
    told.live("12-01 20:00")
    told.office.now = at("12-02 22:00")
    while due := told.office.database.look(lambda uow: uow.timers.due(told.office.now)):
        told.ring(due[0])
        told.office.now += timedelta(seconds=1)
    assert "late-start CK-1" not in told.open()
    told.live("12-03 07:00")
    assert told.cards(WAREHOUSE) == []


def test_no_warning_goes_out_at_night(database: Database) -> None:
    told = Told(database, late_board())
    told.live("12-02 08:00")
    told.office.now = at("12-02 22:00")
    told.live("12-02 22:00")
    assert told.open()["late-start CK-1"] is Severity.WARN
    assert told.cards(WAREHOUSE) == []


def test_its_end_is_told_where_its_card_stands(database: Database) -> None:
    """An item of the warehouse that somebody of the sales department sees to, who reads where cards do not change."""
    told = Told(database, plan_of(item("CK-1", "盘点", "task", "warehouse", "12-01", "12-02", owner="he")))
    told.live("12-03 09:00")
    assert told.cards(SALES)
    told.office.say("he", "完成 CK-1")
    said = dict(told.live("12-04 09:00"))
    assert "已消除 · 逾期未完 · CK-1 盘点" in said[SALES]
    assert "已消除" not in said[WAREHOUSE]


def test_who_was_told_long_ago_and_says_nothing_is_still_silent(database: Database) -> None:
    told = Told(database, late_board())
    told.live("11-30 09:30")
    change = told.office.change(Operation("CK-1", Op.SET_FINISH, to=at("12-03 12:00").date()), by="lin")

    def show(uow: UnitOfWork) -> None:
        row = uow.cards.add(Purpose.NOTICE, change.subject, "wecom:purchasing", told.office.now, "purchasing")
        uow.cards.shown(row, 1, "wire", None, told.office.now)
        uow.commit()

    told.office.database.write_now(show)
    told.live("12-02 14:00")
    assert f"unacked {change.no} purchasing" in told.open()
    told.office.now += timedelta(days=40)
    told.live_to(told.office.now + timedelta(days=4))
    assert f"unacked {change.no} purchasing" in told.open()

    def receive(uow: UnitOfWork) -> None:
        uow.changes.acknowledge(change.no, "zhao", told.office.now)
        uow.commit()

    told.office.database.write_now(receive)
    told.live_to(told.office.now + timedelta(days=4))
    assert f"unacked {change.no} purchasing" not in told.open()


def test_a_refused_press_puts_nothing_off(database: Database) -> None:
    """A list of both people's, pressed by one of them, and by somebody whose it is not."""
    days = date(2026, 12, 1), date(2026, 12, 2)
    same_days = [replace(one, start=days[0], finish=days[1]) for one in tasks(8, "sales", "he", "su")]
    told = Told(database, plan_of(*same_days))
    told.live("12-03 09:00")
    row = next(one for one in told.cards(SALES) if told.look(one).title.startswith("异常"))
    assert "请找他们" in told.press("zhao", row, Verb.SNOOZE, "不急").card.body
    assert not snoozed(told)
    told.press("he", row, Verb.SNOOZE, "在等客户")
    assert snoozed(told) == {"he"}


def snoozed(told: Told) -> set[str]:
    items = told.office.plan().items
    rows = told.office.database.look(lambda uow: uow.exceptions.open_ones())
    return {items[one.key.item].owner for one in rows if one.snoozed_until}


def test_what_climbs_is_not_starved_by_what_is_new(database: Database) -> None:
    """The coordinators' own room has three cards of its own each day."""
    own = [replace(one, owner="boss") for one in tasks(24, "planning", "lin")]
    told = Told(database, plan_of(*own, *tasks(2, "sales", "he")))
    told.live("12-09 20:00")
    sales = {row.subject for row in told.cards(SALES)}
    climbed = [row for row in told.cards(PLANNING) if row.subject in sales]
    assert climbed
    days = Counter(row.created_at.date() for row in told.cards(PLANNING))
    assert max(days.values()) <= 3


def test_what_is_news_decides_when_it_is_told(database: Database) -> None:
    """An order that is overdue, which was told, begins to scrap: that is a warning, and waits for its round."""
    order = item("MO-9", "外壳", "production", "production", "11-30", "12-01", quantity=Decimal(100), owner="wang")
    told = Told(database, plan_of(order, item("CK-1", "盘点", "task", "warehouse", "12-01", "12-09", owner="li")))
    told.live("12-02 10:00")
    told.office.say("wang", "报工 MO-9 20 报废15")
    told.live("12-03 08:10")
    (row,) = told.cards(PRODUCTION)
    assert "scrap MO-9" in told.open()
    told.office.say("li", "开工 CK-1")
    assert told.cards(PRODUCTION)[0].wanted_version == row.wanted_version
    told.live("12-03 08:40")
    assert told.cards(PRODUCTION)[0].wanted_version == row.wanted_version + 1


def test_a_card_from_which_the_last_has_gone_elsewhere_says_that_all_is_over(database: Database) -> None:
    """A stocktaking waits for an order that is overdue, and stands on its card; then that is done, the stocktaking gets
    worse, and whose it is reads elsewhere."""
    order = item("MO-1", "外壳", "production", "production", "11-30", "12-02", owner="wang")
    after = item("CK-1", "盘点", "task", "warehouse", "12-03", "12-16", owner="li")
    told = Told(database, replace(plan_of(order, after), links=(Link("MO-1", "CK-1"),)))
    told.live("11-30 09:30")
    told.office.say("wang", "开工 MO-1")
    for day in ("12-03", "12-04"):
        told.live(f"{day} 14:00")
        (first,) = told.cards(PRODUCTION)
        told.press("wang", first, Verb.TAKE)  # it climbs to nobody
    assert told.row("late-start", "CK-1").card == int(first.subject.id)
    told.office.say("wang", "完成 MO-1")
    (left,) = told.cards(PRODUCTION)
    assert told.look(left).title == "前序卡住 · CK-1 盘点"
    told.live("12-07 08:40")
    (second,) = told.cards(WAREHOUSE)
    assert told.row("late-start", "CK-1").card == int(second.subject.id)
    (over,) = told.cards(PRODUCTION)
    assert told.look(over).status == "已消除"
    assert over.wanted_version > left.wanted_version, "and it is sent"
