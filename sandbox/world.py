"""The people, conversations, messages and cards that both simulated platforms share, as one phone would show them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any


class Platform(StrEnum):
    DINGTALK = "dingtalk"
    WECOM = "wecom"
    """A group with an aibot in it, or a one-to-one chat with that aibot."""
    WECOM_APP = "wecom-app"
    """The one-to-one conversation between a person and a self-built app."""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone with an account on one platform or several; `id` is only the sandbox's own key."""

    id: str
    name: str
    department: str = ""
    title: str = ""
    dingtalk: str | None = None
    wecom: str | None = None
    feishu: str | None = None
    """The open_id under the one simulated app."""
    corp: str = "home"
    """An outsider's corp differs; platforms put it into their frames."""


@dataclass(slots=True)
class Conversation:
    """A chat window. `id` is what the platform calls it: openConversationId, chatid, or a userid for one-to-one."""

    platform: str
    id: str
    name: str
    members: list[str]
    """Person ids."""
    single: bool = False
    bot_present: bool = True
    opened: bool = False
    """WeCom: an aibot may push only after somebody has messaged it here."""

    @property
    def key(self) -> str:
        return f"{self.platform}:{self.id}"


@dataclass(frozen=True, slots=True)
class Button:
    """One button as the phone draws it; `action` is what the platform sends back."""

    text: str
    action: str
    style: str = "default"
    """default | primary | danger"""
    asks: str = ""
    """Prompt of the text input that opens before the click is sent (a form button); empty: none."""


@dataclass(slots=True)
class Card:
    """A card in a conversation. `faces` holds what each viewer sees; the key "" is everybody else."""

    id: str
    """outTrackId or task_id."""
    conversation: str
    at: datetime
    faces: dict[str, "Face"] = field(default_factory=dict)
    revision: int = 0
    """Counts the updates that arrived, to let tests and pages see a change."""
    copies: list[str] = field(default_factory=list)
    """Other conversations that the same card was delivered to."""

    def face(self, person: str) -> "Face":
        return self.faces.get(person) or self.faces[""]


@dataclass(frozen=True, slots=True)
class Face:
    """One drawn state of a card."""

    title: str
    body: str = ""
    """Markdown."""
    status: str = ""
    tone: str = ""
    """info | warn | danger | success | muted: a colour, never the only carrier of meaning."""
    facts: tuple[tuple[str, str], ...] = ()
    buttons: tuple[Button, ...] = ()
    note: str = ""
    """Small print, e.g. the sender line."""


@dataclass(slots=True)
class Entry:
    """One row of a conversation: a message of a person or the bot, or a card (then `card` is its id)."""

    number: int
    conversation: str
    at: datetime
    sender: str
    """A person id, or "bot"."""
    text: str = ""
    """Plain text of people, markdown of the bot."""
    card: str | None = None
    picture: bytes = b""
    """What the bot shows as a message of its own; empty: none."""


class ClickOutcome(StrEnum):
    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    """No answer inside the platform's deadline; the phone says so."""
    OFFLINE = "offline"
    """No bot is connected."""


class Quoted(StrEnum):
    """Kinds of messages that people answer by quoting them."""

    TEXT = "text"
    MARKDOWN = "markdown"
    """The bot's own."""
    RICH_TEXT = "rich text"
    CARD = "card"
    SEALED_CARD = "sealed card"
    """One of which the platform tells no words."""
    PICTURE = "picture"
    """With a caption."""
    FILE = "file"
    FORWARDED = "forwarded"
    """Several messages of another conversation, sent on together."""


@dataclass(frozen=True, slots=True)
class Quote:
    kind: Quoted
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """Something on a phone changed: `kind` is entry | card | conversation."""

    kind: str
    conversation: str
    ref: str


class NoRoute(Exception):
    """No simulated platform has registered itself for this conversation's platform."""


Say = Callable[..., Awaitable[None]]
"""Called with the conversation, the person, the words, and the quote if there is one."""
Click = Callable[[Conversation, Person, Card, str, Mapping[str, str]], Awaitable[ClickOutcome]]


class World:
    """Everything the phones know. Platforms write into it; the page and the tests read it, speak and click."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.now = now
        self.people: dict[str, Person] = {}
        self.conversations: dict[str, Conversation] = {}
        self.entries: list[Entry] = []
        self.cards: dict[str, Card] = {}
        """By `card_key(platform, id)`."""
        self.refusals: list[Mapping[str, Any]] = []
        """Every request a platform refused, newest last: what, why, code. A clean run leaves it empty."""
        self._say: dict[str, Say] = {}
        self._click: dict[str, Click] = {}
        self._watchers: set[asyncio.Queue[Change]] = set()

    # -- what platforms do ------------------------------------------------------------------------------

    def route(self, platform: str, say: Say, click: Click) -> None:
        """A platform registers how a typed message and a click of its users reach the bot."""
        self._say[platform], self._click[platform] = say, click

    def post(
        self, conversation: str, sender: str, text: str = "", card: str | None = None, picture: bytes = b""
    ) -> Entry:
        """Append a row to a conversation (its key) and tell the watchers."""
        entry = Entry(len(self.entries) + 1, conversation, self.now(), sender, text, card, picture)
        self.entries.append(entry)
        self._tell(Change("entry", conversation, str(entry.number)))
        return entry

    def put_card(self, platform: str, card: Card) -> None:
        """Show a new card, with its row."""
        self.cards[card_key(platform, card.id)] = card
        self.post(card.conversation, "bot", card=card.id)

    def copy_card(self, platform: str, card_id: str, conversation: str) -> None:
        """Show a card that exists in one more conversation."""
        self.cards[card_key(platform, card_id)].copies.append(conversation)
        self.post(conversation, "bot", card=card_id)

    def open(self, conversation: Conversation) -> Conversation:
        """A new chat window, e.g. the one-to-one that a first message opens; an existing one is kept."""
        if conversation.key not in self.conversations:
            self.conversations[conversation.key] = conversation
            self._tell(Change("conversation", conversation.key, conversation.key))
        return self.conversations[conversation.key]

    def rewrite(self, entry: Entry, text: str) -> None:
        """Replace the text of a row: a streamed answer that grows, a message that was recalled."""
        entry.text = text
        self._tell(Change("entry", entry.conversation, str(entry.number)))

    def redraw(self, platform: str, card_id: str, face: Face, only_for: str | None = None) -> None:
        """Replace a card's face for one person, or for everybody (then personal faces are dropped)."""
        card = self.cards[card_key(platform, card_id)]
        if only_for is None:
            card.faces = {"": face}
        else:
            card.faces[only_for] = face
        card.revision += 1
        for conversation in (card.conversation, *card.copies):
            self._tell(Change("card", conversation, card_id))

    def refuse(self, platform: str, what: str, why: str, code: object) -> None:
        self.refusals.append({"platform": platform, "what": what, "why": why, "code": code})

    # -- what people do ---------------------------------------------------------------------------------

    async def say(self, conversation: str, person: str, text: str, quoting: Quote | None = None) -> None:
        """A person types; the row appears at once, then the platform carries it to the bot."""
        room, who = self.conversations[conversation], self.people[person]
        self.post(conversation, person, text)
        if room.platform not in self._say:
            raise NoRoute(room.platform)
        await self._say[room.platform](room, who, text, *([quoting] if quoting else []))

    async def click(
        self, conversation: str, person: str, card_id: str, action: str, inputs: Mapping[str, str] | None = None
    ) -> ClickOutcome:
        """A person presses a card's button. Nothing is checked here: a phone can send anything."""
        room, who = self.conversations[conversation], self.people[person]
        card = self.cards[card_key(room.platform, card_id)]
        if room.platform not in self._click:
            raise NoRoute(room.platform)
        return await self._click[room.platform](room, who, card, action, inputs or {})

    # -- what pages and tests read ----------------------------------------------------------------------

    def timeline(self, conversation: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.conversation == conversation]

    def cards_in(self, conversation: str) -> list[Card]:
        room = self.conversations[conversation]
        return [
            self.cards[card_key(room.platform, entry.card)]
            for entry in self.timeline(conversation)
            if entry.card is not None
        ]

    def mentioned(self, text: str) -> list[Person]:
        """The people a text mentions, as their clients let them be picked: `@name`."""
        return [person for person in self.people.values() if f"@{person.name}" in text]

    def person_by(self, platform: str, user_id: str) -> Person | None:
        """The person behind a platform's user id."""
        attribute = "wecom" if platform == Platform.WECOM_APP else str(platform)
        return next((p for p in self.people.values() if getattr(p, attribute) == user_id), None)

    @asynccontextmanager
    async def watch(self) -> AsyncIterator[asyncio.Queue[Change]]:
        """A queue of everything that changes from now on. All use is on one event loop."""
        queue: asyncio.Queue[Change] = asyncio.Queue()
        self._watchers.add(queue)
        try:
            yield queue
        finally:
            self._watchers.discard(queue)

    async def until(self, true: Callable[[], Any], seconds: float = 10.0) -> Any:
        """Wait until `true()` holds and return its value; TimeoutError with the last rows otherwise."""
        async with self.watch() as changes:
            try:
                async with asyncio.timeout(seconds):
                    while not (value := true()):
                        await changes.get()
                    return value
            except TimeoutError:
                rows = "\n".join(f"  {e.conversation} {e.sender}: {e.text or e.card}" for e in self.entries[-12:])
                raise TimeoutError(f"nothing satisfied the wait; last rows:\n{rows}\n{self.refusals}") from None

    def _tell(self, change: Change) -> None:
        for queue in self._watchers:
            queue.put_nowait(change)


def card_key(platform: str, card_id: str) -> str:
    """Card ids are unique per platform only."""
    return f"{platform}:{card_id}"
