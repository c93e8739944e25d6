"""Whom a fact tells: whoever can act on it hears it once, a quarter of an hour later, together with what else came."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from handlers.inbound.timers_due import LOOKED_AHEAD, look_ahead, ring
from handlers.kept_readiness import KeptReadiness
from handlers.timers import FACT_NOTICES, READINESS
from planning.plan.item import Item, Status
from planning.plan.link import Link
from planning.plan.plan import Plan
from storage.database import Database
from storage.timers import Timer
from storage.unit_of_work import UnitOfWork
from tests.handlers.office import MOMENT, Office, asked
from tests.handlers.reads.test_ready import TODAY, bought, item, needs, plan_of, worked

PRODUCTION, PURCHASING, WAREHOUSE = "dingtalk:cidProduction==", "wecom:purchasing", "dingtalk:cidWarehouse=="


class Shop:
    """The small company on Wednesday at nine; `told()`: what facts have told, and where, once it is time."""

    def __init__(self, database: Database, plan: Plan) -> None:
        self.office = Office(database, now=TODAY + timedelta(hours=1))
        self.office.bring(plan)

    def say(self, person: str, text: str) -> str:
        return self.office.say(person, text)

    def told(self, after: float = 15) -> dict[str, str]:
        self.office.wait(minutes=after)
        due = self.office.database.look(lambda uow: uow.timers.due(self.office.now))
        return self.office.database.write_now(lambda uow: self._ring(uow, due))

    def news(self) -> list[str]:
        """What the morning tells of 齐套, now."""

        def unit(uow: UnitOfWork) -> list[str]:
            due = Timer(READINESS, "07:30", self.office.now)
            uow.timers.start(due)
            ring(self.office.turn(uow), due)
            found = uow.outbox.claim(self.office.now + MOMENT, 99)
            told = [message.body or asked(uow, message) for message in found]
            for message in found:
                uow.outbox.sent(message, self.office.now)
            uow.commit()
            return [text for text in told if "齐套 ·" in text]

        return self.office.database.write_now(unit)

    def _ring(self, uow: UnitOfWork, due: list[Timer]) -> dict[str, str]:
        for timer in due:
            if timer.kind == FACT_NOTICES:
                ring(self.office.turn(uow), timer)
        found = uow.outbox.claim(self.office.now + MOMENT, 99)
        for message in found:
            uow.outbox.sent(message, self.office.now)
        uow.commit()
        told = [(message.conversation, message.body or "") for message in found if message.dedupe.startswith("facts:")]
        assert len(told) == len(dict(told)), "one message in each place"
        return dict(told)


def owned(plan: Plan, **owners: str) -> Plan:
    return plan.with_items([replace(plan.items[code.replace("_", "-")], owner=who) for code, who in owners.items()])


def test_goods_that_came_tell_the_order_they_complete_and_their_buyer(database: Database) -> None:
    shop = Shop(database, owned(worked(as_of=TODAY), MO_A="han"))
    shop.say("lin", "到货 PO-1 全部")
    assert shop.told(14) == {}, "it is collected for a quarter of an hour"
    assert shop.told(1) == {
        PRODUCTION: "📦 PO-1 买料 到货（林静）：MO-A 主板贴片（韩冬） 物料已齐，可以开工",
        PURCHASING: "📦 PO-1 买料 到货（林静）：累计 200/200件（钱波）",
    }
    assert shop.told(60) == {}


def test_nobody_hears_what_they_reported_themselves(database: Database) -> None:
    shop = Shop(database, owned(worked(as_of=TODAY), MO_A="qian"))
    shop.say("qian", "到货 PO-1 全部")
    assert shop.told() == {}


def test_an_order_of_nobody_is_told_where_its_department_hears(database: Database) -> None:
    shop = Shop(database, worked(as_of=TODAY))
    shop.say("qian", "到货 PO-1 全部")
    assert shop.told() == {PRODUCTION: "📦 PO-1 买料 到货（钱波）：MO-A 主板贴片 物料已齐，可以开工"}


def test_what_changes_no_colour_is_told_to_the_buyer_alone(database: Database) -> None:
    shop = Shop(database, worked(as_of=TODAY))
    shop.say("lin", "到货 PO-1 10")
    assert shop.told() == {PURCHASING: "📦 PO-1 买料 到货（林静）：累计 10/200件（钱波）"}


def test_a_red_order_that_is_yellow_now(database: Database) -> None:
    shop = Shop(database, worked(first="12-04", as_of=TODAY))
    shop.say("qian", "到货 PO-1 60")
    assert shop.told() == {PRODUCTION: "📦 PO-1 买料 到货（钱波）：MO-A 主板贴片 开工前能齐"}


def test_what_came_together_is_told_together(database: Database) -> None:
    shop = Shop(database, worked(as_of=TODAY))
    shop.say("lin", "到货 PO-1 10")
    shop.office.wait(minutes=10)
    shop.say("lin", "到货 PO-1 20")
    shop.say("lin", "到货 PO-2 全部")
    told = shop.told(5)[PURCHASING].splitlines()
    assert told == [
        "📦 PO-1 买料 到货（林静）：累计 30/200件（钱波）",
        "📦 PO-2 买料 到货（林静）：累计 100/100件（钱波）",
    ]
    assert shop.told() == {}


def test_what_was_withdrawn_meanwhile_is_not_told(database: Database) -> None:
    shop = Shop(database, worked(as_of=TODAY))
    shop.say("qian", "到货 PO-1 全部")
    shop.say("qian", "更正 RP-20261202-001 作废 因为 报错单号")
    assert shop.told() == {}


def line(code: str, start: str, **fields: Any) -> Item:
    return item(code, "task", start, **{"department": "warehouse", "owner": "li", **fields})


def following(start: str, **fields: Any) -> Plan:
    return plan_of(item("MO-1", "production", "12-01", "12-02", owner="han"), line("WH-1", start, **fields),
                   Link("MO-1", "WH-1"))  # fmt: skip


def test_a_completion_tells_what_can_follow(database: Database) -> None:
    shop = Shop(database, following("12-04"))
    shop.say("han", "完成 MO-1")
    assert shop.told() == {WAREHOUSE: "✅ MO-1 主板贴片 完成（韩冬）：可以接着做 WH-1 画图（李大伟） 12-04 开工"}


@pytest.mark.parametrize(
    "plan",
    [
        following("12-08"), following("12-04", owner="han"), following("12-02", status=Status.IN_PROGRESS),
        following("12-04", status=Status.ON_HOLD), following("12-04", status=Status.CANCELLED),
    ],
    ids=["too late to matter", "of the same owner", "begun", "on hold", "cancelled"],
)  # fmt: skip
def test_a_completion_that_is_no_news(database: Database, plan: Plan) -> None:
    shop = Shop(database, plan)
    shop.say("han", "完成 MO-1")
    assert shop.told() == {}


def test_a_start_tells_nobody(database: Database) -> None:
    shop = Shop(database, following("12-04"))
    shop.say("han", "开工 MO-1")
    assert shop.told() == {}


def test_what_is_reported_at_night_is_told_in_the_morning(database: Database) -> None:
    shop = Shop(database, worked(as_of=TODAY))
    shop.office.now = datetime(2026, 12, 2, 15, 30, tzinfo=UTC)  # 23:30
    shop.say("lin", "到货 PO-1 10")
    assert shop.told() == {}
    waits = shop.office.database.look(lambda uow: uow.timers.get(FACT_NOTICES, PURCHASING))
    assert waits
    assert waits.due_at.astimezone(shop.office.environment.zone).hour == 8
    shop.office.now = waits.due_at
    assert [*shop.told(0)] == [PURCHASING]


def test_the_end_of_a_shortage_is_told_once(database: Database) -> None:
    """The morning had told of it as red, and does not tell its end again."""
    shop = Shop(database, worked(first="12-04", as_of=TODAY))
    assert len(shop.news()) == 2, "in the order's department and in that of its purchase"
    shop.say("qian", "到货 PO-1 全部")
    assert [*shop.told()] == [PRODUCTION]
    assert shop.news() == []


def test_an_end_that_the_morning_has_told_is_not_told_again(database: Database) -> None:
    """What came in the night waits for eight o'clock, and the morning is half an hour before."""
    shop = Shop(database, worked(first="12-04", as_of=TODAY))
    shop.news()
    shop.office.now = datetime(2026, 12, 2, 15, 30, tzinfo=UTC)  # 23:30
    shop.say("lin", "到货 PO-1 全部")
    shop.office.now = datetime(2026, 12, 2, 23, 30, tzinfo=UTC)
    (told,) = shop.news()
    assert "MO-A 主板贴片 不再缺料" in told
    assert [*shop.told(30)] == [PURCHASING], "the buyer hears what came"


def test_an_end_that_had_no_room_is_told_in_the_morning(database: Database) -> None:
    """A message has five lines; what it leaves out is told by the next morning."""
    orders = [f"MO-{n}" for n in range(7)]
    parts = [part for n, code in enumerate(orders) for part in (
        item(code, "production", "12-03", quantity=10), needs(f"PO-{n}", code),
        bought(f"PO-{n}", "11-30", "12-04", quantity=10, product=f"料{n}"),
    )]  # fmt: skip
    shop = Shop(database, plan_of(*parts, stock={f"料{n}": (0, 0) for n in range(7)}, as_of=TODAY))
    shop.news()
    for n in range(7):
        shop.say("qian", f"到货 PO-{n} 全部")
    told = shop.told()[PRODUCTION]
    assert told.endswith("另有 2 项")
    shop.office.now = datetime(2026, 12, 2, 23, 30, tzinfo=UTC)
    (news,) = shop.news()
    assert {code for code in orders if f"{code} 主板贴片" in told} | {
        code for code in orders if f"{code} 主板贴片 不再缺料" in news
    } == {*orders}
    assert news.count("不再缺料") == 2


def test_what_is_told_of_was_looked_at_before_the_plan_is_locked(database: Database) -> None:
    shop = Shop(database, worked(first="12-04", as_of=TODAY))
    shop.say("qian", "到货 PO-1 全部")
    shop.office.environment = replace(shop.office.environment, readiness=KeptReadiness())
    (due,) = database.look(lambda uow: uow.timers.due(TODAY + timedelta(days=1)))
    assert due.kind in LOOKED_AHEAD
    database.look(lambda uow: look_ahead(shop.office.turn(uow), due))
    known = shop.office.environment.readiness.of("main")
    assert known
    assert "MO-A" in known.asked
