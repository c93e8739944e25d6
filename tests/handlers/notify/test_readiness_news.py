"""齐套 told by itself: once, again when it has changed, and when it is over."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, event

from handlers.inbound.timers_due import look_ahead, ring, set_readiness
from handlers.kept_readiness import KeptReadiness
from handlers.notify.facts.readiness_news import tell_news
from handlers.timers import READINESS
from storage.database import Database
from storage.timers import Timer
from storage.unit_of_work import UnitOfWork
from tests.handlers.office import MOMENT, Office, asked
from tests.handlers.reads.test_ready import STEEL, worked


class Days:
    """The small company, morning by morning: what is said by itself, and where."""

    def __init__(self, database: Database) -> None:
        self.office = Office(database, now=datetime(2026, 12, 1, 23, tzinfo=UTC))

    def live(self, until: str) -> list[tuple[str, str]]:
        """Let the timers ring until a local time of a day, `12-03 08:00`; what was said of 齐套."""
        moment = datetime.fromisoformat(f"2026-{until.replace(' ', 'T')}:00+08:00").astimezone(UTC)
        told = []
        while due := self.office.database.look(lambda uow: uow.timers.due(moment)):
            self.office.now = max(self.office.now, due[0].due_at)
            self.office.database.write_now(lambda uow: self._ring(uow, due[0]))
            told += self._said()
        self.office.now = max(self.office.now, moment)
        return told

    def _ring(self, uow: UnitOfWork, timer: object) -> None:
        ring(self.office.turn(uow), timer)  # type: ignore[arg-type]
        uow.commit()

    def _said(self) -> list[tuple[str, str]]:
        def unit(uow: UnitOfWork) -> list[tuple[str, str]]:
            told = []
            while messages := uow.outbox.claim(self.office.now + MOMENT, 99):
                for message in messages:
                    uow.outbox.sent(message, self.office.now)
                    told.append((message.conversation, message.body or asked(uow, message)))
            uow.commit()
            return told

        return [(where, text) for where, text in self.office.database.write_now(unit) if "齐套 ·" in text]


@pytest.fixture
def days(database: Database) -> Days:
    days = Days(database)
    days.office.bring(worked(first="12-04", as_of=days.office.now))

    def unit(uow: UnitOfWork) -> None:
        set_readiness(days.office.turn(uow))
        uow.commit()

    days.office.database.write_now(unit)
    return days


RED = (
    "**🔴 齐套 · 3 个工作日内开工 2 单：绿 1 黄 0 红 1**\n"
    "- 🔴 MO-A 主板贴片 12-03 开工 · 钢板 需300件 有250 缺50 · 预计 12-07（PO-1）\n"
    "- 可先做 250件；不改的话 12-07 才能开，推迟 2 个工作日\n- 找谁：采购部 钱波（PO-1）\n\n库存截至 07:00"
)

OFFERED = "\n[催 PO-1]\n[先做 250]\n[提出变更]\n[已解决]"


def test_a_red_one_is_told_where_somebody_can_act(days: Days) -> None:
    """In the order's department and in that of the purchase it waits for; to nobody else."""
    told = dict(days.live("12-02 08:00"))
    assert told == {"dingtalk:cidProduction==": RED + OFFERED, "wecom:purchasing": RED}


def test_an_unchanged_red_is_not_told_again(days: Days) -> None:
    days.live("12-02 08:00")
    assert [text for _, text in days.live("12-03 08:00") if "3 个工作日内" in text] == []


def test_a_day_that_moves_is_told(days: Days) -> None:
    days.live("12-02 08:00")
    days.office.say("qian", "到货 PO-1 10 余下 12-08")
    (_, text), _ = [one for one in days.live("12-03 08:00") if "3 个工作日内" in one[1]]
    assert "钢板 需300件 有260 缺40 · 预计 12-09（PO-1）" in text


def test_goods_of_which_nobody_says_anything_are_told_once(days: Days) -> None:
    """PO-1 was to come on Friday: on Monday it has not, and from then on its day is always the next one. That is news
    once; a day that is said is news again."""
    def mornings(*ends: str) -> list[list[str]]:
        told = [[text for _, text in days.live(f"{end} 08:00") if "3 个工作日内" in text] for end in ends]
        return [[text.split("预计 ")[1][:5] for text in one] for one in told]

    assert mornings("12-02", "12-03", "12-04") == [["12-07"] * 2, [], []]
    assert mornings("12-07", "12-08", "12-09") == [["12-09"] * 2, [], []]
    days.office.say("qian", "到货 PO-1 10 余下 12-14")
    assert mornings("12-10", "12-11") == [["12-15"] * 2, []]


def test_its_end_is_told_where_its_beginning_was(days: Days) -> None:
    days.live("12-02 08:00")
    days.office.wait(hours=1)
    days.office.bring(worked(first="12-04", as_of=days.office.now, stock={STEEL: (900, 50)}))
    told = [one for one in days.live("12-03 08:00") if "3 个工作日内" in one[1]]
    assert [where for where, _ in told] == ["dingtalk:cidProduction=="]
    assert "🟢 MO-A 主板贴片 不再缺料：料齐，可以开工" in told[0][1]
    assert [one for one in days.live("12-04 08:00") if "3 个工作日内" in one[1]] == []


def test_in_the_evening_what_starts_next(days: Days) -> None:
    days.live("12-02 08:00")
    ((where, text),) = days.live("12-02 18:30")
    assert where == "dingtalk:cidProduction=="
    assert text.startswith("**🔴 齐套 · 12-03 开工 1 单：绿 0 黄 0 红 1**\n- 🔴 MO-A 主板贴片 12-03 开工")


def test_nothing_on_a_day_off(days: Days) -> None:
    days.live("12-04 23:00")
    assert days.live("12-06 23:00") == []


def test_the_digest_names_it_with_its_age(days: Days) -> None:
    days.live("12-02 08:00")
    digest = days.office.say("han", "早会 今天 生产部")
    line = "- 🔴 MO-A 主板贴片 12-03 开工 · 钢板 需300件 有250 缺50 · 预计 12-07（PO-1）（12-02 起）"
    assert f"**齐套**\n{line}" in digest


def test_what_was_looked_at_ahead_is_not_read_while_the_plan_is_locked(days: Days) -> None:
    days.office.say("qian", "到货 PO-1 20")
    read, due = list[bool](), Timer(READINESS, "07:30", days.office.now)
    for is_looked_ahead in (False, True):
        statements = list[str]()
        days.office.environment = replace(days.office.environment, readiness=KeptReadiness())
        if is_looked_ahead:
            days.office.database.look(lambda uow: look_ahead(days.office.turn(uow), due))

        def heard(
            _: Any, __: Any, statement: str, values: object, *___: Any, said: list[str] = statements
        ) -> None:
            said.append(f"{statement} {values}")

        event.listen(Engine, "before_cursor_execute", heard)
        days.office.database.write_now(lambda uow: tell_news(days.office.turn(uow)))
        event.remove(Engine, "before_cursor_execute", heard)
        read.append(any("FROM reports" in said and "PO-2" in said for said in statements))
    assert read == [True, False]
