"""记录: what two people agreed on by word of mouth, and what the other of them says to it."""

import re
from dataclasses import dataclass
from enum import StrEnum

from handlers.language.clean import folded
from handlers.language.values.objects import code_in
from handlers.language.vocabulary import Command, Phrase, Say, Typed, spaced
from planning.rhythm.record import RECORD_NO


class Word(StrEnum):
    """What is said to a record."""

    CONFIRM = "confirm"
    DISPUTE = "dispute"


@dataclass(frozen=True, slots=True)
class KeepRecord(Command):
    """`said`: all of it as typed, with whom it was agreed in front."""

    said: str

    @property
    def whom_and_what(self) -> str:
        """The words that begin with whom it was agreed with."""
        return _WITH.sub("", self.said, count=1)

    @property
    def replaces(self) -> str:
        """Number of the earlier record that it is to replace; empty: none."""
        found = _REPLACES.search(folded(self.said))
        return found[1].upper() if found else ""


@dataclass(frozen=True, slots=True)
class AnswerRecord(Command):
    """`said`: what is so instead, of a dispute."""

    record: str
    word: Word
    said: str = ""


@dataclass(frozen=True, slots=True)
class ShowRecords(Command):
    """One by its number, or those about an item or a request; `about` empty: one's own."""

    about: str = ""


_WITH = re.compile(r"(?:我?[和跟与同]|with(?![a-z]))\s*", re.IGNORECASE)
_REPLACES = re.compile(rf"(?:代替|替代|取代|替换|replaces|instead of)\s*({RECORD_NO.pattern})", re.IGNORECASE)
_NUMBERED = re.compile(rf"({RECORD_NO.pattern})[\s,，、:：]*", re.IGNORECASE)
_WORDS: dict[Word, tuple[str, ...]] = {
    Word.DISPUTE: ("不是这样的", "不是这样", "不是的", "不对", "有异议", "dispute"),
    Word.CONFIRM: ("确认", "没错", "属实", "是这样", "confirm"),
}
"""The first of each that is spelt stands in `_SPELT`, the last is how it is spelt in English."""
_SPELT = {Word.DISPUTE: "不是这样", Word.CONFIRM: "确认"}


def record(typed: Typed) -> Command:
    """Raises `report-unclear` of what tells no agreement, `record-unclear`, `record-whom`."""
    words = typed.whole.strip()
    if not words:
        return ShowRecords()
    if numbered := _NUMBERED.match(folded(words)):
        return _about(typed, numbered[1].upper(), words[numbered.end() :].strip())
    if (with_whom := _WITH.match(words)) and any(c.isalnum() for c in words[with_whom.end() :]):
        return KeepRecord(words)
    if typed.is_apart and len(words.split()) == 1 and words[-1] not in "?？。!！":
        return ShowRecords(words)
    if typed.is_apart and code_in(words):
        whom = "with <name>" if typed.is_english else "和 <姓名>"
        raise typed.refused("record-whom", found=words, example=f"{whom} {words}", offers=(
            f"{typed.name} {whom} {words}",
        ))  # fmt: skip
    raise typed.refused("report-unclear", found=words, example=words)


def _about(typed: Typed, no: str, said: str) -> Command:
    if not said:
        return ShowRecords(no)
    for word, spellings in _WORDS.items():
        for spelling in spellings:
            if found := re.match(rf"{spelling}(?![a-z])[\s,，:：]*", said, re.IGNORECASE):
                rest = said[found.end() :].strip()
                if word is Word.DISPUTE or not any(c.isalnum() for c in rest):
                    return AnswerRecord(no, word, rest if word is Word.DISPUTE else "")
    raise typed.refused("record-unclear", found=said, example=f"{no} {'confirm' if typed.is_english else '确认'}")


def _spell_answer(asked: AnswerRecord, say: Say) -> str:
    return spaced(asked.record, say(_SPELT[asked.word], _WORDS[asked.word][-1]), asked.said)


RECORDS = Phrase(
    "记录", "jl", "record",
    "记录 和 <姓名|供应商 名称|客户 名称> <约定的话>｜记录 <单号>｜记录 <记录号> 确认/不是这样 <话>",
    "record with <name|supplier name|customer name> <what was agreed>|record <code>"
    "|record <record no> confirm/dispute <words>",
    "记录 和 赵柳 电话约定 PO-3301 12-09 到 800件", "record with Zhao Liu by phone: PO-3301 on 12-09, 800 pcs",
    "记下口头约定，请对方确认；只作依据，不改计划",
    "writes a verbal agreement down and asks the other one to confirm it; evidence, never a change of the plan",
    read=record,
    spells={
        KeepRecord: lambda asked, say: asked.said,
        AnswerRecord: _spell_answer,
        ShowRecords: lambda asked, say: asked.about,
    },
    everyday=True,
    also=("记录 JL-20261202-001 确认", "record JL-20261202-001 confirm"),
)  # fmt: skip
