"""签到: the facts of a morning, signed, and looked at afterwards."""

from dataclasses import dataclass
from datetime import date

from handlers.language.values.dates import read_date
from handlers.language.vocabulary import Command, Phrase, Say, Takes, Typed


@dataclass(frozen=True, slots=True)
class SignSync(Command):
    """Sign today's."""


@dataclass(frozen=True, slots=True)
class ShowSync(Command):
    """A day's facts, with who signed them."""

    day: date


def sign(typed: Typed) -> Command:
    """Raises `leftover`, and what reading a date raises."""
    words = typed.rest.strip()
    if not words:
        return SignSync()
    day = read_date(words, typed.today)
    if day is None:
        raise typed.refused("leftover", found=words, example="")
    return ShowSync(day)


def _spell_shown(asked: ShowSync, say: Say) -> str:
    return asked.day.isoformat()


SIGN = Phrase(
    "签到", "qd", "sign",
    "签到 [日期]", "sign [date]",
    "签到 昨天", "sign yesterday",
    "签今天的生产/计划同步卡；带日期是看那天谁签了什么",
    "sign today's sync card; with a date: what was signed then, and by whom",
    read=sign,
    spells={SignSync: lambda asked, say: "", ShowSync: _spell_shown},
    takes=Takes.NO_ITEM,
)  # fmt: skip
