"""记录: somebody writes down what was agreed by word of mouth; the other one confirms it, or says it is not so."""

import re
from collections.abc import Iterable
from dataclasses import replace

from handlers.actions.rhythm.issues import raise_issue
from handlers.find_person import person_in_front
from handlers.govern.readers import price_warning
from handlers.govern.rhythm.abouts import abouts_of
from handlers.govern.rhythm.record_people import arbiter_of, require_asked, takes_note
from handlers.language.commands.records import AnswerRecord, KeepRecord, Word
from handlers.lifecycle.records import begin, save
from handlers.notify.rhythm.record_cards import RecordLines
from handlers.turn import Ask, Turn
from planning.people.organisation import Person
from planning.refusal import Refused
from planning.rhythm.record import Record
from planning.rhythm.record_acts import Act, acted

_OUTSIDE = re.compile(
    r"(?:供应商|供货商|厂家|外协厂?|客户|supplier|vendor|customer)\s*([^\s,，:：]+)[\s,，:：]*", re.IGNORECASE
)
"""Somebody outside, by what they are and their name."""


def keep_by_word(turn: Turn, ask: Ask, command: KeepRecord) -> str | None:
    """The card is the answer; a price in it is warned of.

    Raises "record-with-unknown", "ambiguous-person" and what `make_record` raises.
    """
    party, other, what = _whom(turn, ask, command.whom_and_what)
    if not any(letter.isalnum() for letter in what):
        raise Refused("record-empty", name=party or turn.organisation.name_of(other))
    about = [one for one in abouts_of(turn, what) if one != command.replaces]
    record, is_new = make_record(
        turn, ask.person.id, other, command.said, about, party=party, room=ask.conversation, replaces=command.replaces
    )
    warned = price_warning(turn, ask.person.id, record.text, record.about).strip()
    if not is_new:
        return turn.words("record.same", no=record.no, status=RecordLines(turn, record).status)
    return warned or None


def make_record(
    turn: Turn, by: str, other: str, text: str, about: Iterable[str] = (), *, party: str = "", room: str = "",
    replaces: str = "",
) -> tuple[Record, bool]:
    """The record, and whether it is new: the same words of the same person within ten minutes are the one there is.

    `by`, `other`: ids of the two people; of somebody outside (`party`, as typed) `other` is empty, and whoever takes
    note is found. `about`: as `abouts_of` gives it. `replaces`: number of an earlier one of these two.
    Raises "record-with-oneself", "record-nobody", "no-record", "record-replaces-others", "record-replaced".
    """
    other = takes_note(turn, by) if party else other
    if other == by:
        raise Refused("record-with-oneself")
    if replaces:
        _require_replaceable(turn, replaces, by, other, party)
    record = Record("", text, by, other, party, tuple(dict.fromkeys(about)), room, turn.now, replaces)
    mine = turn.uow.records.of_person(by, _RECENT)
    if again := next((one for one in mine if one.is_same(record)), None):
        return again, False
    return begin(turn, record), True


_RECENT = 20
"""So many of somebody's newest are looked at for the same words."""


def answer_by_word(turn: Turn, ask: Ask, command: AnswerRecord) -> str:
    """Raises "no-record", "record-not-yours", "record-answered", "record-text-missing"."""
    record = turn.uow.records.get(command.record)
    if record is None:
        raise Refused("no-record", no=command.record)
    return done(turn, answer(turn, ask.person, record, command.word, command.said), command.word)


def done(turn: Turn, record: Record, word: Word) -> str:
    """What is said to whoever has answered."""
    issue = turn.uow.issues.get(record.issue)
    owner = turn.organisation.name_of(issue.owner) if issue else ""
    return turn.words(f"record.done.{word}", no=record.no, issue=record.issue, owner=owner)


def answer(
    turn: Turn, person: Person, record: Record, word: Word, said: str = "", *, pressed: str = ""
) -> Record:
    """What the other one's word makes of it; a dispute is a coordinator's to settle, with both texts. Raises as
    `answer_by_word` does."""
    require_asked(turn, record, person)
    act = Act(word.value)
    after = acted(record, act, turn.now, by=person.id, text=said)
    if act is Act.DISPUTE and after != record:
        after = replace(after, issue=_brought_together(turn, after))
    return save(turn, record, after, act, by=person.id, pressed=pressed)


def _brought_together(turn: Turn, record: Record) -> str:
    """Number of the issue in which both texts stand side by side."""
    lines = RecordLines(turn, record)
    text = turn.words("record.issue", no=record.no, recorder=lines.recorder, text=record.text, name=lines.answered,
                      answer=record.answer)  # fmt: skip
    issue, _ = raise_issue(turn, record.answered_by, text, record.no, arbiter_of(turn, record))
    return issue.no


def _whom(turn: Turn, ask: Ask, words: str) -> tuple[str, str, str]:
    """Somebody outside as typed, else empty; the person, else empty; and the words behind them. Raises
    "record-with-unknown", "ambiguous-person"."""
    if outside := _OUTSIDE.match(words):
        return outside[0].strip(" \t\n,，:："), "", words[outside.end() :]
    if close := _run_together(turn, words):
        return "", close.id, words[len(close.name) :]
    try:
        person, rest = person_in_front(turn, ask, words)
    except Refused as refused:
        if refused.refusal.code not in ("unknown-person", "unknown-mention"):
            raise
        found, _, said = words.partition(" ")
        raise Refused("record-with-unknown", found=found, said=said.strip()) from None
    return "", person.id, rest


def _run_together(turn: Turn, words: str) -> Person | None:
    """The one whose name the words begin with, where something follows without a space (`和赵柳约定`)."""
    named = [one for one in turn.organisation.people.values() if words.startswith(one.name)]
    longest = max(named, key=lambda one: len(one.name), default=None)
    is_alone = longest is not None and sum(one.name == longest.name for one in named) == 1
    follows = words[len(longest.name) :][:1] if longest else ""
    return longest if longest and is_alone and not longest.name.isascii() and follows.strip() else None


def _require_replaceable(turn: Turn, no: str, by: str, other: str, party: str) -> None:
    earlier = turn.uow.records.get(no)
    if earlier is None:
        raise Refused("no-record", no=no)
    if {earlier.by, earlier.other} != {by, other} or earlier.party != party:
        raise Refused("record-replaces-others", no=no)
    if later := next((one for one in turn.uow.records.in_place_of(no) if one.state.is_agreed), None):
        raise Refused("record-replaced", no=no, by=later.no)
