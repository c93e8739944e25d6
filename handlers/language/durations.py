"""How long an item takes: `8天`, `8`, `+2天`, `延长到8个工作日`."""

import re
from dataclasses import dataclass

from handlers.language.shifts import LENGTH, length_in_days
from planning.plan.link import LagKind
from planning.refusal import Refused

_TO = r"(?:改|调|调整|延长|缩短|增加|减少)?(?:到|至|为|成)|to\b|="
_MORE = r"\+|延长|增加|加|多"
_LESS = r"-|缩短|减少|减|少"
_DURATION = re.compile(rf"(?:工期)?\s*(?:{_TO}|(?P<more>{_MORE})|(?P<less>{_LESS}))?\s*{LENGTH}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Duration:
    """Working days, signed when `relative`."""

    days: int
    relative: bool = False


def read_duration(text: str) -> Duration | None:
    """The duration the whole text states, None where it states none.

    Raises `duration-unit` (weeks and 自然日: an item's work is counted in working days), `whole-days`,
    `shift-unit`, `shift-too-far`, `number-not-understood`.
    """
    found = _DURATION.fullmatch(text)
    if found is None:
        return None
    days, unit = length_in_days(found)
    if unit is LagKind.CALENDAR:
        raise Refused("duration-unit", found=text)
    relative = bool(found["more"] or found["less"])
    return Duration(-days if found["less"] else days, relative)
