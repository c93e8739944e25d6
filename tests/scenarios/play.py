"""A story's hands and eyes: type in a group, find the card, press its button, read what everybody sees."""

import asyncio
import re
from dataclasses import dataclass

from bot.demo import Stage
from planning.change.change import Change
from sandbox.world import Card, ClickOutcome, Face, Person, World
from storage.unit_of_work import UnitOfWork

SECONDS = 20.0
DETAILS = "详情"
VERSION = re.compile(r"-v\d+$")


@dataclass(frozen=True, slots=True)
class Play:
    stage: Stage

    @property
    def world(self) -> World:
        return self.stage.world

    def room(self, department: str) -> str:
        """Where a department reads; of one-to-one windows, its manager's."""
        known = self.stage.service.environment.organisation.departments[department]
        if not known.conversation.startswith("wecom-app:"):
            return known.conversation
        manager = self.stage.service.environment.organisation.people[known.manager]
        return f"wecom-app:{manager.identities['wecom']}"

    def user(self, person: str) -> Person:
        return self.world.people[person]

    async def say(self, room: str, person: str, text: str) -> str:
        """Type a message and return the bot's next message in that room."""
        before = len(self.world.timeline(room))
        await self.world.say(room, person, text)
        await self.world.until(lambda: self._answers(room, before), SECONDS)
        return self._answers(room, before)[0]

    async def told(self, room: str, person: str, text: str, pattern: str) -> re.Match[str]:
        """Type a message; where what is looked for stands in one of the bot's messages that follow."""
        before = len(self.world.timeline(room))
        await self.world.say(room, person, text)

        def found() -> re.Match[str] | None:
            return next(filter(None, (re.search(pattern, said) for said in self._answers(room, before))), None)

        return await self.world.until(found, SECONDS)  # type: ignore[no-any-return]

    async def propose(self, room: str, person: str, text: str) -> Card:
        """Type a change; the preview card that answers."""
        before = len(self.world.cards_in(room))
        await self.world.say(room, person, text)
        return await self.world.until(lambda: self._previews(room, before), SECONDS)  # type: ignore[no-any-return]

    async def press(self, card: Card, person: str, text: str, **inputs: str) -> Face:
        """Press the button of that text, on the card or beside its details; the card as the person then sees it."""
        face = card.face(person)
        if text not in (texts := [button.text for button in face.buttons]) and DETAILS in texts:
            face = await self.press(card, person, DETAILS)
        actions = [button.action for button in face.buttons if button.text == text]
        assert actions, f"{person} sees no button {text} on {face.title}: {[b.text for b in face.buttons]}"
        known = len(self.world.cards_in(card.conversation))
        outcome = await self.world.click(card.conversation, person, card.id, actions[0], inputs)
        if outcome is ClickOutcome.UNANSWERED:  # a busy machine misses a platform's deadline: the card comes later
            await self.quiet()
            return await self.world.until(lambda: self._later(card, known, person, face), SECONDS)  # type: ignore[no-any-return]
        assert outcome is ClickOutcome.ANSWERED
        return card.face(person)

    async def details(self, card: Card, person: str) -> str:
        """What stands behind 详情: on a page of the card, or in a message below it."""
        before = len(self.world.timeline(card.conversation))
        page = await self.press(card, person, DETAILS)
        await self.quiet()
        await self.press(card, person, "返回")
        return "\n".join([written(page), *self._answers(card.conversation, before)])

    async def asked(self, department: str, no: str) -> Card:
        """The newest card that asks a department about a change request."""
        room = self.room(department)
        return await self.world.until(lambda: self._asking(room, department, no), SECONDS)  # type: ignore[no-any-return]

    async def shows(self, room: str, *words: str) -> Card:
        """The newest card in a room whose words are all these; waits for it."""
        return await self.world.until(lambda: self.find(room, *words), SECONDS)  # type: ignore[no-any-return]

    def find(self, room: str, *words: str) -> Card | None:
        cards = self.world.cards_in(room)
        return next((card for card in reversed(cards) if all(word in self.read(card) for word in words)), None)

    def read(self, card: Card, person: str = "") -> str:
        """Everything written on a card."""
        return written(card.face(person))

    def name(self, person: str) -> str:
        return self.world.people[person].name

    async def change(self, no: str) -> Change:
        """The change request as the database has it."""
        found = await self.stage.service.database.read(lambda uow: uow.changes.get(no))
        assert found is not None
        return found

    async def quiet(self) -> None:
        """Until everything that came in is handled, and everything that was to be sent has been."""
        async with asyncio.timeout(SECONDS):
            # Both boxes are tables: nothing but looking tells that they are empty.
            while await self.stage.service.database.read(_waiting):  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    def number(self, card: Card) -> str:
        """The change request a card is about, which has its number once it is submitted."""
        row = self.stage.service.database.look(lambda uow: uow.cards.get(VERSION.sub("", card.id)))
        assert row is not None, card.id
        return row.subject.id

    def _later(self, card: Card, known: int, person: str, before: Face) -> Face | None:
        """What it shows by now, in its place or, where a card cannot change any more, on the next of its versions."""
        new = self.world.cards_in(card.conversation)[known:]
        versions = [one for one in (card, *new) if VERSION.sub("", one.id) == VERSION.sub("", card.id)]
        face = versions[-1].face(person)
        return face if face != before else None

    def _asking(self, room: str, department: str, no: str) -> Card | None:
        wanted = f"{no} · 待{self.stage.service.environment.organisation.department_name(department)}决定"
        cards = [card for card in self.world.cards_in(room) if wanted in self.read(card)]
        return next((card for card in reversed(cards) if any(b.text == "同意" for b in card.face("").buttons)), None)

    def _previews(self, room: str, before: int) -> Card | None:
        cards = self.world.cards_in(room)[before:]
        return next((card for card in cards if "待你提交" in self.read(card)), None)

    def _answers(self, room: str, before: int) -> list[str]:
        """Messages, and cards with next steps: what is written on them and on their buttons."""
        rows = [row for row in self.world.timeline(room)[before:] if row.sender == "bot"]
        faces = {card.id: card.face("") for card in self.world.cards_in(room)}
        title = self.stage.service.environment.words("question.title")
        asked = {card: _question(face) for card, face in faces.items() if face.title == title}
        return [said for row in rows if (said := row.text or asked.get(row.card or "", ""))]


def _waiting(uow: UnitOfWork) -> bool:
    return "new" in uow.inbox.counts() or "new" in uow.outbox.counts()


def _question(face: Face) -> str:
    return "\n".join((written(face), *(button.text for button in face.buttons)))


def written(face: Face) -> str:
    facts = "\n".join(f"{name} {value}" for name, value in face.facts)
    return "\n".join((face.title, face.status, face.body, facts))
