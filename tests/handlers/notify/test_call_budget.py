"""A platform's calls of a month: counted by what they went to, told in time, and kept for cards in the end."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from handlers.call_budget import CallBudget, month_of, short_prefixes
from handlers.notify.budget_warning import count_calls
from handlers.platforms import Platforms
from storage.database import Database
from storage.delivery.calls import CallKind
from storage.delivery.outbox import Priority
from storage.unit_of_work import UnitOfWork
from tests.databases import opened
from tests.handlers.office import Office, environment
from tests.small_company import TRAITS, plan

LIMIT = 1000
pytestmark = pytest.mark.both_databases


@pytest.fixture
def office(database: Database) -> Office:
    counted = [replace(each, calls_a_month=LIMIT * (each.prefix == "dingtalk")) for each in TRAITS.by_prefix.values()]
    return Office(database, replace(environment(), platforms=Platforms.of(counted)))


def spend(office: Office, calls: int, kind: CallKind = CallKind.CARD, where: str = "dingtalk:planning") -> list[str]:
    """Count calls; returns what is said then."""

    def unit(uow: UnitOfWork) -> list[str]:
        count_calls(office.turn(uow), where, kind, calls)
        uow.commit()
        return told(office, uow)

    return office.database.write_now(unit)


def told(office: Office, uow: UnitOfWork) -> list[str]:
    messages = uow.outbox.claim(office.now, 99, cards_alone=short_prefixes(office.turn(uow)))
    for message in messages:
        uow.outbox.sent(message, office.now)
    return [message.body or "" for message in messages]


def test_calls_are_counted_by_kind_month_and_platform(office: Office) -> None:
    for calls, kind in ((3, CallKind.CARD), (2, CallKind.CARD), (1, CallKind.ANSWER), (0, CallKind.NOTICE)):
        spend(office, calls, kind)
    spend(office, 7, where="wecom:group")
    this_month = month_of(office.now.date())
    office.wait(days=14)
    spend(office, 1)
    months = this_month, month_of(office.now.date())
    spent = office.database.look(lambda uow: [uow.calls.of(month) for month in months])
    counted = {CallKind.CARD: 5, CallKind.ANSWER: 1}
    assert spent == [{"dingtalk": counted}, {"dingtalk": {CallKind.CARD: 1}}], "no other platform counts by the month"


def test_each_mark_is_told_once(office: Office) -> None:
    said = {at: spend(office, 100) for at in range(100, 1001, 100)}
    assert {at for at, texts in said.items() if texts} == {500, 800, 1000}
    assert said[500][0].splitlines()[0] == "钉钉本月调用 500 / 1000 次（50%）"
    assert spend(office, 50) == []


def test_a_jump_past_several_marks_is_told_once(office: Office) -> None:
    assert [text.splitlines()[0] for text in spend(office, 970)] == ["钉钉本月调用 970 / 1000 次（97%）"]


@pytest.mark.parametrize("backend", ["postgresql"])
def test_a_mark_that_two_processes_reach_together_is_told_with_the_next_call(
    office: Office, migrated_url: str
) -> None:
    """Neither sees what the other counts: to both it is 496 of 1000."""
    assert spend(office, 490) == []
    both_have_counted = threading.Barrier(2, timeout=60)

    def count(database: Database, kind: CallKind) -> list[str]:
        def unit(uow: UnitOfWork) -> list[str]:
            count_calls(office.turn(uow), "dingtalk:planning", kind, 6)
            both_have_counted.wait()
            uow.commit()
            return [message.body or "" for message in uow.outbox.claim(office.now, 99)]

        return database.write_now(unit)

    with opened(migrated_url) as other, ThreadPoolExecutor() as threads:
        kinds = ((office.database, CallKind.CARD), (other, CallKind.NOTICE))
        told_now = [each.result() for each in [threads.submit(count, *one) for one in kinds]]
    assert told_now == [[], []]
    assert [text.splitlines()[0] for text in spend(office, 1)] == ["钉钉本月调用 503 / 1000 次（50%）"]
    assert spend(office, 1) == []


def test_a_lower_mark_is_not_told_behind_a_higher_one(office: Office) -> None:
    assert len(spend(office, 850)) == 1

    def back(uow: UnitOfWork) -> None:
        uow.calls.add("dingtalk", month_of(office.now.date()), CallKind.CARD, -300)
        uow.commit()

    office.database.write_now(back)  # as one sees it who does not see the others' calls yet
    assert spend(office, 1) == []


def test_when_only_the_reserve_is_left_cards_go_and_texts_wait(office: Office) -> None:
    spend(office, 899)

    def say(uow: UnitOfWork) -> list[str]:
        texts = ("早会", Priority.NOTICE), ("回答", Priority.CHATTER), ("为什么没有", Priority.DECISION)
        for text, priority in texts:
            uow.outbox.say("dingtalk:planning", text, office.now, priority=priority)
        uow.outbox.say("wecom:group", "企业微信的早会", office.now)
        uow.commit()
        return told(office, uow)

    assert set(office.database.write_now(say)) == {"早会", "回答", "为什么没有", "企业微信的早会"}
    assert spend(office, 1) == []
    assert set(office.database.write_now(say)) == {"为什么没有", "企业微信的早会"}
    office.now += timedelta(days=10)  # the next month
    assert sorted(spend(office, 1)) == ["回答", "早会"]


def test_a_question_that_is_not_answered_says_so_once_a_day(office: Office) -> None:
    office.bring(plan())
    assert "MO-1" in office.say("lin", "查计划 MO-1")
    spend(office, 950)
    answer = office.say("lin", "查计划 MO-1")
    assert answer.startswith("钉钉本月的调用只剩 50 次，都留给审批卡片")
    assert office.say("lin", "查计划 MO-1") == ""
    office.wait(days=1)
    assert office.say("lin", "待办") == answer


@pytest.mark.parametrize(
    ("today", "total", "forecast", "ends_on"),
    [
        (date(2026, 11, 10), 300, 900, None),
        (date(2026, 11, 10), 500, 1500, date(2026, 11, 21)),
        (date(2026, 11, 30), 1000, 1000, None),
        (date(2026, 11, 30), 1001, 1001, date(2026, 11, 30)),
        (date(2026, 2, 1), 40, 1120, date(2026, 2, 26)),
        (date(2026, 12, 5), 0, 0, None),
    ],
)
def test_the_forecast_is_the_pace_so_far(today: date, total: int, forecast: int, ends_on: date | None) -> None:
    budget = CallBudget("dingtalk", LIMIT, today, {CallKind.CARD: total})
    assert (budget.forecast, budget.ends_on) == (forecast, ends_on)


def test_the_command_tells_what_they_went_to(office: Office) -> None:
    spend(office, 120, CallKind.APPROVAL)
    spend(office, 30, CallKind.NOTICE)
    lines = office.say("lin", "预算").splitlines()
    assert lines[:2] == ["钉钉本月调用 150 / 1000 次（15%）", "审批卡片 120、早会和提醒 30"]
    assert office.say("lin", "budget").splitlines() == lines


def test_without_a_platform_that_counts_nothing_is_counted(database: Database) -> None:
    office = Office(database)
    assert spend(office, 5000) == []
    assert office.say("lin", "预算") == "没有按月计次的平台。"
