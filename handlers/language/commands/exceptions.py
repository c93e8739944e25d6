"""异常, 静音: what is going wrong, and what of it need not be told."""

import re
from dataclasses import dataclass

from handlers.language.values.objects import without_courtesy
from handlers.language.vocabulary import Command, Phrase, Say, Takes, Typed, because, spaced


@dataclass(frozen=True, slots=True)
class ShowExceptions(Command):
    """`words`: an item, a department or the name of a code; empty: one's own. `everything`: of the whole plan."""

    words: str = ""
    muted: bool = False
    everything: bool = False


_ALL = ("全部", "所有", "all")
_MUTED = ("已静音", "静音", "muted")


@dataclass(frozen=True, slots=True)
class MuteException(Command):
    """`days` are working days; None: as many as may be."""

    number: int
    days: int | None
    reason: str


_WHICH = re.compile(r"(?:ex-?)?(\d{1,9})(?:\s+(\d{1,3})\s*(?:个工作日|工作日|天|days?|d))?", re.IGNORECASE)


def mute(typed: Typed) -> MuteException:
    """Raises `mute-unclear`, `reason-missing`."""
    found = _WHICH.fullmatch(typed.rest.strip())
    if found is None:
        raise typed.refused("mute-unclear", found=typed.rest, example="EX-12 2天")
    if not typed.reason:
        raise typed.refused("reason-missing", example=typed.rest)
    return MuteException(int(found[1]), int(found[2]) if found[2] else None, typed.reason)


def _spell_mute(asked: MuteException, say: Say) -> str:
    days = say(f"{asked.days}天", f"{asked.days} days") if asked.days is not None else ""
    return spaced(f"EX-{asked.number}", days, because(asked.reason, say))


MUTE = Phrase(
    "静音", "jy", "mute",
    "静音 <异常号> [天数] 因为 <原因>", "mute <exception no> [days] because <reason>",
    "静音 EX-12 2天 因为 等供应商答复", "mute EX-12 2 days because the supplier will answer",
    "一件异常先不提醒；协调员最多 10 个工作日，负责人最多 3 个",
    "have an exception not told for a while: coordinators up to 10 working days, its people up to 3",
    read=mute, spells={MuteException: _spell_mute}, needs_reason=True, takes=Takes.NO_ITEM,
)  # fmt: skip


def exceptions(typed: Typed) -> ShowExceptions:
    """Raises `leftover`: it is asked of one item, one department or one code."""
    words = without_courtesy(typed.rest)
    if words.lower() in _ALL:
        return ShowExceptions(everything=True)
    if words.lower() in _MUTED:
        return ShowExceptions(muted=True)
    if len(words.split()) > 1:
        raise typed.refused("leftover", found=words, example="")
    return ShowExceptions(words)


def _spell(asked: ShowExceptions, say: Say) -> str:
    muted = say("已静音", "muted") if asked.muted else ""
    return spaced(muted or (say("全部", "all") if asked.everything else ""), asked.words)


EXCEPTIONS = Phrase(
    "异常", "ych", "exceptions",
    "异常 [单号|部门|全部|已静音]", "exceptions [code|department|all|muted]",
    "异常 SO-1045", "exceptions SO-1045",
    "哪些单子出了问题、因为什么、谁在处理", "what is going wrong, why, and who sees to it",
    read=exceptions, spells={ShowExceptions: _spell}, takes=Takes.ANYTHING,
    also=("异常 已静音", "exceptions muted"),
)  # fmt: skip
