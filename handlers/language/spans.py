"""A first and a last day as people write them: `12-10~12-12`, `从12-10到12-12`, `12月10日-12日`, or one day alone."""

import re
from collections.abc import Iterator
from datetime import date

from handlers.language.dates import read_date
from handlers.language.objects import boundaries
from planning.refusal import Refused

Days = tuple[date, date]
"""The first and the last; the last may lie before the first: that is for the reader's command to refuse."""
LONGEST = 48
"""Characters two dates and what joins them take at most."""
_JOINT = re.compile(
    r"\s*(?:~|至|到|-{2,}|\bto\b|\buntil\b|(?<=[^\x00-\x7f])-|(?<=\s)-(?=\s)|(?<=[a-z])-(?=[a-z]))\s*", re.IGNORECASE
)
_FROM = re.compile(r"^(?:从|自|from(?=\s))\s*", re.IGNORECASE)
_BARE_DAY = re.compile(r"([0-9]{1,2})[日号]?")


def find_days(text: str, today: date) -> tuple[str, Days, str] | None:
    """The words before the days, the days, and the words after; None where there are none.

    Days that stand apart are looked for first, then those run into the words around them; of several the longest.
    Raises what dates raise.
    """
    for start, end in _cuts(text):
        if end - start <= LONGEST and (days := read_days(text[start:end], today)):
            return text[:start].strip(), days, text[end:].strip()
    return None


def read_days(text: str, today: date) -> Days | None:
    """The days that the whole text names."""
    first, *more = _JOINT.split(_FROM.sub("", text.strip()))
    if len(more) > 1 or not first or (more and not more[0]):
        return None
    begins = read_date(first, today)
    ends = _read_last(more[0], begins, today) if more and begins else begins
    return (begins, ends) if begins and ends else None


def _read_last(text: str, begins: date, today: date) -> date | None:
    """A day of the month is counted from the first day. One that has just gone, and lies before the first, is meant:
    which year it should be is not what is wrong."""
    if bare := _BARE_DAY.fullmatch(text):
        return read_date(f"{bare[1]}号", begins)
    try:
        return read_date(text, today)
    except Refused as refused:
        gone = refused.refusal.facts.get("choices", "").partition("、")[0]
        if refused.refusal.code == "date-ambiguous" and date.fromisoformat(gone) < begins:
            return date.fromisoformat(gone)
        raise


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    anywhere = [*boundaries(text), len(text)]
    starts = [at for at in anywhere if at == 0 or text[at - 1] == " "]
    ends = [len(text), *(at for at in range(len(text) - 1, 0, -1) if text[at] == " ")]
    yield from ((start, end) for start in starts for end in ends if start < end)
    yield from ((start, end) for start in anywhere for end in ends if start < end)
    yield from ((start, end) for start in starts for end in reversed(anywhere) if start < end)
