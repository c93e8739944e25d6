"""转告: a wish handed on to somebody who may propose it."""

import re
from dataclasses import dataclass

from handlers.language.clean import folded
from handlers.language.commands.what_if import write_in
from handlers.language.commands.writes import WRITES, Write, spell_write
from handlers.language.vocabulary import Command, Phrase, Typed, spaced


@dataclass(frozen=True, slots=True)
class PassOn(Command):
    """Ask somebody to propose a change; `to` is their name or id, as typed."""

    to: str
    inner: Write


_TO = re.compile(r"^(?:给|to(?=\s))\s*", re.IGNORECASE)
_AROUND = " ,，:：、"


def pass_on(typed: Typed) -> PassOn:
    """The name, then the command in full. Raises `wish-missing`, and what the command raises."""
    words = f"{typed.raw} 因为 {typed.reason}" if typed.reason else typed.raw
    sample = "<name> move SO-1042 +2d" if typed.is_english else "<姓名> 改期 SO-1042 推迟2天"
    found = _wish_in(typed, words)
    name = _TO.sub("", words[: found.start()].strip(_AROUND)).strip(_AROUND) if found else ""
    if found is None or not name:
        raise typed.refused("wish-missing", example=sample)
    return PassOn(name, write_in(words[found.start() :], "", typed.today, typed.vocabulary))


def _wish_in(typed: Typed, words: str) -> re.Match[str] | None:
    """The first name of a command that becomes a change request."""
    names = re.finditer(typed.vocabulary.any_name, folded(words), re.IGNORECASE)
    return next((one for one in names if typed.vocabulary.named(one[0]).english in WRITES), None)


PASS_ON = Phrase(
    "转告", "zg", "relay",
    "转告 <姓名> <命令>", "relay <name> <command>",
    "转告 林静 改期 SO-1042 推迟2天 因为 客户要求", "relay 林静 move SO-1042 +2d because customer",
    "自己不能提出的变更，请能提出的人提：命令成为他的按钮",
    "hands a wish on to somebody who may propose it: the command becomes their button",
    read=pass_on, spells={PassOn: lambda asked, say: spaced(asked.to, spell_write(asked.inner, say))},
)  # fmt: skip
