"""记录: an agreement by its number, those about an item or a request, or one's own."""

from cards.markdown import body
from handlers.govern.rhythm.abouts import abouts_of
from handlers.language import find_item
from handlers.language.commands.records import AnswerRecord, ShowRecords, Word
from handlers.notify.rhythm.record_cards import RecordLines
from handlers.reads.brief import brief
from handlers.reply import Reply
from handlers.turn import Ask, Turn
from planning.people.organisation import Person
from planning.refusal import Refused
from planning.rhythm.record import RECORD_NO, Record

MOST = 50
"""So many of somebody's newest are listed."""


def show_records(turn: Turn, ask: Ask, command: ShowRecords) -> Reply:
    """Raises Refused("no-record"), and what finding an item raises."""
    if RECORD_NO.fullmatch(command.about):
        return _one(turn, ask.person, command.about)
    if command.about:
        about = _found(turn, command.about)
        rows = turn.uow.records.about(about)
        title = turn.words("record.list.about", n=len(rows), about=about)
        none = turn.words("record.none.about", about=about)
    else:
        rows = turn.uow.records.of_person(ask.person.id, MOST)
        title, none = turn.words("record.list", n=len(rows)), turn.words("record.none")
    if not rows:
        return Reply(none)
    looked = tuple(turn.spell(ShowRecords(one.no)) for one in rows[:2])
    return Reply(brief(turn, title, [RecordLines(turn, one).row() for one in rows]), looked)


def rows_about(turn: Turn, code: str, most: int) -> list[str]:
    """A line for each of the newest that name an item or a request."""
    return [RecordLines(turn, one).row() for one in turn.uow.records.about(code)[:most]]


def _found(turn: Turn, words: str) -> str:
    """The item or the number that words stand for."""
    numbers = abouts_of(turn, words)
    return numbers[0] if numbers else find_item(turn.plan(), words).code


def _one(turn: Turn, person: Person, no: str) -> Reply:
    record = turn.uow.records.get(no)
    if record is None:
        raise Refused("no-record", no=no)
    lines = RecordLines(turn, record)
    text = body(turn.words.locale, "brief", title=f"{lines.title} · {lines.status}", lines=list(lines.told()), note="")
    return Reply(text, tuple(turn.spell(one) for one in _next(turn, record, person)))


def _next(turn: Turn, record: Record, person: Person) -> tuple[AnswerRecord, ...]:
    """What this person would say next."""
    if not record.state.is_open or person.id != record.other:
        return ()
    words = turn.words("record.words")
    return (AnswerRecord(record.no, Word.CONFIRM), AnswerRecord(record.no, Word.DISPUTE, words))
