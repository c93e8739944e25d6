"""异常: what is going wrong."""

from dataclasses import dataclass

from handlers.language.objects import without_courtesy
from handlers.language.vocabulary import Command, Phrase, Say, Takes, Typed, spaced


@dataclass(frozen=True, slots=True)
class ShowExceptions(Command):
    """`words`: an item, a department or the name of a code; empty: one's own. `everything`: of the whole plan."""

    words: str = ""
    muted: bool = False
    everything: bool = False


_ALL = ("全部", "所有", "all")
_MUTED = ("已静音", "静音", "muted")


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
