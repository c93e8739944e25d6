"""The seeded company looks alive on any day and its people can decide about its plan."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from bot.company import Company, load_company, load_reports, load_stories, settings_document
from bot.platforms import PLATFORMS
from bot.settings import load_settings, settings_of
from planning.people.organisation import Role
from planning.plan.calendar import calendar_named
from planning.plan.item import Constraint, Item, Mode, Status
from planning.plan.link import Drives

DAYS = [
    pytest.param(date(2026, 11, 23), id="a Monday"),
    pytest.param(date(2026, 11, 21), id="a Saturday"),
    pytest.param(date(2026, 2, 14), id="a make-up Saturday before the Spring Festival"),
    pytest.param(date(2026, 10, 3), id="within the National Day holidays"),
    pytest.param(date(2027, 3, 1), id="past the published holidays"),
]
SECTIONS = {
    "dingtalk": {"client_id": "ding1", "client_secret": "s", "card_template_id": "t.schema"},
    "wecom": {
        "corp_id": "ww1",
        "app": {"agent_id": 1000002, "secret": "s", "token": "t", "encoding_aes_key": "a" * 43},
        "aibot": {"bot_id": "aib1", "secret": "s"},
    },
}


@pytest.fixture(params=DAYS)
def today(request: pytest.FixtureRequest) -> date:
    day: date = request.param
    return day


@pytest.fixture
def company(today: date) -> Company:
    return load_company(today)


def departments_of(items: Iterable[Item]) -> set[str]:
    return {item.department for item in items}


def test_sixty_items_and_more_of_all_eight_departments(company: Company) -> None:
    items = company.plan.items.values()
    assert len(items) >= 60
    assert len(company.organisation.departments) == 8
    assert departments_of(items) == set(company.organisation.departments)


def test_the_plan_hangs_together_from_promotion_to_payment(company: Company) -> None:
    after: dict[str, list[str]] = {}
    for link in company.plan.links:
        after.setdefault(link.predecessor, []).append(link.successor)
    reached, waiting = set(), ["PR-11"]
    while waiting:
        code = waiting.pop()
        if code not in reached:
            reached.add(code)
            waiting += after.get(code, [])
    chain = {"SO-1042", "MP-1042", "MO-2421", "MO-2422", "QA-4422", "WR-5421", "DL-6421", "PAY-7422"}
    assert chain <= reached


def test_it_looks_alive_on_any_day(company: Company, today: date) -> None:
    items = list(company.plan.items.values())
    now = calendar_named("china").on_or_after(today)
    assert {Status.CLOSED, Status.DONE, Status.IN_PROGRESS, Status.RELEASED, Status.CONFIRMED} <= {
        item.status for item in items
    }
    assert all(item.finish < now for item in items if item.status in (Status.DONE, Status.CLOSED))
    assert all(item.start <= now <= item.finish for item in items if item.status is Status.IN_PROGRESS)
    assert all(item.start >= now for item in items if not item.status.has_started)
    due_today = [item for item in items if item.finish == now and not item.status.is_over]
    assert len(departments_of(due_today)) >= 5


def test_nothing_promised_is_late_and_something_is_at_risk(company: Company) -> None:
    working = calendar_named("china")
    slack = [
        working.between(item.finish, item.constraint_date)
        for item in company.plan.items.values()
        if item.constraint is Constraint.FINISH_NO_LATER_THAN and item.constraint_date and not item.status.is_over
    ]
    assert min(slack) >= 0
    assert len([days for days in slack if days <= 1]) >= 2


def test_every_date_is_a_working_day_and_durations_agree(company: Company) -> None:
    working = calendar_named("china")
    for item in company.plan.items.values():
        assert working.is_working(item.start), item.code
        assert item.finish == working.finish_of(item.start, item.duration), item.code


def test_purchases_not_yet_placed_are_as_late_as_the_need_allows(company: Company) -> None:
    plan, working = company.plan, calendar_named("china")
    assert plan.items["PO-3421"].mode is Mode.ALAP
    assert working.between(plan.items["PO-3421"].finish, plan.items["QA-4421"].start) == 1
    assert working.between(plan.items["QA-4421"].finish, plan.items["MO-2421"].start) == 1


def test_every_supply_covers_what_is_asked_of_it_and_no_lot_more(company: Company) -> None:
    asked: dict[str, Fraction] = {}
    for link in company.plan.links:
        driver, driven = link.ends if link.drives is Drives.SUCCESSOR else link.ends[::-1]
        quantity = company.plan.items[driver].quantity
        if link.ratio and quantity:
            gross = Fraction(quantity) * Fraction(link.ratio) / (1 - Fraction(link.scrap))
            asked[driven] = asked.get(driven, Fraction(0)) + gross
    assert len(asked) > 30
    for code, wanted in asked.items():
        item = company.plan.items[code]
        assert item.quantity is not None
        assert 0 <= Fraction(item.quantity) - wanted < (item.lot_multiple or 1), code


def test_stock_is_of_products_that_are_bought(company: Company) -> None:
    bought = {item.product for item in company.plan.items.values() if item.type == "purchase" and item.product}
    assert set(company.plan.stock) == bought


def test_every_department_has_an_approver_and_another_planner(company: Company) -> None:
    organisation = company.organisation
    for department in organisation.departments:
        members = organisation.members(department)
        approvers = {p.id for p in members if p.has(Role.APPROVER)}
        planners = {p.id for p in members if p.has(Role.PLANNER)}
        assert approvers, department
        assert planners - approvers, department
    assert [p.name for p in organisation.with_role(Role.COORDINATOR)] == ["林静"]
    assert len(organisation.with_role(Role.ADMIN)) == 1
    assert 18 <= len(organisation.people) <= 24


def test_people_are_on_one_or_both_platforms(company: Company) -> None:
    both = [p for p in company.residents if p.dingtalk and p.wecom]
    assert all(p.dingtalk or p.wecom for p in company.residents)
    assert 3 <= len(both) < len(company.residents)


def test_every_room_holds_only_people_of_its_platform(company: Company) -> None:
    residents = {resident.id: resident for resident in company.residents}
    platforms = {room.platform for room in company.rooms}
    assert platforms == {"dingtalk", "wecom", "wecom-app"}
    for room in company.rooms:
        assert room.members, room
        assert all(getattr(residents[id], room.platform.partition("-")[0]) for id in room.members), room
    conversations = {d.conversation for d in company.organisation.departments.values()}
    groups = {room.key for room in company.rooms if not room.single}
    assert groups == {c for c in conversations if not c.startswith("wecom-app")}


def test_every_approver_can_see_the_department_s_cards(company: Company) -> None:
    for person in company.organisation.with_role(Role.APPROVER):
        rooms = [room for room in company.rooms if room.department == person.department]
        assert any(person.id in room.members for room in rooms), person.name


def test_owners_are_people_of_the_item_s_department(company: Company) -> None:
    for item in company.plan.items.values():
        assert company.organisation.people[item.owner].department == item.department, item.code


def test_the_settings_need_no_warning(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(yaml.safe_dump(settings_document(SECTIONS), allow_unicode=True), encoding="utf-8")
    settings = load_settings(path, {}, PLATFORMS)
    assert settings.warnings == ()
    assert settings.organisation() == load_company(date(2026, 11, 23)).organisation
    put_together = settings_of(PLATFORMS).model_validate(settings_document(SECTIONS))
    assert put_together.model_dump() == settings.model_dump()


def test_the_stories_are_typed_by_someone_who_may_in_a_group_they_are_in(company: Company) -> None:
    stories = load_stories()
    assert len(stories) == 5
    for story in (*stories, *load_reports()):
        person = company.organisation.people[story.person]
        assert person.has(Role.PLANNER), story.id
        assert story.item in company.plan.items
        room = next(r for r in company.rooms if r.department == story.department)
        assert person.id in room.members, story.id
    typed_on = {company.organisation.departments[s.department].conversation.partition(":")[0] for s in stories}
    assert typed_on == {"dingtalk", "wecom"}
