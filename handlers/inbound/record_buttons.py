"""Presses on a card of a record: confirm it, say what is so instead, propose the change that was agreed on."""

from cards.markdown import plain
from handlers.actions.rhythm import records
from handlers.events import Answer
from handlers.inbound.messages import Response, follow, tell
from handlers.inbound.press import Press
from handlers.inbound.questions import question_of
from handlers.inbound.speech.heard import Heard
from handlers.inbound.speech.wishes.changes import changes_of
from handlers.language.commands.records import AnswerRecord, Word
from handlers.notify.rhythm.record_cards import RecordLines, record_on
from handlers.turn import Ask
from planning.refusal import Refused


def agree(press: Press) -> Answer:
    return _answer(press, Word.CONFIRM)


def dispute(press: Press) -> Answer:
    """Where a button cannot ask for words, how they are said."""
    said = press.event.inputs.get("input", "").strip()
    if said:
        return _answer(press, Word.DISPUTE, said)
    record, words = record_on(press.turn, press.row), press.turn.words
    command = press.turn.spell(AnswerRecord(record.no, Word.DISPUTE, words("record.words")))
    return press.noted(str(plain(words("record.how-to-say", command=command))), mark="✏️")


def draft(press: Press) -> Answer:
    """The preview of the change, as theirs who pressed; of several that it may mean they choose."""
    turn, conversation = press.turn, press.row.conversation
    record = record_on(turn, press.row)
    items = turn.plan().items if turn.uow.plans.exists() else {}
    named = [code for code in record.about if code in items]
    if not named:
        raise Refused("record-no-item", no=record.no)
    lines = RecordLines(turn, record)
    name = record.party or lines.asked
    reason = turn.words("record.reason", no=record.no, recorder=lines.recorder, name=name)
    department = turn.organisation.department_in(conversation)
    ask = Ask(press.person, conversation, "", department=department, said_at=record.made_at)
    heard = Heard.of(turn, ask, record.text)
    commands = [f"{turn.spell(one)} 因为 {reason}" for code in named[:1] for one in changes_of(heard, code)]
    commands = [*dict.fromkeys(commands)] or [f"改期 {named[0]} 到 <日期> 因为 {reason}"]
    if len(commands) == 1 and "<" not in commands[0]:
        tell(turn, conversation, follow(turn, ask, commands[0]))
    else:
        sentence = turn.words("record.propose", no=record.no)
        tell(turn, conversation, Response(sentence, asks=question_of(turn, ask, str(plain(sentence)), commands)))
    return press.shown()


def _answer(press: Press, word: Word, said: str = "") -> Answer:
    record = record_on(press.turn, press.row)
    records.answer(press.turn, press.person, record, word, said, pressed=press.row.card_id)
    return press.shown()
