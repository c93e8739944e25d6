"""The demo company on one day: what somebody says is done for real, buttons are pressed, then all is rolled back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from bot.company.load import load_company
from cards.action import Action, Verb
from cards.question import Question, holes
from cards.words import Words
from handlers.actions.change.decide import decide
from handlers.actions.change.propose import draft, submit_draft
from handlers.events import Clicked, Said
from handlers.inbound.clicks import click
from handlers.inbound.commands import COMMANDS
from handlers.inbound.messages import hear
from handlers.inbound.questions import sample
from handlers.language import THIS, Command, Write, parse
from handlers.platforms import prefix_of
from handlers.registry import Act, CommandRecord, Commands
from handlers.turn import Environment, Turn
from planning.change.change import Decision, Verdict, is_preview
from planning.people.organisation import Person
from planning.plan.operation import Op, Operation
from planning.refusal import Refused
from planning.subject import Subject, SubjectKind
from planning.trail.audit import Kind
from storage.database import Database
from storage.delivery.cards import CardRow, Purpose
from storage.unit_of_work import UnitOfWork
from tests.free_speech.score import DAY, NOW, open_requests
from tests.small_company import TRAITS

CHANGES_NOTHING = frozenset({Kind.MESSAGE_REFUSED, Kind.REPEATED, Kind.CLICK_REFUSED, Kind.CLICK_LATE})
"""Entries of the trail that tell of no deed."""
NOT_THEIRS = ("not-an-approver", "not-the-proposer", "not-permitted", "nothing-to-extend")
"""Codes that tell somebody that it is not for them, besides those that begin with may-not."""
MOST_TAPS = 4
_WHY = ("reason", "wish", "comment")
"""Fields of a command that say why, not what."""


@dataclass(slots=True)
class Came:
    """What came of something said, or of a button pressed."""

    tried: list[Command] = field(default_factory=list)
    """Commands that were understood and permitted."""
    deeds: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    refused: str = ""
    """Code of the refusal."""
    asks: Question | None = None
    preview: CardRow | None = None
    others: list[str] = field(default_factory=list)
    """Conversations of others that something was sent to."""

    @property
    def done(self) -> Command | None:
        """The command that was carried out."""
        return self.tried[0] if self.tried and not self.refused else None

    @property
    def offers(self) -> tuple[str, ...]:
        """Commands to tap, then the one that the next words complete."""
        if self.asks is None:
            return ()
        return (*(offer.command for offer in self.asks.offers), *([self.asks.form] if self.asks.form else []))


class World:
    """The company as the writers of `tests/free_speech/sentences` knew it: three open requests whose cards were shown,
    a freeze of the finance department, and one change that has been in effect since the morning."""

    def __init__(self, database: Database, locale: str = "zh-CN") -> None:
        self.tried: list[Command] = []
        self.refused = ""
        company = load_company(DAY)
        self.plan = company.plan
        self.environment = Environment(
            company.organisation, Words(locale), ZoneInfo("Asia/Shanghai"), _recorded(self._note), platforms=TRAITS
        )
        self.database = database
        database.write_now(self._begin)
        database.write_now(self._shown)

    def _begin(self, uow: UnitOfWork) -> None:
        open_requests(uow, self.environment, self.plan)
        turn = Turn(uow, NOW, self.environment)
        wanted = (Operation("PR-22", Op.SHIFT, 1),)
        change = submit_draft(turn, draft(turn, turn.plan(), wanted, "tang.yu", "模特改档期", "…", ""), "tang.yu")
        while waiting := turn.change(change.no).waiting:
            now = turn.change(change.no)
            said = Decision(waiting[0].approvers[0], Verdict.APPROVE, NOW, now.impact.hash)
            decide(turn, now, waiting[0].department, said)
        uow.commit()

    def _shown(self, uow: UnitOfWork) -> None:
        """Their cards stand where they were put up."""
        turn = Turn(uow, NOW, self.environment)
        for message in uow.outbox.claim(NOW + timedelta(days=1), 10_000):
            uow.outbox.sent(message, NOW)
        for change in uow.changes.open_ones():
            for row in uow.cards.about(change.subject):
                uow.showings.note(row, change.impact.hash, turn.now)
        uow.commit()

    def _note(self, command: Command, refused: str) -> None:
        self.tried.append(command)
        self.refused = refused

    def home(self, person: str) -> str:
        """Conversation of somebody's department, or with them alone where it has none they are in."""
        known = self.environment.organisation.people[person]
        room = self.environment.organisation.departments[known.department].conversation
        if prefix_of(room) == "wecom-app":
            return f"wecom-app:{known.identities['wecom']}"
        platform = self.environment.platforms.serving(room).platform
        return room if platform in known.identities else f"dingtalk:{known.identities['dingtalk']}"

    def told(
        self, person: str, *texts: str, room: str = "", quoted: str = "", mentions: Sequence[str] = (),
        wanted: Sequence[str] = (),
    ) -> "Talk":
        """Say these one after the other, the last one answering a quote; press what leads to what is wanted."""

        def talk(uow: UnitOfWork) -> Talk:
            talk = Talk(self, uow, self.environment.organisation.people[person], room or self.home(person))
            for text in texts[:-1]:
                talk.say(text)
            talk.came = talk.say(texts[-1], quoted, mentions)
            talk.taps = talk.press_on(wanted) if wanted else None
            return talk

        return self.database.write_now(talk)

    def meaning(self, text: str, *, bare: bool = True) -> Command | None:
        """Command that a text is, whatever it gives as the reason; with a hole in it, what it is filled with."""
        filled = sample(text) if holes(text) else text
        for said in (filled, f"{filled} 因为 x"):
            try:
                command = parse(said, DAY, COMMANDS.vocabulary, self.environment.bot_name)
            except Refused:
                continue
            return without_why(command) if bare else command
        return None


class Talk:
    """A unit that is never kept, in which somebody talks to the bot."""

    def __init__(self, world: World, uow: UnitOfWork, person: Person, room: str) -> None:
        self.world, self.uow, self.person, self.room = world, uow, person, room
        self.now = NOW + timedelta(minutes=5)
        self.came = Came()
        self.taps: int | None = None

    def say(self, text: str, quoted: str = "", mentions: Sequence[str] = ()) -> Came:
        event = Said(
            self.room, "bot", f"e{self.now.timestamp()}", self._user, text, self.now,
            single=self.room.endswith(f":{self._user}"), quoted=quoted, mentions=tuple(mentions),
        )  # fmt: skip
        return self._came(lambda turn: hear(turn, event))

    def press(self, row: CardRow, verb: Verb, choice: str = "") -> Came:
        action = Action(row.card_id, verb, choice).pack()
        event = Clicked(self.room, "bot", f"e{self.now.timestamp()}", self._user, row.card_id, action, self.now)
        return self._came(lambda turn: click(turn, event))

    def writes(self, command: Command) -> bool:
        act = self.world.environment.commands.act_of(command)
        return act is not None and act.writes

    def press_on(self, wanted: Sequence[str]) -> int | None:
        """Taps until one of these commands is tried, whether or not the plan allows it, and a change that can be is
        submitted; None: no tap leads there."""
        meant = [self.world.meaning(text) for text in wanted]
        came = self.came
        for taps in range(MOST_TAPS + 1):
            if taps and (came.refused in NOT_THEIRS or came.refused.startswith("may-not")):
                return None
            if any(without_why(one) in meant for one in came.tried) or (taps and came.tried):
                if came.preview is None or Kind.SUBMITTED in came.deeds or Kind.DRAFTED not in came.deeds:
                    return taps
                came = self.press(came.preview, Verb.SUBMIT)
                return taps + 1 if Kind.SUBMITTED in came.deeds else None
            place = self._likeliest(came, meant)
            if place is None or came.asks is None:
                return None
            row = self.uow.cards.about(Subject(SubjectKind.QUESTION, came.asks.id))[-1]
            came = self.press(row, Verb.SAY, str(place))
        return None

    def _likeliest(self, came: Came, meant: Sequence[Command | None]) -> int | None:
        offers = came.asks.offers if came.asks else ()
        return next((place for place, one in enumerate(offers) if self.world.meaning(one.command) in meant), None)

    def _came(self, happen: Callable[[Turn], object]) -> Came:
        before = self.uow.audit.head().number
        self.world.tried.clear()
        self.world.refused = ""
        turn = Turn(self.uow, self.now, self.world.environment)
        happen(turn)
        self.uow.finish()
        events = self.uow.audit.newest_first(100)
        fresh = [event for event in reversed(events) if event.number > before]
        came = Came(tried=list(self.world.tried))
        came.deeds = [event.kind for event in fresh if event.kind not in CHANGES_NOTHING]
        came.refused = self.world.refused or next(
            (str(event.facts.get("code", "")) for event in fresh if "refused" in event.kind), ""
        )
        for message in self.uow.outbox.claim(self.now + timedelta(hours=20), 1000):
            self.uow.outbox.sent(message, self.now)
            row = self.uow.cards.get(message.card_id or "")
            if message.conversation != self.room:
                came.others.append(message.conversation)
            elif row is None:
                came.told.append(message.body or "")
            elif row.purpose is Purpose.QUESTION:
                came.asks = self.uow.questions.get(row.subject.id)
            elif row.purpose is Purpose.PROPOSAL:
                came.preview = row
        self.now += timedelta(seconds=20)
        return came

    @property
    def _user(self) -> str:
        return self.person.identities[self.world.environment.platforms.serving(self.room).platform]


def without_why(command: Command) -> Command:
    """The command, whatever it gives as the reason; about 本单 where it is about a preview."""
    said = {name: "" for name in _WHY if hasattr(command, name)}
    if is_preview(getattr(command, "change_no", "")):
        said["change_no"] = THIS
    inner = getattr(command, "inner", None)
    if isinstance(inner, Write):
        said["inner"] = without_why(inner)  # type: ignore[assignment]
    return cast(Command, replace(cast(Any, command), **said))


def _recorded(note: Callable[[Command, str], None]) -> Commands:
    """The product's commands; each is noted when it is tried."""

    def noted(act: Act) -> Act:
        def handle(turn: Any, ask: Any, command: Any) -> Any:
            note(command, "")
            try:
                return act.handle(turn, ask, command)
            except Refused as refused:
                note(command, refused.refusal.code)
                raise

        return replace(act, handle=handle)

    return Commands(CommandRecord(record.phrase, tuple(map(noted, record.acts))) for record in COMMANDS.records)
