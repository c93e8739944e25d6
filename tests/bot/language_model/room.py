"""A small company whose bot may ask a language model, over a real socket."""

import contextlib
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bot.inbox_worker import InboxWorker
from bot.language_model.asking import Asking, Fuse
from bot.language_model.client import ChatModel
from handlers.language_terms import LanguageTerms
from planning.plan.plan import Plan
from sandbox.language_model import PATH, LanguageModel
from storage.database import Database
from storage.delivery.language_calls import LanguageSpent
from storage.maintenance.migrate import upgrade
from storage.trail.audit import Wanted
from tests.bot.delivery.office import ENVIRONMENT
from tests.bot.delivery.scripted import StandingClock
from tests.databases import filled_database, opened
from tests.handlers.company import PRODUCTION, Company
from tests.small_company import plan

KEY, NAME = "sk-0nly-f0r-tests", "some-model"
TERMS = LanguageTerms(NAME, 1000)
PATIENT, SECONDS = 60.0, 0.5
"""Of a call, where it is to be answered however busy the machine is, and where it is meant to be late."""
ASKS = "耳机组装做到哪了"
"""Words of which there are guesses only."""
SECRETS = {"客户": "深圳市星河电子有限公司", "单价": "12.80", "成本说明": "含返利，不对外"}


def masked_plan() -> Plan:
    """Everything in it has a customer and a price, which are masked."""
    bare = plan()
    return replace(bare, items={code: replace(item, attributes=SECRETS) for code, item in bare.items.items()})


def with_secrets(url: str) -> None:
    upgrade(url)
    with opened(url) as database:
        Company(database).opens(masked_plan())


@dataclass
class Room:
    company: Company
    model: LanguageModel
    fuse: Fuse

    async def says(self, text: str, person: str = "han", room: str = PRODUCTION) -> str:
        return await self.company.types(person, text, room)

    async def offers(self, text: str, person: str = "han", room: str = PRODUCTION) -> list[str]:
        """Commands that are offered for these words; none where they get no next steps."""
        await self.says(text, person, room)
        now = self.company.clock.now()
        asked = await self.company.look(lambda turn: turn.uow.questions.newest(room, person, now))
        return [offer.command for offer in asked.offers] if asked and asked.said == text else []

    def proposing(self, *commands: object) -> None:
        self.model.proposes = lambda said: commands

    async def state(self) -> tuple[int, Mapping[str, int], int]:
        """What nothing that the model does may change."""
        return await self.company.look(
            lambda turn: (turn.uow.plans.head(), turn.uow.changes.counts(), turn.uow.reports.last())
        )

    async def spent(self) -> LanguageSpent:
        return await self.company.look(lambda turn: turn.uow.language_calls_of("main").of("2026-11"))

    async def recorded(self) -> list[Mapping[str, str]]:
        """Facts of what the trail has of calls, oldest first."""
        wanted = Wanted(kinds=("language.asked",))
        found = await self.company.look(lambda turn: turn.uow.audit.newest_first(99, wanted=wanted))
        return [event.facts for event in reversed(found)]


def company_asking(
    database: Database, url: str, *, fuse: Fuse | None = None, terms: LanguageTerms = TERMS, seconds: float = PATIENT,
    clock: StandingClock | None = None,
) -> tuple[Company, ChatModel]:
    company = Company(database, clock, environment=replace(ENVIRONMENT, language_model=terms))
    client = ChatModel(f"{url}{PATH}", KEY, NAME, seconds)
    asking = Asking(client, fuse or Fuse(), database, company.current, company.clock)
    company.inbox_worker = InboxWorker(database, company.current, company.clock, asking)
    return company, client


@contextlib.asynccontextmanager
async def room_in(
    backend: str, place: Path, *, terms: LanguageTerms = TERMS, seconds: float = PATIENT,
    filling: Callable[[str], None] = with_secrets,
) -> AsyncIterator[Room]:
    model, fuse = LanguageModel(KEY, NAME), Fuse()
    with filled_database(backend, place, filling) as url, opened(url) as database:
        async with model.served() as address:
            company, client = company_asking(database, address, fuse=fuse, terms=terms, seconds=seconds)
            try:
                yield Room(company, model, fuse)
            finally:
                await company.inbox_worker.stop()
                await client.close()
    assert not model.refused, model.refused


