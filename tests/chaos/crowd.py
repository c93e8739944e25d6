"""A crowd that says things of which each can be told from all others in what comes of it: an answer, or a card."""

import asyncio
import re
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import count
from pathlib import Path
from random import Random

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.pool import NullPool

from sandbox.dingtalk import Limits
from sandbox.dingtalk.pushes import Push
from sandbox.directory import one_to_one
from sandbox.world import Conversation, Person, Platform
from tests.bot.channels.product import eventually
from tests.chaos import books
from tests.chaos.nursery import Born
from tests.scenarios.process import Town, town

ANYTHING_GOES: Mapping[str, Mapping[str, object]] = {
    "limits": {
        "person_burst": 100_000, "person_per_minute": 100_000,
        "conversation_burst": 100_000, "conversation_per_minute": 100_000,
        "open_per_proposer": 0, "open_per_item": 0, "waiting_messages": 0, "waiting_answers": 0, "api_per_minute": 0,
    },
    "dingtalk": {"monthly_calls": 0},
    "api": books.API,
}  # fmt: skip
"""Settings under which nobody in the crowd is asked to be quiet."""
GENEROUS = Limits(deliveries=1, monthly_calls=10**9)
AGAIN = Limits(deliveries=200, redelivery_seconds=2.0, monthly_calls=10**9)
"""The platform delivers again what is not acknowledged, sooner than a real one."""
_WORD = re.compile(r"[QK][0-9]{6}")
_AMOUNT = re.compile(r"(?<![0-9.])0\.([0-9]{6})7(?![0-9])")
REPORTED = "MO-2442"
REPORTERS = ("010512264", "010512270", "010512283", "010512291")
"""Those who may report of it, by DingTalk's ids."""
REDELIVERED = 3
"""Times each is delivered once more, acknowledged or not: the platform may do so."""
CHANGES = 12
"""One of so many is a change, of which a card comes, and one a report of an amount that no other tells of; all others
are questions."""
PATIENCE = 300.0
"""Seconds without anything new until what has not come counts as lost."""


@dataclass
class Crowd:
    there: Town
    random: Random
    cards_one_to_one: bool = True
    """Whether changes are proposed there, too."""
    said: dict[str, Push] = field(default_factory=dict)
    """By the word that nothing else holds."""
    interrupted: set[str] = field(default_factory=set)
    """Words answered whose mark died with a process: a plain message may be said twice then, a card never."""
    said_at: dict[str, datetime] = field(default_factory=dict)
    deliveries: int = 0
    slowest_drain: float = 0.0
    _numbers: "count[int]" = field(default_factory=count)

    def __post_init__(self) -> None:
        self._places = [*_places(self.there)]
        self._groups = [(room, person) for room, person in self._places if not room.single]
        self._reporting = [(room, person) for room, person in self._places if person.dingtalk in REPORTERS]
        self.engine = engine_of(self.there.database_url)

    async def flood(self, seconds: float, per_second: int) -> None:
        """Deliveries at a rate, those that come again among them; while nobody is connected time stands still."""
        gone, made, again, last = 0.0, 0, list[Push](), time.monotonic()
        while made < seconds * per_second:
            now = time.monotonic()
            gone, last = gone + (now - last) * bool(self.there.dingtalk.connected), now
            due = min(gone, seconds) * per_second
            while made < due and self.there.dingtalk.connected:
                if again and self.random.random() < REDELIVERED / (REDELIVERED + 1):
                    made += await self.there.dingtalk.gateway.again(self.random.choice(again).id)
                elif (push := await self.say()) is not None:
                    again.append(push)
                    made += 1
            await asyncio.sleep(0.002)
        self.deliveries += made

    async def say(self) -> Push | None:
        """One thing, somewhere, by somebody; None: nobody is connected."""
        number = next(self._numbers)
        kind = {0: "K", CHANGES // 2: "R"}.get(number % CHANGES, "Q")
        proposing = self._places if self.cards_one_to_one else self._groups
        room, person = self.random.choice({"R": self._reporting, "K": proposing}.get(kind, self._places))
        word = f"{kind}{number:06}"
        words = {
            "K": f"改期 MO-2442 推迟3天 因为 停机 {word}", "Q": f"查计划 {word}",
            "R": f"报工 {REPORTED} 0.{number:06}7",
        }[kind]  # fmt: skip
        push = await self.there.dingtalk.gateway.push(self.there.dingtalk.message_frame(room, person, words))
        if push is not None:
            self.said[word], self.said_at[word] = push, self.there.world.now()
        return push

    @property
    def acknowledged(self) -> set[str]:
        return {word for word, push in self.said.items() if push.settled.is_set()}

    def seen(self) -> Counter[str]:
        """How often each word stands in the rooms, in answers and on cards."""
        told: Counter[str] = Counter()
        for entry in self.there.world.entries:
            if entry.sender == "bot":
                shown = _on_card(self.there, entry.card) if entry.card else entry.text
                told.update(set(words_in(shown)))
        return told

    async def acknowledged_all(self) -> None:
        """Wait until the platform was told of each, which delivers again what it was not told of."""
        with suppress(TimeoutError):
            await eventually(lambda: len(self.acknowledged) == len(self.said), PATIENCE)

    def seconds_one_to_one(self) -> list[float]:
        """From what somebody said to its answer, where people talk to the bot alone."""
        rooms, taken = self.there.world.conversations, list[float]()
        for entry in self.there.world.entries:
            if entry.sender == "bot" and not entry.card and rooms[entry.conversation].single:
                said_at = [self.said_at[word] for word in words_in(entry.text) if word in self.said_at]
                taken += [(entry.at - at).total_seconds() for at in said_at]
        return taken

    def after_death(self, *, held: bool = False) -> None:
        """Note what was under way: answered and not marked so. `held`: also what the process had in hand, as it may
        wake again or others work beside it."""
        marked, in_hand = self._marked()
        self.interrupted |= {word for word in self.seen() if word[0] in "QR" and word not in marked}
        if held:
            self.interrupted |= in_hand

    def _marked(self) -> tuple[set[str], set[str]]:
        with self.engine.connect() as connection:
            rows = connection.execute(text("SELECT body, state, token FROM outbox WHERE body IS NOT NULL")).all()
        sent = {word for body, state, _ in rows if state == "sent" for word in words_in(body)}
        held = {word for body, state, token in rows if state == "new" and token for word in words_in(body)}
        return sent, held

    def waiting(self) -> int:
        """Events and messages that are written down and not done."""
        new = "SELECT count(*) FROM {} WHERE state = 'new'"
        with self.engine.connect() as connection:
            return sum(connection.scalar(text(new.format(table))) or 0 for table in ("inbox", "outbox"))

    async def drained(self, since: float) -> None:
        """Wait until everything that was written down is done; as long as there is less of it, it is waited for."""
        least, changed = self.waiting(), time.monotonic()
        while least:
            await asyncio.sleep(0.2)
            if (left := self.waiting()) < least:
                least, changed = left, time.monotonic()
            if time.monotonic() - changed > PATIENCE:
                return
        self.slowest_drain = max(self.slowest_drain, time.monotonic() - since)

    def dead(self) -> Counter[str]:
        """Words of messages that were given up, with a reason."""
        with self.engine.connect() as connection:
            rows = connection.execute(text("SELECT body, trouble FROM outbox WHERE state = 'dead'")).all()
        return Counter(word for body, trouble in rows if trouble for word in words_in(body or ""))

    def wrong(self) -> dict[str, int]:
        """Lost, doubled, phantom."""
        seen = self.seen()
        doubled = {word for word, times in seen.items() if times > 1}
        booked = self.booked()
        reported = {word for word in self.acknowledged if word.startswith("R")}
        return {
            "lost": len(self.acknowledged - seen.keys() - self.dead().keys()) + len(reported - booked.keys()),
            "doubled": len(doubled - self.interrupted) + sum(times > 1 for times in booked.values()),
            "phantom": len(seen.keys() - self.said.keys()) + len(booked.keys() - self.said.keys()),
        }

    def booked(self) -> Counter[str]:
        """How often each report that somebody said stands in the ledger."""
        query = "SELECT good FROM reports WHERE channel <> 'api' AND good IS NOT NULL"
        with self.engine.connect() as connection:
            goods = connection.scalars(text(query)).all()
        return Counter(word for good in goods for word in words_in(f"{Decimal(good):f}"))

    def over(self) -> int:
        """Calls that were refused because there were too many in a second."""
        return sum("Qps" in str(refusal["code"]) for refusal in self.there.world.refusals)

    def said_again(self) -> int:
        """Answers said twice because their mark was lost: at least once is what is promised of them."""
        return sum(times > 1 for word, times in self.seen().items() if word in self.interrupted)

    def close(self) -> None:
        self.engine.dispose()


@asynccontextmanager
async def crowded(
    folder: Path, database_url: str = "", seed: int = 7, limits: Limits = GENEROUS, by_way_of: str = ""
) -> AsyncIterator[Crowd]:
    """A town with a crowd in it, and a bot that is not started yet. `by_way_of`: where the bot finds the database."""
    settings = {**ANYTHING_GOES, "database": {"url": by_way_of}} if by_way_of else ANYTHING_GOES
    async with town(folder, database_url, make=Born, settings=settings, limits=limits) as there:
        crowd = Crowd(there, Random(seed))
        try:
            yield crowd
        finally:
            crowd.close()


def engine_of(url: str) -> Engine:
    """To look beside a bot: nothing is kept open."""
    return create_engine(url, poolclass=NullPool)


def bot_of(crowd: Crowd) -> Born:
    bot = crowd.there.bot
    assert isinstance(bot, Born)
    return bot


def words_in(told: str) -> list[str]:
    """What each thing said can be told by: its own word, or an amount that no other report has."""
    return [*_WORD.findall(told), *(f"R{number}" for number in _AMOUNT.findall(told))]


def _places(there: Town) -> list[tuple[Conversation, Person]]:
    """Groups, and the windows in which people talk to the bot alone."""
    people = there.world.people
    for person in people.values():
        one_to_one(there.world, Platform.DINGTALK, person.dingtalk or "")
    rooms = [room for room in there.world.conversations.values() if room.platform is Platform.DINGTALK]
    return [(room, people[who]) for room in rooms for who in room.members if people[who].dingtalk]


def _on_card(there: Town, card_id: str) -> str:
    card = there.world.cards.get(f"dingtalk:{card_id}") or there.world.cards.get(card_id)
    return str(card.face("")) if card else ""
