"""The entrance: what someone typed in a group, as a command or as a refusal that says what to type instead."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from handlers.language.clean import BOT, cleaned, folded, split_mentions, split_reason
from handlers.language.everyday import unmistakable
from handlers.language.objects import CODE, code_in
from handlers.language.offers import says_no_more
from handlers.language.plain_questions import command_for
from handlers.language.reads import HELP, Help
from handlers.language.suggestions import nearest, with_next_steps
from handlers.language.vocabulary import Command, Typed, Vocabulary
from planning.refusal import Refused

_SHOWN = 40
_MOST_SHOWN = 5
# 修改 CR-… 改期 … and 驳回 CR-… 建议 改期 … hold a command.
_HOLDS = re.compile(
    rf"(?:建议|suggest(?:ion)?|(?:修改|modify|xg|yqxg|revise)\s*{CODE})[\s:：,，]*$", re.IGNORECASE
)


def parse(
    text: str, today: date, vocabulary: Vocabulary, bot: str = BOT, mentions: tuple[str, ...] = ()
) -> Command:
    """The command in a group message. `today` is the local date; `bot` the name people mention the bot by; `mentions`
    those who are mentioned beside the text, `@…`.

    Raises `planning.refusal.Refused` for anything that is not exactly one command in a form we are sure of: nothing
    is guessed and then done. An empty message asks for help.
    """
    asked, in_front = split_mentions(cleaned(text), bot)
    if not any(c.isalnum() for c in asked):
        return Help()
    _refuse_two(asked, vocabulary)
    asked = command_for(asked) or asked
    typed = Typed.of(asked, today, vocabulary) or _in_everyday_words(asked, today, vocabulary)
    if typed is None:
        form = nearest(asked, today, vocabulary)
        offers = [form] if form != HELP.zh and says_no_more(form, asked) else []
        raise Refused("not-understood", offers=offers, found=_short(asked), nearest=form)
    typed = replace(typed, mentions=tuple(dict.fromkeys((*in_front, *mentions))))
    try:
        return typed.phrase.read(typed)
    except Refused as refused:
        raise with_next_steps(refused, typed) from None


def _in_everyday_words(text: str, today: date, vocabulary: Vocabulary) -> Typed | None:
    restated = unmistakable(text, today, vocabulary)
    return Typed.of(restated, today, vocabulary) if restated else None


def _refuse_two(text: str, vocabulary: Vocabulary) -> None:
    """Several commands in one message would be several changes with one reason: one at a time."""
    commands = _parts(text, vocabulary)
    if len(commands) > 1:
        shown = "、".join(f"「{_short(command)}」" for command in commands[:_MOST_SHOWN])
        raise Refused("two-commands", count=len(commands), commands=shown)


def _parts(text: str, vocabulary: Vocabulary) -> list[str]:
    """The pieces that are commands: the first, and later lines or clauses that could stand alone."""
    lines = text.split("\n")
    return [
        piece.strip()
        for line in lines
        for place, clause in enumerate(re.split("[;；。]", line))
        for piece in _within(clause, vocabulary)
        if _stands_alone(piece, vocabulary, is_line=place == 0)
    ]


def _within(clause: str, vocabulary: Vocabulary) -> Iterator[str]:
    """`改期 SO-1042 +2天，改数量 SO-1043 3000 因为 …` is two commands; what a reason mentions is none."""
    head = folded(split_reason(clause)[0])
    found = list(re.finditer(rf"{vocabulary.any_name}\s*{CODE}", head, re.IGNORECASE))[1:]
    starts = [one.start() for one in found if not _HOLDS.search(head, 0, one.start())]
    for start, end in pairwise([0, *starts, len(clause)]):
        yield clause[start:end]


def _stands_alone(piece: str, vocabulary: Vocabulary, is_line: bool) -> bool:
    """A command's name with a code after it, or on its own line with a number or nothing.

    `取消展会` and `取消2个展位` in a reason are no second command.
    """
    verb = vocabulary.verb_of(folded(piece))
    if verb is None:
        return False
    rest = folded(piece[verb[2] :]).strip()
    if is_line and (not rest or any(c.isdigit() for c in rest) or folded(piece).lstrip().startswith("/")):
        return True
    return bool(code_in(rest))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
