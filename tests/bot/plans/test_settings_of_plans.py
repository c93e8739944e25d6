"""Settings of several plans: what is changed in one is asked about there, and in force wherever it matters."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI

from bot.current import Current
from bot.kept_settings import opened
from bot.platforms import PLATFORMS
from bot.settings import settings_of
from bot.settings.file import SettingsFile
from bot.web import create_web
from bot.web.platform.dependencies import Served
from cards.action import Verb
from handlers.actions.control.settings_draft import Drafted, draft
from handlers.govern.kept_settings import SettingsDesk
from handlers.turn import Turn
from planning.control.settings_request import SettingsRequest, Standing
from planning.people.organisation import Person
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.bot.delivery.scripted import StandingClock
from tests.bot.plans.deployment import document
from tests.bot.web.pages.visitor import SITE, Visitor, fields_of
from tests.handlers.company import Company
from tests.handlers.governed import newest_card
from tests.small_company import plan

pytestmark = pytest.mark.both_databases
PLANS = ("east", "south")
GROUP = "dingtalk:cidNew=="


@pytest.fixture
def companies(migrated_url: str) -> Iterator[dict[str, Company]]:
    """Each plan has an admin of its own; in the south 王五 is one as well."""
    values: dict[str, Any] = {**document(migrated_url, PLANS), "settings": {"source": "database"}}
    values["server"] = {"public_url": SITE}
    for one in values["people"]:
        if one["id"] == "wang-south":
            one["roles"] = [*one["roles"], "admin"]
    clock = StandingClock()
    with closing(Database(migrated_url, "east")) as east:
        found = opened(SettingsFile.of(values, PLATFORMS).settings(clock.now()), east, clock.now())
        assert found is not None
        databases = {"east": east, "south": east.of_plan("south")}
        yield {name: _company(databases[name], clock, found.current[name], name) for name in PLANS}


def _company(database: Database, clock: StandingClock, current: Current, name: str) -> Company:
    return Company(database, clock, current.latest, current).opens(replace(plan(), id=name))


def drafts(company: Company, who: str, hours: str) -> SettingsRequest:
    def unit(uow: UnitOfWork) -> SettingsRequest:
        turn = Turn(uow, company.clock.now(), company.current.of(uow, company.clock.now()))
        uow.plans.lock()
        person: Person = turn.organisation.people[who]
        rules = [{"id": "all", "event": "any", "deadline_hours": hours}]
        found = draft(turn, person, Drafted("rules", rules, SettingsDesk(turn).document("rules", turn.now)))
        uow.commit()
        return found

    return company.database.write_now(unit)


async def deadline(company: Company) -> list[int | None]:
    return await company.look(lambda turn: [rule.deadline_hours for rule in turn.environment.rules])


async def test_a_draft_asks_the_admins_of_its_plan_and_holds_for_all(companies: dict[str, Company]) -> None:
    east, south = companies["east"], companies["south"]
    request = drafts(south, "admin-south", "8")
    await south.office.deliver()
    await east.office.deliver()
    row = await newest_card(south, "dingtalk:cidProduction==south")
    assert await east.look(lambda turn: turn.uow.settings_requests.open_ones()) == []
    assert east.office.channel.cards == []
    assert east.office.wecom.cards == []
    await south.press("wang-south", row, Verb.CONFIRM)
    assert await deadline(south) == [8] == await deadline(east)
    assert request.standing is Standing.OPEN


async def test_an_admin_of_another_plan_is_no_second_one(companies: dict[str, Company]) -> None:
    """In the east there is one; whoever is an admin in the south would never see the card."""
    east, south = companies["east"], companies["south"]
    request = drafts(east, "admin-east", "4")
    assert request.standing is Standing.DONE
    assert request.since is not None
    assert await deadline(east) == []
    east.clock.move(days=1)
    assert await deadline(east) == [4] == await deadline(south)


async def test_a_group_of_a_plan_is_bound_there(companies: dict[str, Company]) -> None:
    east, south = companies["east"], companies["south"]
    assert "没有叫“采购部south”的部门" in await east.types("admin-east", "绑定 采购部south", GROUP)
    await south.types("admin-south", "绑定 采购部south", GROUP)
    await south.press("admin-south", await newest_card(south, GROUP), Verb.CONFIRM)
    homes = await south.look(lambda turn: {d.id: d.conversation for d in turn.organisation.departments.values()})
    assert homes["purchasing-south"] == GROUP
    others = await east.look(lambda turn: [d.conversation for d in turn.organisation.departments.values()])
    assert GROUP not in others


@pytest.fixture
def site(companies: dict[str, Company]) -> FastAPI:
    east, south = companies["east"], companies["south"]
    settings = settings_of(PLATFORMS).model_validate({})
    other = Served(south.current, south.database)
    return create_web(settings, east.current, east.clock, east.database, {}, others=[other])


async def test_the_pages_act_on_the_plan_of_the_session(companies: dict[str, Company], site: FastAPI) -> None:
    south = companies["south"]
    async with Visitor.of(site) as visitor:
        await visitor.log_in(south, "admin-south")
        path = "/settings/forecast/edit"
        hidden = fields_of(await visitor.open(path))
        answer = await visitor.send(f"{path}?plan=south", do="save", prior_days="5", **hidden)
        assert answer.status_code == 303, answer.text
        assert answer.headers["location"] == "/settings/drafts/1?plan=south"
        assert (await visitor.open("/settings?plan=east")).status_code == 409
    assert len(await south.look(lambda turn: turn.uow.settings_requests.open_ones())) == 1
    assert await companies["east"].look(lambda turn: turn.uow.settings_requests.open_ones()) == []
