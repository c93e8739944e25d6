"""A deployment with one plan or several, put together as `serve` does, on channels that note what is sent.

Every plan has the small company: the same items, and departments and people of its own. What happens in a plan happens
at times of its own, so that it can be told alike whether others are beside it.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import httpx
from sqlalchemy import select

from bot.app import Service, build
from bot.channels.common.channel import CardDelivery
from bot.channels.dingtalk.platform import DINGTALK
from bot.channels.wecom.platform import WECOM
from bot.plans.running_plan import RunningPlan
from bot.settings import settings_of
from cards.card import Card
from handlers.actions.plan.import_plan import bring_in
from handlers.events import Clicked, Said
from handlers.reads.trail.proof import faults
from handlers.turn import Turn
from planning.plan.plan import Plan
from storage.tables import metadata
from storage.tables.delivery import processes
from storage.unit_of_work import UnitOfWork
from tests.bot.delivery.scripted import Scripted
from tests.small_company import NOW, TRAITS, organisation, plan

NAMES = {"east": "华东计划", "south": "华南计划"}
TOKEN, OF_THE_LAST = "token-of-the-erp", "token-for-one-plan"
HEX = re.compile(r"(?<![0-9a-f])(?:[0-9a-f]{16}|[0-9a-f]{24}|[0-9a-f]{32})(?![0-9a-f])")
"""Ids that are drawn."""
DRAFT = re.compile(r"PV-[0-9a-f]+")
OF_A_PROCESS = ("owner", "token", "trace", "prev_hash", "hash")
"""Columns that say which process did it, or follow from what is drawn; the chains are proven apart."""
_time: ContextVar[datetime] = ContextVar("time", default=NOW)


class TimeOfItsOwn:
    """A clock for whoever moves it, and for what they set going."""

    def now(self) -> datetime:
        return _time.get()


def moves_on(**span: float) -> None:
    _time.set(_time.get() + timedelta(**span))


def document(url: str, plans: Sequence[str], guests: dict[str, list[str]] | None = None) -> dict[str, Any]:
    """The settings; of a single plan as they always were."""
    company = organisation()
    named = [{"id": one, "name": NAMES[one]} for one in plans]
    served = [
        {**one, "departments": [f"{known}-{one['id']}" for known in company.departments],
         "guests": (guests or {}).get(one["id"], [])}
        for one in named
    ]  # fmt: skip
    return {
        "calendar": "weekdays",
        "database": {"url": url},
        "dingtalk": {"client_id": "ding1", "client_secret": "secret", "card_template_id": "t.schema", "corp_id": "c"},
        "wecom": {"corp_id": "ww1", "aibot": {"bot_id": "aib1", "secret": "secret"}},
        "departments": [
            {"id": f"{one.id}-{there}", "name": f"{one.name}{there}", "conversation": f"{one.conversation}{there}",
             "manager": f"{one.manager}-{there}"}
            for there in plans
            for one in company.departments.values()
        ],
        "people": [
            {"id": f"{one.id}-{there}", "name": f"{one.name}{there}", "department": f"{one.department}-{there}",
             "roles": sorted(one.roles), **{name: f"{user}{there}" for name, user in one.identities.items()}}
            for there in plans
            for one in company.people.values()
        ],
        "fences": [
            {"id": f"stocktaking-{there}", "kind": "rolling", "days": 40,
             "scope": {"departments": [f"warehouse-{there}"]}, "approvals": [f"planning-{there}"]}
            for there in plans
        ],
        "api": {"tokens": [
            {"name": "erp", "token": TOKEN, "scopes": ["read", "write", "audit"]},
            {"name": "mes", "token": OF_THE_LAST, "scopes": ["read"], "plans": [plans[-1]]},
        ]},
        **({"plan": named[0]} if len(plans) == 1 else {"plans": served}),
    }  # fmt: skip


@dataclass
class Deployment:
    """`replicas` on one database are several processes."""

    replicas: list[Service]
    channels: dict[str, Scripted]
    _turns: dict[str, int] = field(default_factory=dict)

    def of(self, plan_id: str) -> "Hand":
        return Hand(self, plan_id)

    def next(self, plan_id: str) -> Service:
        """The processes take turns."""
        self._turns[plan_id] = turn = self._turns.get(plan_id, -1) + 1
        return self.replicas[turn % len(self.replicas)]


@asynccontextmanager
async def deployed(
    url: str, plans: Sequence[str], replicas: int = 1, guests: dict[str, list[str]] | None = None
) -> AsyncIterator[Deployment]:
    """Each plan has its first revision; time begins."""
    _time.set(NOW)
    channels = {"dingtalk": Scripted(), "wecom": Scripted(TRAITS.by_prefix["wecom"])}
    platforms = tuple(
        replace(one, channels=lambda section, site, one=one: [channels[one.name]])  # type: ignore[misc]
        for one in (DINGTALK, WECOM)
    )
    settings = settings_of(platforms).model_validate(document(url, plans, guests))
    services = [build(settings, TimeOfItsOwn(), migrate=False) for _ in range(replicas)]
    try:
        for one in services[0].plans:
            await one.database.write(lambda uow, one=one: _seed(uow, one))  # type: ignore[misc]
        for service in services:
            for one in service.plans:
                await one.scheduler.set_up()
            for channel in service.channels.values():
                await channel.start(service.inbound)
        yield Deployment(services, channels)
    finally:
        for service in services:
            for channel in service.channels.values():
                await channel.stop()
            for one in service.plans:
                await one.inbox_worker.stop()
            await asyncio.to_thread(service.database.close)


def _seed(uow: UnitOfWork, one: RunningPlan) -> None:
    bring_in(Turn(uow, _time.get(), one.environment), plan_of(one.id), "plan.csv", "test")
    uow.commit()


def _to_the_second(value: object) -> object:
    """What leaves in one unit has an order to the microsecond, which follows ids that are drawn."""
    return f"{value:%Y-%m-%dT%H:%M:%S}" if isinstance(value, datetime) else value


def plan_of(plan_id: str) -> Plan:
    whole = plan()
    items = {
        code: replace(item, department=f"{item.department}-{plan_id}",
                      also_informs=tuple(f"{one}-{plan_id}" for one in item.also_informs))
        for code, item in whole.items.items()
    }  # fmt: skip
    return replace(whole, id=plan_id, name=NAMES[plan_id], items=items)


@dataclass
class Hand:
    """What happens in one plan."""

    deployment: Deployment
    plan_id: str
    events: int = 0

    def room(self, department: str) -> str:
        return f"{organisation().departments[department].conversation}{self.plan_id}"

    async def types(self, person: str, text: str, department: str, room: str = "") -> list[str]:
        """Say something in a department's group; what was said and shown there then."""
        room = room or self.room(department)
        before = self.posts_in(room), self.titles_in(room)
        service, event = self.deployment.next(self.plan_id), self._event(person, room)
        await service.inbound.said(Said(room, "bot", event[0], event[1], text, _time.get(), single=":d-" in room))
        await self.goes_out(service)
        return [*self.posts_in(room)[len(before[0]) :], *self.titles_in(room)[len(before[1]) :]]

    async def presses(self, person: str, department: str, button: str, **inputs: str) -> Card:
        """Press a button on the newest card there that has it; the card as it answers."""
        room = self.room(department)
        sent = next(one for one in reversed(self.cards_in(room)) if button in [b.text for b in one.card.buttons])
        action = next(one.action.pack() for one in sent.card.buttons if one.text == button)
        service, event = self.deployment.next(self.plan_id), self._event(person, room)
        click = Clicked(room, "bot", *event, sent.card_id, action, _time.get(), inputs)
        answer = await service.inbound.clicked(click)
        assert answer is not None
        if answer.is_noted:
            await service.inbound.answered(click, answer)
        await self.goes_out(service)
        return answer.card

    async def asks(
        self, method: str, path: str, body: object = None, token: str = TOKEN, **query: str
    ) -> httpx.Response:
        """The API, as another system."""
        service = self.deployment.next(self.plan_id)
        transport = httpx.ASGITransport(service.web)
        async with httpx.AsyncClient(transport=transport, base_url="http://tongpan") as client:
            headers = {"Authorization": f"Bearer {token}"}
            answer = await client.request(method, path, json=body, headers=headers, params=query or None)
        if method != "GET":
            await self.goes_out(service)
        return answer

    async def rings(self, **after: float) -> None:
        moves_on(**after)
        service = self.deployment.next(self.plan_id)
        await service.of_plan(self.plan_id).scheduler.ring()
        await self.goes_out(service)

    async def goes_out(self, service: Service) -> None:
        """Everything is handled and delivered, by whichever process has the channel, then a second passes."""
        for one in service.plans:
            await one.inbox_worker.stop()
        for replica in self.deployment.replicas:
            delivery = replica.of_plan(self.plan_id).delivery
            while await delivery.deliver_due():
                await delivery.drain()
        moves_on(seconds=1)

    def cards_in(self, room: str) -> list[CardDelivery]:
        prefix, _, address = room.partition(":")
        return [one for one in self.deployment.channels[prefix].cards if one.conversation == address]

    def posts_in(self, room: str) -> list[str]:
        prefix, _, address = room.partition(":")
        return self.deployment.channels[prefix].said_in(address)

    def titles_in(self, room: str) -> list[str]:
        """What stands on top of the cards there, and their summaries."""
        shown = [one.card for one in self.cards_in(room)]
        return [" · ".join(filter(None, (card.plan, card.title, card.summary))) for card in shown]

    async def rows(self) -> dict[str, list[str]]:
        """Everything the database has of the plan, by table, without what is drawn or names a process."""
        database = self.deployment.replicas[0].of_plan(self.plan_id).database

        def all_of_them(uow: UnitOfWork) -> dict[str, list[str]]:
            found = {}
            for table in metadata.sorted_tables:
                if "plan_id" in table.c and table is not processes:
                    columns = [column for column in table.c if column.name not in OF_A_PROCESS]
                    of_plan = select(*columns).where(table.c.plan_id == self.plan_id)
                    lines = [repr([*map(_to_the_second, row)]) for row in uow._connection.execute(of_plan)]
                    found[table.name] = sorted(DRAFT.sub("PV-", HEX.sub("#", line)) for line in lines)
            return found

        return await database.read(all_of_them)

    async def unproven(self) -> list[str]:
        one = self.deployment.replicas[0].of_plan(self.plan_id)
        return await one.database.read(lambda uow: faults(Turn(uow, _time.get(), one.environment)))

    def _event(self, person: str, room: str) -> tuple[str, str]:
        """Its id, the same in each plan, and who it is by."""
        self.events += 1
        known = organisation().people[person].identities
        return f"e{self.events}", f"{known[room.partition(':')[0]]}{self.plan_id}"
