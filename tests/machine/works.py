"""The product at work, one process after the other on one database file: hears, answers clicks, rings, delivers."""

import asyncio
import shutil
import tempfile
from collections.abc import Coroutine, MutableMapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from structlog.processors import format_exc_info
from structlog.testing import capture_logs

from cards.action import Action, Verb
from cards.faces.view import SEEN
from handlers.actions.plan.import_plan import bring_in
from handlers.events import Answer, Clicked, Said
from handlers.platforms import prefix_of
from handlers.turn import Environment, Turn
from planning.plan.plan import Plan
from planning.refusal import Refusal, Refused
from planning.schedule.schedule import place
from storage.database import Database
from storage.delivery.cards import CardRow
from storage.maintenance.migrate import upgrade
from storage.unit_of_work import UnitOfWork
from tests.bot.delivery.scripted import StandingClock
from tests.databases import filled_file
from tests.handlers.company import Company
from tests.machine import town
from tests.machine.town import GHOST

T = TypeVar("T")
ELSEWHERE = ":elsewhere"
"""Ends the name of a conversation between the bot and one person."""
OWN_DOING = ("busy", "unexpected error, see the log")
"""What a channel says that does as it is told."""


class Works:
    """`folder`: of a database that is there already, or shall stay."""

    def __init__(
        self, environment: Environment, plan: Plan | None = None, *, folder: Path | None = None,
        clock: StandingClock | None = None,
    ) -> None:  # fmt: skip
        self.folder, self._stays = folder or Path(tempfile.mkdtemp(prefix="tongpan-machine-")), folder is not None
        is_new = not any(self.folder.iterdir())
        self.url = filled_file(self.folder, upgrade if is_new else None)
        self.clock = clock or StandingClock()
        self.environment = environment
        self._loop = asyncio.new_event_loop()
        self._events = 0
        self._open()
        if is_new:
            self.company.opens(plan or town.plan())

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def close(self) -> None:
        self.database.close()
        self._loop.close()
        if not self._stays:
            shutil.rmtree(self.folder)

    # -- what people do ---------------------------------------------------------------------------------

    def say(self, person: str, text: str, *, event_id: str = "", quoted: str = "") -> Said:
        """Somebody types in the group of their own department, or to the bot alone where they are not in it."""
        said = Said(self.room(person), "bot", event_id or self.next_event(), self.user(person), text, self.now)
        said = replace(said, quoted=quoted, single=said.conversation.endswith(ELSEWHERE))
        self.hear(said)
        return said

    def hear(self, said: Said) -> None:
        """A message arrives, for the first time or again."""
        self.run(self._said(said))

    def lose(self, said: Said) -> None:
        """The message is written down, and the process ends before it is understood."""
        inbox_worker = self.company.inbox_worker
        inbox_worker._start = lambda work, conversation: work.close()  # type: ignore[method-assign]
        self.run(inbox_worker.said(said))
        self.restart()

    def pressed(self, person: str, row: CardRow, verb: Verb, choice: str = "", **inputs: str) -> Clicked:
        """What arrives when somebody presses a button of a card."""
        user = self.user(person, row.conversation)
        change = self.company.database.look(lambda uow: uow.changes.get(row.subject.id))
        seen = change.impact.hash[:SEEN] if change else ""
        action, wire_id = Action(row.card_id, verb, choice, seen).pack(), row.wire_id or row.card_id
        alone = row.conversation.endswith(ELSEWHERE)
        return Clicked(
            row.conversation, "bot", self.next_event(), user, wire_id, action, self.now, inputs, single=alone
        )

    def click(self, *events: Clicked) -> list[Answer]:
        """At the same moment."""
        async def all_at_once() -> list[Answer | None]:
            return await asyncio.gather(*(self.company.inbox_worker.clicked(event) for event in events))

        answers = self.run(all_at_once())
        assert None not in answers, "a click is always answered"
        return [answer for answer in answers if answer is not None]

    def user(self, person: str, room: str = "") -> str:
        """What the platform of a conversation calls somebody; there a person of another platform is nobody's."""
        if person == GHOST:
            return GHOST
        known = self.environment.organisation.people[person]
        return known.identities.get(prefix_of(room or self.room(person)), "")

    def room(self, person: str) -> str:
        known = self.environment.organisation.people.get(person)
        if known is None:
            return "dingtalk:cidProduction=="
        home = self.environment.conversation_of(known.department)
        if prefix_of(home) not in known.identities:
            return f"{next(iter(known.identities))}{ELSEWHERE}"
        return home

    # -- what the environment does ----------------------------------------------------------------------------

    def do(self, work: Any) -> Any:
        """Something of another system's, in one unit of work: Refused rolls it back and is given."""

        def unit(uow: UnitOfWork) -> Any:
            result = work(Turn(uow, self.now, self.environment))
            uow.commit()
            return result

        try:
            return self.database.write_now(unit)
        except Refused as refused:
            return refused.refusal

    def bring(self, wanted: Plan, source: str = "plan.csv") -> Refusal | None:
        """As the importer does: what its tables say is placed first."""

        def work(turn: Turn) -> object:
            return bring_in(turn, place(wanted, (), turn.today), source, "ops")

        found = self.do(work)
        return found if isinstance(found, Refusal) else None

    def live(self, span: timedelta) -> None:
        """Time passes and the scheduler rings in time."""
        until = self.now + span
        while (due := self.next_due(until)) is not None:
            self.clock.move(seconds=max((due - self.now).total_seconds(), 0.001))
            self.run(self.company.scheduler.ring())
        self.clock.move(seconds=max((until - self.now).total_seconds(), 0))
        self.run(self.company.scheduler.ring())

    def sleep(self, span: timedelta, environment: Environment | None = None) -> None:
        """Nothing runs for a while; then everything that was missed rings, oldest first."""
        self.clock.move(seconds=span.total_seconds())
        self.restart(environment)
        self.run(self.company.scheduler.ring())

    def deliver(self) -> None:
        self.run(self.company.office.deliver())

    def shown(self) -> list[str]:
        """Everything that went out since it was last asked for, as people read it."""
        out: list[str] = []
        for channel in (self.company.office.channel, self.company.office.wecom):
            out += [text for _, text in channel.posts]
            out += [repr((delivery.card, delivery.notice)) for delivery in channel.cards]
            channel.posts.clear()
            channel.cards.clear()
        return out

    def trouble(self, conversation: str, what: object) -> None:
        """What happens at the next call in a conversation."""
        channel = self.company.office.wecom if conversation.startswith("wecom") else self.company.office.channel
        script = channel.script[conversation.partition(":")[2]]
        if not script:  # troubles do not queue up
            script.append(what)

    def restart(self, environment: Environment | None = None) -> None:
        """A new process: nothing is left but the database and the settings."""
        self.database.close()
        self.environment = environment or self.environment
        self._open()
        self.run(self._set_up())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """What the product logs as an error is one here."""
        with capture_logs(processors=[format_exc_info]) as logged:
            result = self._loop.run_until_complete(work)
        broken = [entry for entry in logged if entry["log_level"] in ("error", "critical") and not _scripted(entry)]
        assert not broken, "\n".join(f"{entry.get('event')}\n{entry.get('exception', entry)}" for entry in broken)
        return result

    def next_event(self) -> str:
        self._events += 1
        return f"e{self._events}"

    def _open(self) -> None:
        # A environment of its own: what a process has compiled ends with it.
        self.environment = replace(self.environment, networks=type(self.environment.networks)())
        self.database = Database(self.url, "main")
        self.company = Company(self.database, self.clock, self.environment)

    async def _set_up(self) -> None:
        await self.company.scheduler.start()
        await self.company.scheduler.stop()

    async def _said(self, said: Said) -> None:
        await self.company.inbox_worker.said(said)
        await self.company.inbox_worker.stop()

    def next_due(self, until: datetime) -> datetime | None:
        timers = self.database.look(lambda uow: uow.timers.due(until))
        return timers[0].due_at if timers else None


def _scripted(entry: MutableMapping[str, Any]) -> bool:
    """The machine's own doing."""
    return "the answer was lost" in str(entry.get("exception")) or entry.get("reason") in OWN_DOING
