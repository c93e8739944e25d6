"""代理: who acts for whom, from when until when (`代理 李娜 12-01~12-05`, `代理 接受`, `代理 取消`, `代理`)."""

import re
from dataclasses import dataclass
from datetime import date

from handlers.language.values.periods import FROM_LEFT, days_ahead, find_days
from handlers.language.vocabulary import Command, Phrase, Say, Takes, Typed, spaced
from planning.refusal import Refused


@dataclass(frozen=True, slots=True)
class Delegate(Command):
    """The speaker is away from `first` to `last`, both included, and `deputy` (as typed; empty: the standing one) acts
    for them. `cancel`: they are back, with a `deputy` only from what that one acts for; it has no days."""

    deputy: str = ""
    first: date | None = None
    last: date | None = None
    cancel: bool = False


@dataclass(frozen=True, slots=True)
class AnswerDelegation(Command):
    """The speaker acts, or does not act, for `absent` (as typed; empty: for everybody who asks)."""

    accept: bool
    absent: str = ""


@dataclass(frozen=True, slots=True)
class ShowLeaves(Command):
    """Ask who acts for whom."""


_CANCEL = re.compile(
    r"(?:我的)?(?:代理|请假|休假)?(?:取消|结束|撤销|撤回|不请了|(?:cancel|end|off)(?![a-z]))(?P<whose>.*?)(?:的?(?:代理|请假|休假))?",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"(?:(?P<no>不接受|不同意|拒绝|不代理?|不再代理?|(?:decline|refuse)(?![a-z]))|接受|同意|答应|accept(?![a-z]))"
    r"(?P<whose>.*?)(?:的?(?:代理|请假|休假))?",
    re.IGNORECASE,
)
_LIST = re.compile(r"查看|列表|看看|list|show", re.IGNORECASE)
_AROUND = re.compile(
    rf"^(?:由|给|让|请|交给|(?:by|to)(?=\s|$))\s*|\s*(?:来?代理?|替我?|代班|(?<![a-z])acts?(?: for me)?)$|{FROM_LEFT}",
    re.IGNORECASE,
)
_AWAY = re.compile("我?要?请假")
"""Whoever says so alone is going away; 代理 alone asks who is."""
_ME = re.compile(r"^(?:(?:我|本人)?\s*(?:请假|休假|出差|不在)\s*|我\s*)+")


def delegate(typed: Typed) -> Delegate | AnswerDelegation | ShowLeaves:
    """The speaker is away, somebody acts for them; one day or a first and a last. Without a name: the standing deputy.
    `请假` alone asks for the days. `取消` takes it back, with a name only what that one acts for; `接受` and `不接受`
    are the deputy's. A mention is a name. Raises `leave-missing`, `leave-backwards`, `several-mentioned`, and what
    dates raise.
    """
    rest = _ME.sub("", typed.rest).strip()
    if not rest and not typed.mentions and _AWAY.fullmatch(typed.name):
        raise typed.refused("leave-missing", example=_sample(typed), offers=[f"{DELEGATE.zh} <起~止>"])
    if (not rest and not typed.mentions) or _LIST.fullmatch(rest):
        return ShowLeaves()
    if cancelled := _CANCEL.fullmatch(rest):
        return Delegate(_whose(cancelled["whose"], typed.today) or typed.mentioned, cancel=True)
    if answered := _ANSWER.fullmatch(rest):
        return AnswerDelegation(answered["no"] is None, _whose(answered["whose"], typed.today) or typed.mentioned)
    found = find_days(rest, typed.today)
    if found is None:
        raise typed.refused("leave-missing", example=_sample(typed), offers=_of_so_many_days(rest, typed.today))
    before, (first, last), after = found
    if last < first:
        raise Refused("leave-backwards", first=first, last=last)
    name = _name(f"{_ME.sub('', before)} {_ME.sub('', after)}")
    if cancelled := _CANCEL.fullmatch(name):
        return Delegate(_whose(cancelled["whose"], typed.today) or typed.mentioned, cancel=True)
    return Delegate(name or typed.mentioned, first, last)


def _of_so_many_days(rest: str, today: date) -> list[str]:
    """`范磊 三天`: three days from today; else the days are still to be said."""
    name, days = days_ahead(rest, today) or (rest if rest.isalpha() else "", ())
    return [spaced(DELEGATE.zh, name, when) for when in (*(f"{first}~{last}" for first, last in days), "<起~止>")]


def _whose(words: str, today: date) -> str:
    """Name of the deputy whose acting is over, typed with or without the days it was for; empty: everybody's."""
    found = find_days(words, today)
    return _whose(f"{found[0]} {found[2]}", today) if found else _name(words)


def _sample(typed: Typed) -> str:
    """Example that is right on whatever day it is shown; with the name, where that is all that was typed."""
    name = typed.rest if typed.rest and " " not in typed.rest and typed.rest.isalpha() else "李娜"
    return f"{name} next mon~next fri" if typed.is_english else f"{name} 下周一~下周五"


def _name(words: str) -> str:
    words = words.strip()
    while (bare := _AROUND.sub("", words).strip()) != words:
        words = bare
    return words


def _spell(command: Delegate, say: Say) -> str:
    days = f"{command.first}~{command.last}" if command.first else ""
    return spaced(say("取消", "cancel") if command.cancel else "", command.deputy, days)


def _spell_answer(command: AnswerDelegation, say: Say) -> str:
    return spaced(say("接受", "accept") if command.accept else say("不接受", "decline"), command.absent)


DELEGATE = Phrase(
    "代理", "dl", "delegate",
    "代理 <姓名> <起>~<止>｜取消 [姓名]｜接受 [姓名]", "delegate <name> <first>~<last>|cancel [name]|accept [name]",
    "代理 李娜 下周一~下周五", "delegate 李娜 next mon~next fri",
    "请假时让别人替你决定，对方接受后生效；设置里定好的代理人不用接受，只写日期就是他；不写就列出谁替谁",
    "who decides for you while you are away, once they accept; days alone mean the deputy in the settings, "
    "who need not accept; alone: a list",
    read=delegate, spells={Delegate: _spell, AnswerDelegation: _spell_answer, ShowLeaves: lambda _, say: ""},
    aliases=("请假", "我请假", "我要请假"), takes=Takes.NO_ITEM,
    also=("代理 取消", "delegate cancel"),
)  # fmt: skip
