"""A yes that is refused: `先别同意`, `不批`, `don't approve yet`. Whoever says so means no, or not yet."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NoYes:
    for_now: bool
    """It may still become a yes."""
    why: tuple[int, int]
    """Where the reason stands; an empty place: none was given."""


_AROUND = (
    r"(?:这|那|本|此|该|个|张|笔|条|单子?|号|变更|申请|我们?|咱们?|这边|你们?|请|麻烦|的|了|吧|啊|呀|呢|嘛|哈|哦|噢|都|也|就|可"
    r"|\b(?:i|we|it|this|that|one|please|pls|do|to|the|me|yet|now|still|for|on|request|change"
    r"|no(?!\s+(?:yet\s+|to\s+)*(?:approv|agree|sign|pass)))\b|[\s，,。.!！~～、])"
)
_YET = r"(?:先|暂时?|还|现在|目前|今天)"
_NOT = (
    r"(?:不(?:要|能|可以?|想|敢|会|该|应该|打算|准备|太|用|是)?|别|勿|莫|甭|没法|无法|没办法)"
    rf"(?>(?:{_YET}|再|给|急着?|忙着?|让|要|随便|马上|这么快|轻易)*)"
)
_YES = r"(?:同意|批准?|通过|准(?!备)|签字?|放行|点头|答应|赞成|认可|过(?!期|去|来))"
_IN_ENGLISH = (
    r"\b(?:(?:(?:do|does|did|ca|wo|would|should|must|could)\s*n['’]?t|(?:do|can|will|should|must|would)?\s*not|cannot|never"
    r"|dont|cant|wont|no)\s+(?:yet\s+|to\s+|be\s+|really\s+|just\s+)*(?:approv\w*|agree\w*|sign(?:\s?off)?|pass)"
    r"|disapprov\w*|disagree\w*|un\s?approv\w*)\b"
)
_REFUSED = re.compile(
    rf"(?>(?:{_YET}|{_AROUND})*)(?:{_NOT}{_YES}|{_YES}不了|{_IN_ENGLISH})(?P<around>(?>(?:{_AROUND})*))"
)
"""Without a way back into what was passed over: words that are said a hundred times take no time. Atomic groups: before
Python 3.11.5 a possessive `*+` forgets a way back within what it repeats."""
_WHY = re.compile(r"[，,。；;：:.!！\s]++(?:因为|because\s)?+\s*+(.{3,})")
_MARK = re.compile(r"[，,。；;：:.!！\s]")
_FOR_NOW = re.compile(r"先|暂|还|现在|目前|今天|急|忙|这么快|等|\byet\b|\bnow\b|\bwait\b")
_ASKS = re.compile(r"[?？]|[吗么]\W*$")


def refused_yes_in(words: str) -> NoYes | None:
    """Read plain words in which no number of a request stands any more; None: they say something else."""
    found = _REFUSED.match(words.strip())
    if found is None or _ASKS.search(words):
        return None
    why = _reason_behind(found)
    if why is None:
        return None
    start = len(words) - len(words.lstrip()) if why[1] else 0
    return NoYes(bool(_FOR_NOW.search(words)), (start + why[0], start + why[1]))


def _reason_behind(found: re.Match[str]) -> tuple[int, int] | None:
    """Where the reason stands: behind the last mark that leaves enough for one; (0, 0) where nothing else is said, None
    where what follows is no reason."""
    words, (first, last) = found.string, found.span("around")
    if last == len(words):
        return 0, 0
    marks = (at for at in range(last, first - 1, -1) if _MARK.match(words, at))
    return next((why.span(1) for at in marks if (why := _WHY.fullmatch(words, at))), None)
