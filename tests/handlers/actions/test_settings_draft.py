"""A section that an admin drafts: a second one agrees, it begins on its day, and until then it can be stopped."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from typing import Any

import pytest

from cards.action import Verb
from handlers.actions.control.settings_draft import Drafted, agree, draft
from handlers.govern.kept_settings import SettingsDesk
from handlers.reads.trail.audit_sentences import told as in_words
from handlers.reads.trail.proof import faults
from handlers.turn import Turn
from planning.control.settings_request import SettingsRequest, Standing
from planning.people.organisation import Person
from planning.refusal import Refused
from planning.trail.audit import Kind
from storage.database import Database
from tests.handlers.company import PLANNING, PRODUCTION, Company
from tests.handlers.governed import governed, newest_card, sections
from tests.small_company import NOW, TODAY, organisation, plan

pytestmark = pytest.mark.both_databases
BIG: dict[str, Any] = {"id": "big", "event": "any", "when": "days > 3", "deadline_hours": "24"}
ALL = {"id": "rest", "event": "any"}
THURSDAY = date(2026, 11, 26)


@pytest.fixture
def company(migrated_url: str) -> Iterator[Company]:
    """王五 is an admin as well, so that two can agree."""
    people = sections(organisation())["people"]
    people = [{**one, "roles": [*one["roles"], "admin"]} if one["id"] == "wang" else one for one in people]
    with closing(Database(migrated_url, "main")) as database:
        yield governed(database, people=people, rules=[BIG, ALL]).opens(plan())


@pytest.fixture
def alone(migrated_url: str) -> Iterator[Company]:
    with closing(Database(migrated_url, "main")) as database:
        yield governed(database, rules=[BIG, ALL]).opens(plan())


def act(company: Company, work: Any, person: str = "admin") -> Any:
    def unit(uow: Any) -> Any:
        turn = Turn(uow, company.clock.now(), company.current.of(uow, company.clock.now()))
        uow.plans.lock()
        found = work(turn, turn.organisation.people[person])
        uow.commit()
        return found

    return company.database.write_now(unit)


def drafts(company: Company, rules: list[dict[str, Any]], **more: Any) -> SettingsRequest:
    """Typed over what is in force."""

    def work(turn: Turn, person: Person) -> SettingsRequest:
        base = more.pop("base", None) or SettingsDesk(turn).document("rules", turn.now)
        return draft(turn, person, Drafted("rules", rules, base, **more))

    request: SettingsRequest = act(company, work)
    return request


async def rules(company: Company) -> dict[str, int | None]:
    return await company.look(lambda turn: {rule.id: rule.deadline_hours for rule in turn.environment.rules})


def hours(value: str) -> list[dict[str, Any]]:
    return [BIG | {"deadline_hours": value}, ALL]


async def test_a_second_admin_agrees_and_it_is_in_effect_at_once(company: Company) -> None:
    drafts(company, hours("8"), why="压缩审批")
    await company.office.deliver()
    row = await newest_card(company, PRODUCTION)
    (shown,) = company.shown(row)
    assert shown.body == "吴凡 要改设置：触发规则：big：审批期限（小时） 24 → 8。同意后马上生效。\n\n理由：压缩审批"
    assert [button.text for button in shown.buttons] == ["同意", "不同意"]
    assert (await rules(company))["big"] == 24, "not yet"
    assert "提出的人" in (await company.press("admin", row, Verb.CONFIRM)).summary
    assert "没有改人员和群的权限" in (await company.press("he", row, Verb.CONFIRM)).summary
    done = await company.press("wang", row, Verb.CONFIRM)
    assert (done.status, done.buttons) == ("王五 已同意", ())
    assert (await rules(company))["big"] == 8
    (version,) = await company.look(lambda turn: turn.uow.settings_of("main").of_section("rules")[-1:])
    assert (version.version, version.made_by, version.approved_by, version.note) == (2, "admin", "wang", "压缩审批")
    events = await company.look(lambda turn: turn.uow.audit.newest_first(9))
    told = await company.look(lambda turn: [in_words(turn, one) for one in events if one.kind.startswith("settings.")])
    assert told[:2] == [
        "吴凡 改了设置 触发规则：big：审批期限（小时） 24 → 8，王五 同意，成为第 2 版",
        "吴凡 起草了设置 触发规则：big：审批期限（小时） 24 → 8",
    ]
    assert not await company.look(lambda turn: faults(turn))


async def test_from_a_day_on(company: Company) -> None:
    drafts(company, hours("8"), begins=THURSDAY)
    await company.office.deliver()
    row = await newest_card(company, PRODUCTION)
    assert company.shown(row)[-1].body.endswith("同意后从 11-26 起生效。")
    done = await company.press("wang", row, Verb.CONFIRM)
    assert done.status == "王五 已同意，11-26 起生效"
    assert [button.text for button in done.buttons] == ["叫停"]
    assert (await rules(company))["big"] == 24
    company.clock.move(days=2, hours=15)  # Wednesday, 24:00
    assert (await rules(company))["big"] == 8
    late = await company.press("lin", row, Verb.REFUSE)
    assert "已经生效，叫停不了" in late.summary
    assert (await rules(company))["big"] == 8


async def test_a_coordinator_stops_it_before_its_day(company: Company) -> None:
    drafts(company, hours("8"), begins=THURSDAY)
    await company.office.deliver()
    row = await newest_card(company, PRODUCTION)
    await company.press("wang", row, Verb.CONFIRM)
    assert "不能叫停" in (await company.press("he", row, Verb.REFUSE)).summary
    done = await company.press("lin", row, Verb.REFUSE)
    assert (done.status, done.buttons) == ("林静 已叫停", ())
    company.clock.move(days=5)
    assert (await rules(company))["big"] == 24
    assert "已经有了结果" in (await company.press("wang", row, Verb.CONFIRM)).summary
    assert not await company.look(lambda turn: faults(turn))


async def test_the_only_admin_waits_for_the_next_working_day_and_the_coordinators_hear_of_it(alone: Company) -> None:
    alone.clock.move(days=4)  # Friday
    request = drafts(alone, hours("8"))
    await alone.office.deliver()
    row = await newest_card(alone, PLANNING)
    (shown,) = alone.shown(row)
    assert shown.body == (
        "吴凡 改了设置：触发规则：big：审批期限（小时） 24 → 8。没有另一位管理员可以同意，"
        "11-30 起生效；不妥请在那之前叫停。"
    )
    assert [button.text for button in shown.buttons] == ["叫停"]
    assert (request.standing, (await rules(alone))["big"]) == (Standing.DONE, 24)
    alone.clock.move(days=2)
    assert (await rules(alone))["big"] == 24, "Sunday"
    alone.clock.move(hours=15)
    assert (await rules(alone))["big"] == 8


async def test_what_the_only_admin_wants_is_stopped(alone: Company) -> None:
    drafts(alone, hours("8"))
    await alone.office.deliver()
    assert (await alone.press("lin", await newest_card(alone, PLANNING), Verb.REFUSE)).status == "林静 已叫停"
    alone.clock.move(days=3)
    assert (await rules(alone))["big"] == 24


async def test_two_drafts_of_one_section_are_both_kept(company: Company) -> None:
    first, second = drafts(company, hours("8")), drafts(company, [BIG, ALL | {"deadline_hours": "4"}])
    for one in (first, second):
        act(company, lambda turn, person, one=one: agree(turn, one, person), "wang")
    assert await rules(company) == {"big": 8, "rest": 4}


async def test_what_both_changed_is_refused_with_its_place(company: Company) -> None:
    first, second = drafts(company, hours("8")), drafts(company, hours("4"))
    act(company, lambda turn, person: agree(turn, first, person), "wang")
    with pytest.raises(Refused) as refused:
        act(company, lambda turn, person: agree(turn, second, person), "wang")
    found = refused.value.refusal
    assert (found.code, found.facts["where"]) == ("settings-clash", "big.deadline_hours")
    assert (await rules(company))["big"] == 8


async def test_what_is_changed_today_is_not_taken_back_by_what_begins_later(company: Company) -> None:
    later = drafts(company, hours("8"), begins=THURSDAY)
    act(company, lambda turn, person: agree(turn, later, person), "wang")
    now = drafts(company, [BIG, ALL | {"deadline_hours": "4"}])
    act(company, lambda turn, person: agree(turn, now, person), "wang")
    assert await rules(company) == {"big": 24, "rest": 4}
    company.clock.move(days=3)
    assert await rules(company) == {"big": 8, "rest": 4}
    again = drafts(company, [BIG | {"deadline_hours": "8"}, ALL])
    act(company, lambda turn, person: agree(turn, again, person), "wang")
    assert await rules(company) == {"big": 8, "rest": None}


async def test_sections_are_right_together_on_every_day_to_come(company: Company) -> None:
    """What is agreed to for Thursday names a department that goes today."""
    old = await company.look(lambda turn: SettingsDesk(turn).document("departments", turn.now))
    new = [*old, {"id": "qa", "name": "质检部", "conversation": "dingtalk:qa"}]

    def says(section: str, document: Any, base: Any, begins: date | None = None) -> None:
        wanted = Drafted(section, document, base, begins)
        request = act(company, lambda turn, person: draft(turn, person, wanted))
        act(company, lambda turn, person: agree(turn, request, person), "wang")

    says("departments", new, old)
    says("rules", [BIG | {"approvals": ["qa"]}, ALL], [BIG, ALL], THURSDAY)
    with pytest.raises(Refused) as refused:
        says("departments", old, new)
    found = refused.value.refusal
    assert (found.code, found.facts["day"]) == ("settings-mistakes-later", "2026-11-26")
    assert "rules[0].approvals" in str(found.facts["mistakes"])
    company.clock.move(days=4)
    assert await company.look(lambda turn: turn.environment.rules[0].approvals) == ("qa",)


@pytest.mark.parametrize("first", [THURSDAY, THURSDAY + timedelta(days=1)])
async def test_what_begins_earlier_is_not_lost_in_what_begins_later(company: Company, first: date) -> None:
    """In whatever order they are agreed to; the second says a part of what the first does."""
    other = THURSDAY if first != THURSDAY else None
    both = drafts(company, [BIG | {"deadline_hours": "8"}, ALL | {"deadline_hours": "4"}], begins=first)
    act(company, lambda turn, person: agree(turn, both, person), "wang")
    part = drafts(company, hours("8"), begins=other)
    act(company, lambda turn, person: agree(turn, part, person), "wang")
    company.clock.move(days=2, hours=15)
    assert (await rules(company))["big"] == 8
    company.clock.move(days=1)
    assert await rules(company) == {"big": 8, "rest": 4}


async def test_a_version_of_before_is_repeated_as_a_whole(company: Company) -> None:
    first = drafts(company, hours("8"), begins=THURSDAY)
    act(company, lambda turn, person: agree(turn, first, person), "wang")
    back = drafts(company, [BIG, ALL], begins=THURSDAY + timedelta(days=1), back_to=1)
    assert back.facts["change"] == "触发规则：big：审批期限（小时） 8 → 24"


async def test_what_says_otherwise_what_begins_later_is_refused(company: Company) -> None:
    later = drafts(company, hours("8"), begins=THURSDAY)
    act(company, lambda turn, person: agree(turn, later, person), "wang")
    now = drafts(company, hours("4"))
    with pytest.raises(Refused) as refused:
        act(company, lambda turn, person: agree(turn, now, person), "wang")
    assert refused.value.refusal.code == "settings-later"


@pytest.mark.parametrize(
    ("document", "more", "code"),
    [
        (hours("8"), {"begins": TODAY - timedelta(days=1)}, "settings-past"),
        ([BIG, ALL], {}, "settings-same"),
        (hours("many"), {}, "settings-mistakes"),
        ([BIG | {"when": "days >"}, ALL], {}, "settings-mistakes"),
        ([BIG | {"approvals": ["role:nobody"]}, ALL], {}, "settings-mistakes"),
    ],
)
async def test_what_cannot_be_is_not_drafted(
    company: Company, document: list[dict[str, Any]], more: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        drafts(company, document, **more)
    assert refused.value.refusal.code == code
    assert await company.look(lambda turn: turn.uow.settings_requests.open_ones()) == []


async def test_nobody_but_an_admin_drafts(company: Company) -> None:
    def wants(turn: Turn, person: Person) -> SettingsRequest:
        return draft(turn, person, Drafted("rules", [], []))

    with pytest.raises(Refused) as refused:
        act(company, wants, "lin")
    assert refused.value.refusal.code == "may-not-set"


async def test_a_draft_is_not_agreed_to_after_its_end(company: Company) -> None:
    request = drafts(company, hours("8"))
    assert request.expires_at is not None
    company.clock.move(seconds=(request.expires_at - NOW).total_seconds())
    with pytest.raises(Refused) as refused:
        act(company, lambda turn, person: agree(turn, request, person), "wang")
    assert refused.value.refusal.code == "setting-expired"
    company.clock.move(seconds=-1)
    act(company, lambda turn, person: agree(turn, request, person), "wang")
    assert (await rules(company))["big"] == 8


async def test_a_draft_lapses(company: Company) -> None:
    drafts(company, hours("8"))
    await company.rings(hours=14)
    await company.rings(days=3)
    assert company.told(PLANNING)[-1].startswith("触发规则：big：审批期限（小时） 24 → 8：到期没有管理员回应")
    assert (await rules(company))["big"] == 24
    newest = await company.look(lambda turn: [one.kind for one in turn.uow.audit.newest_first(3)])
    assert Kind.SETTINGS_LAPSED in newest


def test_the_day_it_was_drafted_for_may_have_come(company: Company) -> None:
    request = drafts(company, hours("8"), begins=TODAY + timedelta(days=1))
    company.clock.move(days=2)
    act(company, lambda turn, person: agree(turn, request, person), "wang")
    versions = company.database.look(lambda uow: uow.settings_of("main").of_section("rules"))
    assert versions[-1].effective_from == company.clock.now() != NOW
