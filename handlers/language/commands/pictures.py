"""看板 and 甘特: how things stand, as a picture in the chat."""

import re
from dataclasses import dataclass

from handlers.language.commands.reads import Span, span_of, span_word
from handlers.language.values.objects import subject, without_courtesy
from handlers.language.vocabulary import Command, Phrase, Say, Takes, Typed, spaced, this_or

_ALL = ("全部", "所有", "all")
_BOARD_OF_WOOD = re.compile("^[材子卡件料厂车线]")
"""Behind 看板 these make another word: what somebody says of boards is none of this."""


@dataclass(frozen=True, slots=True)
class ShowBoard(Command):
    """`department`: a department's name; empty: all."""

    department: str = ""


@dataclass(frozen=True, slots=True)
class ShowGantt(Command):
    """`words`: an item's code, or a department; empty: all. `span`: None: the weeks from this one on."""

    words: str = ""
    span: Span | None = None


def board(typed: Typed) -> ShowBoard:
    """Raises `report-unclear`: it is of one department, or of all."""
    words = _plain(typed.rest)
    if _BOARD_OF_WOOD.match(words) or any(sign.isdigit() for sign in words):
        raise typed.refused("report-unclear", found=words, example="")
    return ShowBoard(words)


def gantt(typed: Typed) -> ShowGantt:
    words, span = span_of(_plain(typed.rest))
    return ShowGantt(subject(_plain(words)), span)


def _plain(rest: str) -> str:
    words = without_courtesy(rest)
    return "" if words.lower() in _ALL else words


def _spell_gantt(asked: ShowGantt, say: Say) -> str:
    return spaced(this_or(asked.words, say), span_word(asked.span, say) if asked.span else "")


BOARD = Phrase(
    "看板", "kb", "board",
    "看板 [部门]", "board [department]",
    "看板 生产部", "board production",
    "一张图：各状态有哪些项目、谁晚了，最差的在前", "a picture: the items by their status, the worst first",
    read=board, spells={ShowBoard: lambda asked, say: asked.department}, aliases=("看板图", "kanban"),
    takes=Takes.ANYTHING, everyday=True,
    also=("看板", "board"),
)  # fmt: skip
GANTT = Phrase(
    "甘特", "gt", "gantt",
    "甘特 [单号|部门] [本周]", "gantt [code|department] [this week]",
    "甘特 生产部 本周", "gantt production this week",
    "一张图：项目排在哪几天，最差的在前", "a picture: the items over their days, the worst first",
    read=gantt, spells={ShowGantt: _spell_gantt}, aliases=("甘特图",), takes=Takes.ANYTHING, everyday=True,
    also=("甘特 MO-2451", "gantt MO-2451"),
)  # fmt: skip
