"""Reports that are asked for: at the planned start, and in the evening; each answer is a tap."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from cards.action import Action, Verb
from cards.faces import question_card
from cards.question import Offer, Question
from cards.words import Words
from handlers.actions.plan.import_plan import bring_in
from handlers.inbound.ask_reports import set_asks
from handlers.inbound.timers_due import ring
from handlers.timers import ASK_REPORTS, ASK_STARTS
from handlers.turn import Turn
from planning.plan.item import Item, Status
from planning.plan.plan import Plan
from storage.delivery.cards import CardRow
from storage.timers import Timer
from storage.unit_of_work import UnitOfWork
from tests.handlers.company import Company
from tests.handlers.office import SHANGHAI, Office, notices_arrived
from tests.small_company import plan as small

DAY = date(2026, 12, 7)


def more(count: int) -> Plan:
    known = small()
    long_ago = date(2026, 11, 2), date(2026, 11, 6)
    before = Item("MX-0", "上一批", *long_ago, 5, "production", "production", status=Status.DONE)
    made = [
        Item(f"MX-{n}", f"组装{n}", DAY, date(2026, 12, 11), 5, "production", "production", owner="han",
             quantity=Decimal(100), unit="台")
        for n in range(1, count + 1)
    ]  # fmt: skip
    return replace(known, items={**known.items, **{one.code: one for one in [before, *made]}})


def local(told: str) -> datetime:
    return datetime.fromisoformat(told).replace(tzinfo=SHANGHAI)


@pytest.fixture
def shop(office: Office) -> Office:
    """The evening before the first day of MO-1, with times for both kinds."""
    office.environment = replace(office.environment, ask_starts_at="08:00", ask_reports_at="18:00")
    office.now = local("2026-12-06 20:00")
    return office


def rings(shop: Office, kind: str, at: str, department: str = "production") -> list[Question]:
    """The timer of a department; what it asked."""
    shop.now = local(at)

    def unit(uow: UnitOfWork) -> list[Question]:
        turn = shop.turn(uow)
        timer = uow.timers.get(kind, department)
        assert timer
        assert timer.due_at <= shop.now
        ring(turn, timer)
        cards = [uow.cards.get(message.card_id) for message in uow.outbox.claim(shop.now, 99) if message.card_id]
        found = [question for card in cards if card and (question := uow.questions.get(card.subject.id))]
        uow.commit()
        return found

    return shop.database.write_now(unit)


def set_up(shop: Office) -> None:
    def unit(uow: UnitOfWork) -> None:
        set_asks(shop.turn(uow))
        uow.commit()

    shop.database.write_now(unit)


def commands(question: Question) -> list[str]:
    return [offer.command for offer in question.offers]


def test_what_should_begin_is_asked_for_in_the_morning(shop: Office) -> None:
    set_up(shop)
    (asked,) = rings(shop, ASK_STARTS, "2026-12-07 08:00")
    assert asked.person == "wang", "the nearest who may report of it, where nobody owns it"
    assert asked.sentence.splitlines() == [
        "今天该开工的，开始了吗？", "- MO-1 耳机组装 · 无负责人"
    ]  # fmt: skip
    assert (commands(asked), asked.form) == (["开工 MO-1"], ""), "who may not propose moves nothing"


def test_who_plans_may_write_by_how_many_days_it_moves(shop: Office) -> None:
    shop.bring(more(1))
    set_up(shop)
    (asked,) = [one for one in rings(shop, ASK_STARTS, "2026-12-07 08:00") if one.person == "han"]
    assert (commands(asked), asked.form) == (["开工 MX-1"], "改期 MX-1 推迟 <天数>")


def test_what_was_not_reported_on_is_asked_for_in_the_evening(shop: Office) -> None:
    shop.bring(more(1))
    set_up(shop)
    shop.now = local("2026-12-07 09:00")
    shop.say("han", "开工 MX-1 12-04")
    (asked,) = rings(shop, ASK_REPORTS, "2026-12-07 18:00")
    assert asked.sentence.splitlines()[1:] == ["- MX-1 组装1 · 累计 0 / 100台（0%）"]
    assert (commands(asked), asked.form) == (["报工 MX-1 20台"], "报工 MX-1 <数量>")


@pytest.mark.parametrize(("quantity", "unit", "offered"), [("2", "kg", ["报工 MX-1 0.4kg"]), ("2", "台", [])])
def test_of_less_than_one_a_day_a_part_is_offered_where_there_are_parts(
    shop: Office, quantity: str, unit: str, offered: list[str]
) -> None:
    plan = more(1)
    shop.bring(plan.with_items([replace(plan.items["MX-1"], quantity=Decimal(quantity), unit=unit)]))
    set_up(shop)
    shop.now = local("2026-12-07 09:00")
    shop.say("han", "开工 MX-1 12-04")
    (asked,) = rings(shop, ASK_REPORTS, "2026-12-07 18:00")
    assert (commands(asked), asked.form) == (offered, "报工 MX-1 <数量>")


def test_who_has_reported_today_is_left_alone(shop: Office) -> None:
    shop.bring(more(1))
    set_up(shop)
    shop.now = local("2026-12-07 09:00")
    shop.say("han", "报工 MX-1 20")
    assert rings(shop, ASK_REPORTS, "2026-12-07 18:00") == []


def test_what_is_due_is_asked_whether_it_is_done_or_has_come(shop: Office) -> None:
    shop.now = local("2026-12-11 09:00")
    shop.say("wang", "报工 MO-1 1200 昨天")
    set_up(shop)
    (made,) = rings(shop, ASK_REPORTS, "2026-12-11 18:00")
    assert commands(made) == ["完成 MO-1"]
    (bought,) = rings(shop, ASK_REPORTS, "2026-12-11 18:00", "purchasing")
    assert (bought.person, commands(bought), bought.form) == ("zhao", ["到货 PO-1 全部"], "到货 PO-1 <数量>")


def test_one_card_has_all_items_of_a_person_in_five_lines(shop: Office) -> None:
    shop.bring(more(7))
    set_up(shop)
    asked = rings(shop, ASK_STARTS, "2026-12-07 08:00")
    (card,) = [one for one in asked if "MX-1" in one.sentence]
    assert len(card.sentence.splitlines()) == 1 + 5 + 1
    assert card.sentence.endswith("…另有 2 项")
    assert len(card.offers) == 4


def test_what_was_missed_is_not_asked_on_another_day(shop: Office) -> None:
    set_up(shop)
    assert rings(shop, ASK_STARTS, "2026-12-08 07:00") == []


def test_it_is_asked_again_on_the_next_working_day(shop: Office) -> None:
    set_up(shop)
    rings(shop, ASK_STARTS, "2026-12-11 08:00")
    timer = shop.database.look(lambda uow: uow.timers.get(ASK_STARTS, "production"))
    assert timer
    assert timer.due_at == local("2026-12-14 08:00"), "a Monday"


def test_without_a_time_nothing_is_asked(shop: Office) -> None:
    set_up(shop)
    shop.environment = replace(shop.environment, ask_starts_at="", ask_reports_at="")
    set_up(shop)
    assert shop.database.look(lambda uow: uow.timers.get(ASK_STARTS, "production")) is None


def test_whoever_is_on_leave_is_not_asked(shop: Office) -> None:
    shop.bring(more(1))
    shop.say("han", "请假 12-07到12-11 交给 王五")
    shop.say("wang", "代理 接受 韩冬")
    set_up(shop)
    asked = rings(shop, ASK_STARTS, "2026-12-07 08:00")
    assert {one.person for one in asked} == {"wang"}


# -- the card --------------------------------------------------------------------------------------------------


def test_a_card_is_pressed_for_one_thing_after_the_other() -> None:
    offers = Offer("开工 A-1"), Offer("开工 A-2")
    asked = Question("q", "c", "han", "", "今天该开工的：", offers, "", local("2026-12-07 08:00"))
    once = asked.answered_by(0, "开工 A-1")
    assert once.is_open
    card = question_card(once, "韩冬", Words(), "card")
    assert "✅ 开工 A-1" in card.body
    assert [button.action for button in card.buttons] == [Action("card", Verb.SAY, "1")]
    twice = once.answered_by(1, "开工 A-2", "已开工")
    assert (twice.is_open, twice.chosen) == (False, "开工 A-2")


async def test_a_tap_books_and_the_card_goes_on_with_the_rest(company: Company) -> None:
    company.clock.move(seconds=(local("2026-12-07 08:00") - company.clock.now()).total_seconds())
    environment = replace(company.environment, ask_starts_at="08:00")

    def asked(uow: UnitOfWork) -> list[CardRow]:
        turn = Turn(uow, company.clock.now(), environment)
        bring_in(turn, replace(more(2), revision=0), "plan.csv", "ops")
        notices_arrived(uow, turn.now)
        uow.timers.start(Timer(ASK_STARTS, "production", turn.now))
        (timer,) = [one for one in uow.timers.due(turn.now) if one.kind == ASK_STARTS]
        ring(turn, timer)
        waiting = uow.outbox.claim(turn.now, 99)
        uow.outbox.release(waiting, turn.now)
        uow.commit()
        return [row for message in waiting if message.card_id and (row := uow.cards.get(message.card_id))]

    rows = company.database.write_now(asked)
    await company.office.deliver()
    (row,) = [one for one in rows if "MX-1" in company.shown(one)[-1].body]
    card = await company.press("han", row, Verb.SAY, "0")
    assert [button.action.choice for button in card.buttons if button.action.verb is Verb.SAY] == ["1"]
    again = await company.press("han", row, Verb.SAY, "0")
    assert "已经用过" in f"{again.status}{again.body}"
    await company.press("han", row, Verb.SAY, "1")
    reports = company.database.look(lambda uow: [(one.item, one.kind) for one in uow.reports.all()])
    assert reports == [("MX-1", "start"), ("MX-2", "start")], "each once"
