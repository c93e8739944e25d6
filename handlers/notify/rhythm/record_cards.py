"""Cards of records: where they are shown, and what they show."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from cards.card import Card, Fact
from cards.faces.record import RecordView, record_card
from cards.markdown import plain
from cards.words.dates import moment
from handlers.govern.rhythm.record_people import hours_of
from handlers.notify.people.settings_cards import private_rooms_of, rooms_of
from handlers.notify.standing_cards import show
from handlers.turn import Turn
from planning.refusal import Refused
from planning.rhythm.record import Record, RecordState
from planning.rhythm.record_acts import next_act
from planning.subject import SubjectKind
from storage.delivery.cards import CardRow, Purpose


def record_on(turn: Turn, row: CardRow) -> Record:
    """Record that a card is about. Raises "card-unknown" for a card of another kind: an action can be made up."""
    found = turn.uow.records.get(row.subject.id) if row.subject.kind == SubjectKind.RECORD else None
    if found is None:
        raise Refused("card-unknown")
    return found


def show_record(
    turn: Turn, record: Record, homes: Iterable[str], *, pressed: str = "", only_in_place: bool = False
) -> None:
    show(turn, Purpose.RECORD, record.subject, homes, pressed=pressed, only_in_place=only_in_place)


def recorders_rooms(turn: Turn, record: Record) -> list[str]:
    """Where whoever wrote it down reads it: where they did."""
    return [record.room] if record.room else rooms_of(turn, [record.by])


def askeds_rooms(turn: Turn, record: Record) -> list[str]:
    """Where whoever is asked reads it: one to one, where the bot may begin."""
    return private_rooms_of(turn, [record.other])


def record_facing(turn: Turn, row: CardRow) -> Card:
    """A record's card as it shows now."""
    record = record_on(turn, row)
    lines = RecordLines(turn, record)
    is_askeds = row.conversation in askeds_rooms(turn, record)
    told, facts, can_change = list(lines.told()), list(lines.facts()), lines.names_item
    view = RecordView(record, lines.title, lines.status, told, facts, turn.words, is_askeds, can_change)
    return record_card(view, row.card_id)


class RecordLines:
    """A record in words."""

    def __init__(self, turn: Turn, record: Record) -> None:
        self._turn, self._words, self.record = turn, turn.words, record

    @property
    def title(self) -> str:
        about = "、".join(self.record.about[:3])
        key = "record.title" if about else "record.title.bare"
        return self._words(key, no=self.record.no, about=str(plain(about)))

    @property
    def status(self) -> str:
        """Where it stands, and what stands beside it."""
        record = self.record
        later = next((one for one in self._turn.uow.records.in_place_of(record.no) if one.state.is_agreed), None)
        state = self._words(
            f"status.record-{record.state}", name=self.asked, at=self._at(record.answered_at or record.made_at)
        )
        return self._words("record.replaced", state=state, no=later.no) if later else state

    @property
    def recorder(self) -> str:
        return self._turn.organisation.name_of(self.record.by)

    @property
    def asked(self) -> str:
        return self._turn.organisation.name_of(self.record.other)

    @property
    def pair(self) -> str:
        """Between whom it was agreed; of somebody outside, who takes note of it."""
        record = self.record
        if record.party:
            party = str(plain(record.party))
            return self._words("record.outside", recorder=self.recorder, party=party, name=self.asked)
        return self._words("record.pair", recorder=self.recorder, name=self.asked)

    @property
    def names_item(self) -> bool:
        """A change of an item can be proposed by it."""
        plans = self._turn.uow.plans
        return plans.exists() and any(code in plans.load().items for code in self.record.about)

    @property
    def due(self) -> str:
        """Until when an answer is waited for; empty: it is not."""
        wanted = next_act(self.record, hours_of(self._turn, self.record))
        return self._words("record.due", at=self._at(wanted[1])) if wanted else ""

    def told(self) -> Iterator[str]:
        """The lines of its card."""
        record, words = self.record, self._words
        yield record.text
        yield words("record.by", pair=self.pair, at=self._at(record.made_at))
        if record.replaces:
            yield words(f"record.replaces.{'now' if record.state.is_agreed else 'then'}", no=record.replaces)
        if record.state is RecordState.WAITING:
            yield words("record.asks.outside" if record.party else "record.asks", name=self.asked, due=self.due)
        if record.state.is_agreed and record.answered_at:
            key = "record.heard-of" if record.party else "record.confirmed"
            yield words(key, name=self.answered, at=self._at(record.answered_at))
        if record.lapsed_at:
            yield words("record.one-sided", name=self.asked)
        if record.answer and record.answered_at:
            yield words("record.disputed", name=self.answered, at=self._at(record.answered_at), answer=record.answer,
                        no=record.issue)  # fmt: skip
        yield words("record.evidence")

    def facts(self) -> Iterator[Fact]:
        """The same in short rows."""
        yield Fact(self._words("record.fact.by"), self.recorder)
        yield Fact(self._words("record.fact.with"), self.record.party or self.asked)

    def row(self) -> str:
        """One line of a list."""
        record = self.record
        return self._words("record.row", no=record.no, pair=self.pair, text=record.text, status=self.status)

    @property
    def waits(self) -> str:
        """The line for whoever is asked and has not answered."""
        text = str(plain(self.record.text))
        return self._words("record.waits", no=self.record.no, name=self.asked, recorder=self.recorder, text=text,
                           due=self.due)  # fmt: skip

    @property
    def answered(self) -> str:
        return self._turn.organisation.name_of(self.record.answered_by)

    def _at(self, at: datetime) -> str:
        return moment(at, self._turn.environment.zone, self._turn.today)
