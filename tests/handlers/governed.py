"""The small company with its settings in the database: what is changed in the chat is in force at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bot.kept_settings import opened
from bot.platforms import PLATFORMS
from bot.settings.file import SettingsFile
from planning.people.organisation import Organisation, Person
from storage.database import Database
from storage.delivery.cards import CardRow, Purpose
from tests.bot.delivery.scripted import StandingClock
from tests.handlers.company import Company
from tests.small_company import organisation


def sections(company: Organisation) -> dict[str, Any]:
    """Departments and people as a settings file has them."""
    return {
        "departments": [
            {"id": one.id, "name": one.name, "conversation": one.conversation, "manager": one.manager}
            for one in company.departments.values()
        ],
        "people": [_entry(one) for one in company.people.values()],
    }  # fmt: skip


def governed(database: Database, clock: StandingClock | None = None, **more: Any) -> Company:
    """Several on one database are several processes. `more`: sections instead of the small company's."""
    clock = clock or StandingClock()
    wecom = {"corp_id": "ww", "aibot": {"bot_id": "b", "secret": "s"}}
    robot = {"client_id": "d", "client_secret": "s", "card_template_id": "t"}
    values = {"dingtalk": robot, "wecom": wecom, "settings": {"source": "database"}, **sections(organisation()), **more}
    found = opened(SettingsFile.of(values, PLATFORMS).settings(clock.now()), database, clock.now())
    assert found is not None
    current = found.current["main"]
    return Company(database, clock, current.latest, current)


@contextmanager
def two_processes(url: str) -> Iterator[tuple[Company, Company]]:
    """Two of the same, each with what it knows of the settings; the database is PostgreSQL."""
    first, second = Database(url, "main"), Database(url, "main")
    try:
        here = governed(first)
        yield here, governed(second, here.clock)
    finally:
        first.close()
        second.close()


async def newest_card(company: Company, room: str) -> CardRow:
    """The newest card of a change of the settings in a conversation."""
    since = company.clock.now().replace(year=2020)
    rows = await company.look(lambda turn: turn.uow.cards.put_up_since(Purpose.SETTING, room, since))
    return rows[-1]


def _entry(person: Person) -> dict[str, Any]:
    roles = sorted(role.value for role in person.roles)
    return {"id": person.id, "name": person.name, "department": person.department, "roles": roles, **person.identities}
