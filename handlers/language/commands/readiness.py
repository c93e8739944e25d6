"""齐套: is everything there before we start."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from handlers.language.commands.reads import span_of
from handlers.language.values.objects import whole_object, without_courtesy
from handlers.language.vocabulary import Command, Phrase, Say, Takes, Typed, spaced, this_or


class When(StrEnum):
    TODAY = "today"
    TOMORROW = "tomorrow"
    THIS_WEEK = "this_week"
    NEXT_WEEK = "next_week"


@dataclass(frozen=True, slots=True)
class ShowReadiness(Command):
    """`words`: an order's code, or a department; empty: all. `when`: starts of these days; None: those that are told
    by now."""

    words: str = ""
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Solved(Command):
    """Say that an order is not short any more; how is asked, and the next look at it checks that."""

    item: str


WHEN_WORDS = {When.TODAY: "今天", When.TOMORROW: "明天", When.THIS_WEEK: "本周", When.NEXT_WEEK: "下周"}
_TOMORROW = ("明天", "明日", "tomorrow")
_ASKING = ("了没有", "了吗", "了没", "没有", "吗", "没", "情况", "status")
_ALL: Mapping[str, str] = dict.fromkeys(("", "全部", "所有", "all"), "")


_SOLVED = re.compile(r"(?:已经?)?解决了?|solved", re.IGNORECASE)


def readiness(typed: Typed) -> ShowReadiness | Solved:
    """Raises `leftover`: it is asked of one order, one department or some days."""
    rest = without_courtesy(typed.rest)
    *about, last = rest.split() or [""]
    if len(about) == 1 and _SOLVED.fullmatch(last):
        return Solved(whole_object(about[0]))
    rest = next((rest.removesuffix(asking).strip() for asking in _ASKING if rest.endswith(asking)), rest)
    words, when = _when(rest)
    words = _ALL.get(words.lower(), words)
    if len(words.split()) > 1:
        raise typed.refused("leftover", found=words, example="")
    return ShowReadiness(words, when)


def _when(rest: str) -> tuple[str, When | None]:
    for word in _TOMORROW:
        if rest.lower().startswith(word):
            return rest[len(word) :].strip(), When.TOMORROW
        if rest.lower().endswith(word):
            return rest[: -len(word)].strip(), When.TOMORROW
    words, span = span_of(rest)
    return words, When(span.value) if span else None


def _spell(asked: ShowReadiness, say: Say) -> str:
    when = say(WHEN_WORDS[asked.when], asked.when.value.replace("_", " ")) if asked.when else ""
    return spaced(when, asked.words)


READY = Phrase(
    "齐套", "qt", "ready",
    "齐套 [明天|本周] [单号|部门]｜<单号> 已解决", "ready [tomorrow|this week] [code|department]|<code> solved",
    "齐套 MO-2451", "ready MO-2451",
    "开工要的料和图纸齐不齐、缺多少、哪天到", "whether what a start needs is there, what is missing, and when it comes",
    read=readiness,
    spells={ShowReadiness: _spell, Solved: lambda said, say: spaced(this_or(said.item, say), say("已解决", "solved"))},
    takes=Takes.ANYTHING,
    also=("齐套 明天", "ready tomorrow"),
)  # fmt: skip
