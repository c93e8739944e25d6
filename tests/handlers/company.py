"""The small company at work: people type and press, cards are delivered, the clock is moved."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from bot.current import Current
from bot.inbox_worker import InboxWorker
from bot.scheduler import Scheduler
from cards.action import Action, Verb
from cards.card import Card
from cards.faces.view import SEEN
from handlers.actions.plan.import_plan import bring_in
from handlers.events import Answer, Clicked, Said
from handlers.kept_outlook import KeptOutlook
from handlers.kept_readiness import KeptReadiness
from handlers.notify.render_card import draw
from handlers.platforms import prefix_of
from handlers.stocks import Stocks
from handlers.turn import Environment, Turn
from planning.change.change import Change
from planning.plan.plan import Plan
from planning.subject import Subject, SubjectKind
from storage.database import Database
from storage.delivery.cards import CardRow, Purpose
from storage.unit_of_work import UnitOfWork
from tests.bot.delivery.office import ENVIRONMENT, Office
from tests.bot.delivery.scripted import StandingClock
from tests.handlers.office import notices_arrived
from tests.previews import NEWEST, newest_change, without_key
from tests.small_company import plan

T = TypeVar("T")
PRODUCTION, PLANNING, SALES = "dingtalk:cidProduction==", "dingtalk:cidPlanning==", "wecom:sales"
PURCHASING, WAREHOUSE = "wecom:purchasing", "dingtalk:cidWarehouse=="
DECIDES = (Verb.APPROVE, Verb.REJECT, Verb.MODIFY, Verb.TRANSFER)
LATER = "改期 MO-1 推迟2天 因为 设备故障"


class Company:
    """Several on one database are several processes; they share a clock then."""

    def __init__(
        self, database: Database, clock: StandingClock | None = None, environment: Environment = ENVIRONMENT,
        current: Current | None = None,
    ) -> None:
        """`current`: of settings that are changed; None: they stay as they are."""
        stocks = Stocks(environment.stocks.backflushed)
        # As of a process of its own: nothing is known from other companies.
        environment = replace(environment, stocks=stocks, readiness=KeptReadiness(), outlooks=KeptOutlook())
        self.database, self.environment = database, environment
        self.current = current or Current(environment)
        self.office = Office(database, clock, environment=environment, current=current)
        self.clock = self.office.clock
        self.inbox_worker = InboxWorker(database, self.current, self.clock)
        self.scheduler = Scheduler(database, self.current, self.clock, self.inbox_worker)
        self._events = 0

    def opens(self, wanted: Plan | None = None) -> "Company":
        def bring(uow: UnitOfWork) -> None:
            bring_in(Turn(uow, self.clock.now(), self.environment), wanted or plan(), "plan.csv", "test")
            notices_arrived(uow, self.clock.now())
            uow.commit()

        self.database.write_now(bring)
        return self

    # -- what people do ---------------------------------------------------------------------------------

    async def types(
        self, person: str, text: str, room: str = PRODUCTION, event_id: str = "", *, single: bool = False
    ) -> str:
        """Type a message; what the bot says to it, empty when a card is the answer."""
        before, asked = len(self.told(room)), len(self.questions(room))
        await self.inbox_worker.said(replace(self.said(person, text, room, event_id), single=single))
        await self.inbox_worker.stop()
        await self.office.deliver()
        self.clock.move(seconds=1)
        return "\n".join([*self.told(room)[before:], *(card.summary for card in self.questions(room)[asked:])])

    def said(self, person: str, text: str, room: str = PRODUCTION, event_id: str = "") -> Said:
        return Said(room, "bot", event_id or self._next(), self._user(person, room), text, self.clock.now())

    async def press(
        self, person: str, row: CardRow, verb: Verb, choice: str = "", event_id: str = "", arrives: bool = True,
        on: Card | None = None, **inputs: str,
    ) -> Card:
        """Press a button; the card as the person then sees it. `arrives`: in time for the platform. `on`: the card as
        the person has it before them, whose own button it is."""
        event = self.pressed(person, row, verb, choice, event_id, on, **inputs)
        answer = await self.inbox_worker.clicked(event)
        assert answer is not None
        if arrives and answer.is_noted:
            await self.inbox_worker.answered(event, answer)
        self.clock.move(seconds=1)
        without_key(answer.card)
        return answer.card

    def pressed(
        self, person: str, row: CardRow, verb: Verb, choice: str = "", event_id: str = "", on: Card | None = None,
        **inputs: str,
    ) -> Clicked:
        shown = [on] if on else self.shown(row)[-1:]
        seen = next((button.action.seen for card in shown for button in card.buttons if button.action.verb is verb), "")
        if verb in DECIDES and not (seen or on):
            change = self.database.look(lambda uow: uow.changes.get(row.subject.id))
            seen = change.impact.hash[:SEEN] if change else ""
        action = Action(row.card_id, verb, choice, seen).pack()
        user, at = self._user(person, row.conversation), self.clock.now()
        wire_id = row.wire_id or row.card_id
        traits = self.environment.platforms.serving(row.conversation)
        alone = bool(traits.to_person) and row.conversation.startswith(traits.to_person)
        event = event_id or self._next()
        return Clicked(row.conversation, "bot", event, user, wire_id, action, at, inputs, single=alone)

    async def answers(self, event: Clicked) -> Answer:
        answer = await self.inbox_worker.clicked(event)
        assert answer is not None
        return answer

    async def proposes(self, person: str, text: str = LATER, room: str = PRODUCTION) -> str:
        """Type a change and submit it; its number."""
        assert await self.types(person, text, room) == "", "a preview is the answer"
        return await self.submits(person, await self.card(NEWEST, Purpose.PROPOSAL))

    async def submits(self, person: str, preview: CardRow) -> str:
        """Press the button; the number that the request has from then on."""
        await self.press(person, preview, Verb.SUBMIT)
        await self.office.deliver()
        return (await self.look(lambda turn: turn.uow.cards.get(preview.card_id) or preview)).subject.id

    async def leaves(self, person: str, text: str, room: str = PRODUCTION) -> str:
        """Type a leave, for which the deputy accepts to act; what the bot says to who is away."""
        told = await self.types(person, text, room)
        for asked in await self.look(lambda turn: turn.uow.delegations.current(turn.today)):
            if not asked.accepted_at:
                await self.press(asked.deputy, (await self.cards_about(asked.subject))[0], Verb.ACCEPT)
        await self.office.deliver()
        return told

    async def approves(self, no: str, *departments: str) -> None:
        """By the first approver of each; of all that are open when none is named."""
        for step in (await self.change(no)).waiting:
            if not departments or step.department in departments:
                row = await self.card(no, Purpose.APPROVAL, step.department)
                await self.press(step.approvers[0], row, Verb.APPROVE)
        await self.office.deliver()

    # -- what there is ----------------------------------------------------------------------------------

    async def look(self, what: Callable[[Turn], T]) -> T:
        """On what the settings in force say."""
        now = self.clock.now()

        def unit(uow: UnitOfWork) -> T:
            now_in_force = self.current.of(uow, now)
            known = self.environment if now_in_force.settings is None else now_in_force
            return what(Turn(uow, now, known))

        return await self.database.read(unit)

    async def change(self, no: str) -> Change:
        return await self.look(lambda turn: newest_change(turn) if no == NEWEST else turn.change(no))

    async def cards(self, no: str) -> list[CardRow]:
        return await self.cards_about((await self.change(no)).subject if no == NEWEST else Subject.of_change(no))

    async def cards_about(self, subject: Subject) -> list[CardRow]:
        return await self.look(lambda turn: turn.uow.cards.about(subject))

    async def conflict_cards(self, newer: str) -> list[CardRow]:
        """Of every conflict in which this is the request that came later."""
        known = await self.look(lambda turn: turn.uow.conflicts.of_change(newer))
        return [row for one in known if one.newer == newer for row in await self.cards_about(one.subject)]

    async def card(self, no: str, purpose: Purpose, department: str = "") -> CardRow:
        """The newest of its kind."""
        found = [row for row in await self.cards(no) if (row.purpose, row.department) == (purpose, department)]
        assert found, f"no {purpose} card for {department or 'the proposer'}"
        return found[-1]

    def shown(self, row: CardRow) -> list[Card]:
        """What a card showed, one version after the other, as far as it was sent."""
        channel = self.office.wecom if row.conversation.startswith("wecom:") else self.office.channel
        return [delivery.card for delivery in channel.cards if delivery.card_id == row.card_id]

    async def drawn(self, row: CardRow) -> Card:
        """What whoever presses it would be shown now: the card as it stands."""
        return await self.look(lambda turn: draw(turn, row))

    def told(self, room: str) -> list[str]:
        prefix, _, address = room.partition(":")
        return (self.office.wecom if prefix == "wecom" else self.office.channel).said_in(address)

    def questions(self, room: str) -> list[Card]:
        """Cards with next steps that were shown there, oldest first."""
        prefix, _, address = room.partition(":")
        channel = self.office.wecom if prefix == "wecom" else self.office.channel
        title = self.environment.words("question.title")
        return [sent.card for sent in channel.cards if sent.conversation == address and sent.card.title == title]

    async def question(self, person: str, text: str, room: str = PRODUCTION) -> CardRow:
        """Type something that is answered with next steps; its card."""
        await self.types(person, text, room)
        rows = await self.office.database.read(lambda uow: uow.questions.newest(room, person, self.clock.now()))
        assert rows is not None
        subject = Subject(SubjectKind.QUESTION, rows.id)
        return (await self.office.database.read(lambda uow: uow.cards.about(subject)))[-1]

    async def rings(self, **after: float) -> None:
        """Time passes, the scheduler rings, messages go."""
        self.clock.move(**after)
        await self.scheduler.ring()
        await self.office.deliver()

    def _user(self, person: str, room: str) -> str:
        """What the platform calls them; somebody unknown is called as they are."""
        known = self.environment.organisation.people.get(person)
        return known.identities.get(prefix_of(room), "") if known else person

    def _next(self) -> str:
        self._events += 1
        return f"e{self._events}-{id(self)}"
