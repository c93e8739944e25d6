"""View of one person: the world turned into columns and rows for the templates."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from sandbox.page import words
from sandbox.world import Card, Conversation, Entry, Face, Person, Platform, World, card_key

MOST_ROWS = 200
"""A column shows the newest rows only; a phone does not load a whole history either."""
QUIET = timedelta(minutes=5)
"""After so long a silence a time stands between two rows."""


@dataclass(frozen=True, slots=True)
class Row:
    """One drawn row: a message, or a card with the face this viewer has of it (none: it is not for them)."""

    entry: Entry
    sender: Person | None
    """None: the bot."""
    mine: bool
    time: str
    """A time to stand above the row; usually empty."""
    card: Card | None = None
    face: Face | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One conversation as a phone shows it to one person."""

    conversation: Conversation
    members: Sequence[Person]
    is_member: bool
    rows: Sequence[Row]
    hidden: int
    """Number of older rows left out."""
    examples: Sequence[str]

    @property
    def name(self) -> str:
        """A phone shows the other side's name, and in a one-to-one that is the bot."""
        return words.WITH_THE_BOT if self.conversation.single else self.conversation.name

    @property
    def look(self) -> str:
        """The platform whose colours it wears."""
        return "dingtalk" if self.conversation.platform is Platform.DINGTALK else "wecom"

    @property
    def platform(self) -> str:
        return words.PLATFORM[self.conversation.platform]


class Phones:
    """Reads the world on behalf of whoever sits before the page."""

    def __init__(
        self, world: World, zone: tzinfo, examples: Sequence[tuple[str | None, str]], opening: str = ""
    ) -> None:
        self._world = world
        self._zone = zone
        self._examples = examples
        self._opening = opening

    def departments(self) -> Mapping[str, list[Person]]:
        """People one can be, all of them, by department in the order of the list."""
        found: dict[str, list[Person]] = {}
        for person in self._world.people.values():
            label = person.department or "其他"
            found.setdefault(label if person.corp == "home" else f"外部 · {label}", []).append(person)
        return found

    def person(self, wanted: str) -> Person | None:
        """Person that is wanted, else the one the page opens with, else the first one who is in any conversation."""
        for known in (wanted, self._opening):
            if known in self._world.people:
                return self._world.people[known]
        inside = {member for room in self._world.conversations.values() for member in room.members}
        return next((p for p in self._world.people.values() if p.id in inside), None)

    def columns(self, me: Person | None) -> list[Column]:
        """Every group, and this person's own one-to-one conversations."""
        rooms = self._world.conversations.values()
        mine = me.id if me else ""
        return [self.column(room, me) for room in rooms if not room.single or mine in room.members]

    def column(self, room: Conversation, me: Person | None) -> Column:
        entries = self._world.timeline(room.key)
        shown = entries[-MOST_ROWS:]
        people = self._world.people
        return Column(
            conversation=room,
            members=[people[member] for member in room.members if member in people],
            is_member=me is not None and me.id in room.members,
            rows=list(self._rows(room, shown, me.id if me else "")),
            hidden=len(entries) - len(shown),
            examples=[text for key, text in self._examples if key in (None, room.key)],
        )

    def today(self) -> date:
        return self._local(self._world.now()).date()

    def _rows(self, room: Conversation, entries: Sequence[Entry], me: str) -> Iterator[Row]:
        before: datetime | None = None
        for entry in entries:
            card = self._world.cards.get(card_key(room.platform, entry.card)) if entry.card else None
            yield Row(
                entry=entry,
                sender=self._sender(entry),
                mine=entry.sender == me,
                time=self._time_between(before, entry.at),
                card=card,
                face=(card.faces.get(me) or card.faces.get("")) if card else None,
            )
            before = entry.at

    def _sender(self, entry: Entry) -> Person | None:
        if entry.sender == "bot":
            return None
        return self._world.people.get(entry.sender) or Person(entry.sender, entry.sender)

    def _time_between(self, before: datetime | None, at: datetime) -> str:
        local = self._local(at)
        if before is None or self._local(before).date() != local.date():
            return words.moment(local)
        return f"{local:%H:%M}" if at - before >= QUIET else ""

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self._zone)
