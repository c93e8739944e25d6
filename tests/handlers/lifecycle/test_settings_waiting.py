"""What waits for an admin's word is asked for with an end: a reminder, then it lapses, and whoever asked is told."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from cards.action import Verb
from handlers.lifecycle.settings_waiting import give_ends
from handlers.reads.trail.audit_sentences import told as in_words
from handlers.reads.trail.proof import faults
from handlers.turn import Turn
from planning.control.settings_request import SettingsRequest, Standing
from planning.control.waiting_span import WaitingSpan
from planning.plan.calendar import calendar_named
from planning.plan.hours import Window, WorkingHours
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.handlers.company import PLANNING, SALES, Company
from tests.handlers.governed import governed, newest_card, sections
from tests.small_company import organisation, plan

pytestmark = pytest.mark.both_databases
ROOM, OWN = "dingtalk:cidNew==", "dingtalk:user:stranger"


@pytest.fixture
def company(migrated_url: str) -> Iterator[Company]:
    """苏经理 is an admin as well, so that two can agree."""
    people = sections(organisation())["people"]
    people = [{**one, "roles": [*one["roles"], "admin"]} if one["id"] == "su" else one for one in people]
    with closing(Database(migrated_url, "main")) as database:
        yield governed(database, people=people).opens(plan())


async def requests(company: Company) -> list[SettingsRequest]:
    return await company.look(lambda turn: [one for n in (1, 2) if (one := turn.uow.settings_requests.get(n))])


async def test_a_role_nobody_agrees_to_is_reminded_of_once_and_lapses(company: Company) -> None:
    await company.types("admin", "人员 何佳 管理员", PLANNING)
    await company.rings(hours=9)  # 18:00 on Monday
    assert not [text for text in company.told(SALES) if "还在等" in text]
    await company.rings(hours=22)  # Tuesday, 16:00
    await company.rings(hours=1)
    (told,) = [text for text in company.told(SALES) if "还在等" in text]
    assert told == "还在等另一位管理员：何佳：加上管理员（吴凡 提出）。到 11-25 18:00 没有结果就作废。"
    await company.rings(hours=25)
    (request,) = await requests(company)
    assert (request.standing, request.decided_by) == (Standing.EXPIRED, "")
    row = await newest_card(company, SALES)
    assert company.shown(row)[-1].buttons == ()
    assert company.shown(row)[-1].status == "没有人回应，已作废"
    assert company.told(PLANNING)[-1].startswith("何佳：加上管理员：到期没有管理员回应，已作废，什么也没有改。")
    (event, *_) = await company.look(lambda turn: [e for e in turn.uow.audit.newest_first(5) if "lapsed" in e.kind])
    assert await company.look(lambda turn: in_words(turn, event)) == "没有人确认，已作废：何佳：加上管理员"
    late = await company.press("su", row, Verb.CONFIRM)
    assert "“何佳：加上管理员”到期没有人同意，已经作废" in late.summary
    people = await company.look(lambda turn: turn.organisation.people["he"].roles)
    assert {one.value for one in people} == {"planner"}
    assert not await company.look(lambda turn: faults(turn))
    before = len(company.told(SALES)), len(company.told(PLANNING))
    await company.rings(hours=48)
    assert [text for text in company.told(SALES)[before[0] :] if "何佳" in text] == []


@pytest.mark.parametrize("verb", [Verb.CONFIRM, Verb.REFUSE])
async def test_nobody_agrees_after_the_end_though_no_timer_has_rung(company: Company, verb: Verb) -> None:
    """A press comes in before the timer of a process that slept."""
    await company.types("admin", "人员 何佳 管理员", PLANNING)
    await company.types("admin", "绑定 生产部", ROOM)
    rows = [await newest_card(company, room) for room in (SALES, ROOM)]
    company.clock.move(days=30)
    for row, person in zip(rows, ("su", "admin"), strict=True):
        assert "已经作废" in (await company.press(person, row, verb)).summary
    assert [one.standing for one in await requests(company)] == [Standing.OPEN] * 2
    await company.rings(minutes=1)
    assert [one.standing for one in await requests(company)] == [Standing.EXPIRED] * 2


async def test_what_is_agreed_to_is_not_reminded_of(company: Company) -> None:
    await company.types("admin", "人员 何佳 管理员", PLANNING)
    await company.press("su", await newest_card(company, SALES), Verb.CONFIRM)
    await company.rings(days=4)
    assert not [text for text in company.told(SALES) if "还在等" in text]
    assert [one.standing for one in await requests(company)] == [Standing.DONE]


async def test_a_binding_lapses_on_the_card_where_it_was_asked(company: Company) -> None:
    await company.types("admin", "绑定 生产部", ROOM)
    row = await newest_card(company, ROOM)
    await company.rings(hours=31)
    assert company.told(ROOM)[-1].startswith("还在等管理员确认：这个群归生产部；")
    before = company.told(ROOM)
    await company.rings(hours=26)
    assert company.told(ROOM) == before, "the card there says it"
    assert company.shown(row)[-1].status == "没有人确认，已作废"
    assert await company.types("admin", "绑定 生产部", ROOM) == "", "and may be asked for again"
    assert [one.standing for one in await requests(company)] == [Standing.EXPIRED, Standing.OPEN]


async def test_somebody_unknown_is_told_that_nobody_answered(company: Company) -> None:
    await company.types("stranger", "申请加入 生产部 张三", OWN, single=True)
    await company.rings(hours=31)
    assert "还在等管理员回应：张三（钉钉 stranger） 加入生产部" in company.told(PLANNING)[-1]
    await company.rings(hours=26)
    assert "到期没有管理员回应，已作废" in company.told(OWN)[-1]
    told = await company.types("stranger", "申请加入 生产部 张三", OWN, single=True)
    assert "已经替你向管理员申请加入生产部" in told, "nobody refused: it may be asked for again"


async def test_what_an_older_program_asked_for_gets_an_end_at_the_next_start(company: Company) -> None:
    await company.types("admin", "人员 何佳 管理员", PLANNING)

    def unit(uow: UnitOfWork) -> None:
        (request,) = uow.settings_requests.open_ones()
        uow.settings_requests.keep(replace(request, expires_at=None))
        uow.timers.keep_only("setting", set())
        give_ends(Turn(uow, company.clock.now(), company.current.latest))
        uow.commit()

    company.database.write_now(unit)
    await company.rings(days=3)
    assert [one.standing for one in await requests(company)] == [Standing.EXPIRED]


@pytest.mark.parametrize(
    ("since", "days", "reminded", "expires"),
    [
        ("11-23 09:00", 3, "11-24 13:30", "11-25 18:00"),
        ("11-27 17:00", 1, "11-30 12:30", "11-30 17:00"),
        ("11-28 03:00", 2, "11-30 18:00", "12-01 18:00"),
    ],
)
def test_the_span_is_of_working_hours(since: str, days: int, reminded: str, expires: str) -> None:
    zone = ZoneInfo("Asia/Shanghai")
    hours = WorkingHours(Window(time(9), time(18)), calendar_named("china"), zone)
    span = WaitingSpan.of(datetime.fromisoformat(f"2026-{since}").replace(tzinfo=zone).astimezone(UTC), days, hours)
    local = [f"{at.astimezone(zone):%m-%d %H:%M}" for at in (span.reminded_at, span.expires_at)]
    assert local == [reminded, expires]
