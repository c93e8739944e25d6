"""预告: a change said before it is proposed."""

import re
from dataclasses import dataclass

from handlers.language.clean import folded
from handlers.language.commands.what_if import write_in
from handlers.language.commands.writes import WRITES, Write, spell_write
from handlers.language.vocabulary import Command, Phrase, Typed, spaced
from planning.rhythm.announcement import ANNOUNCEMENT_NO


@dataclass(frozen=True, slots=True)
class Announce(Command):
    """The inner command is what is meant; its reason may be empty."""

    inner: Write


@dataclass(frozen=True, slots=True)
class CallOff(Command):
    """What was announced is not meant any more."""

    announcement: str


@dataclass(frozen=True, slots=True)
class ShowAnnouncements(Command):
    """All that is announced and neither proposed nor called off."""


_OFF = re.compile(
    rf"({ANNOUNCEMENT_NO.pattern})\s*(?:取消|撤回|作废|不做了|不改了|call(?:ed)? off|off|cancel)\W*", re.IGNORECASE
)


def announce(typed: Typed) -> Command:
    """Raises `report-unclear` of what holds no change, and what the change raises."""
    words = typed.whole.strip()
    if not words:
        return ShowAnnouncements()
    if off := _OFF.fullmatch(folded(words)):
        return CallOff(off[1].upper())
    verb = typed.vocabulary.verb_of(folded(words))
    if not typed.is_apart or verb is None or verb[0].english not in WRITES:
        example = f"{'move' if typed.is_english else '改期'} {words}"
        raise typed.refused("report-unclear", found=words, example=example)
    return Announce(write_in(words, "", typed.today, typed.vocabulary))


ANNOUNCE = Phrase(
    "预告", "yg", "announce",
    "预告 <改期、改数量、改工期或取消的命令>｜预告｜预告 <预告号> 取消",
    "announce <a move, qty, duration or cancel command>|announce|announce <announcement no> off",
    "预告 改期 SO-1042 推迟3天 因为 展会", "announce move SO-1042 +3d because of the fair",
    "要改先说一声：会碰到的部门马上知道，时间记下来，以后为什么里看得到谁先说的",
    "says a change before it is proposed: those it would touch know at once, and who said it first is kept",
    read=announce,
    spells={
        Announce: lambda asked, say: spell_write(asked.inner, say),
        CallOff: lambda asked, say: spaced(asked.announcement, say("取消", "off")),
        ShowAnnouncements: lambda asked, say: "",
    },
    everyday=True,
)  # fmt: skip
