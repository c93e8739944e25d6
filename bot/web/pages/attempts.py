"""Log-ins that did not succeed, of a day: anybody may bring a code, and to ask a platform about it costs calls."""

from dataclasses import dataclass
from datetime import datetime, timedelta

EACH_A_DAY = 10
"""Of one caller."""
ALL_A_DAY = 200
"""Of everybody together, by each process: three calls each would spend a month of DingTalk's 5,000 in eight days."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, eq=False)
class Attempt:
    of: str
    at: datetime


class Attempts:
    """The attempts of the last day that failed or are still under way."""

    def __init__(self) -> None:
        self._known: list[Attempt] = []

    def begin(self, of: str, now: datetime) -> Attempt | None:
        """Take a place before the platform is asked; None: there is none left. `of`: empty where nobody can say whose
        attempt it is; it counts among all."""
        self._known = [one for one in self._known if now - one.at < DAY]
        from_there = sum(one.of == of for one in self._known) if of else 0
        if len(self._known) >= ALL_A_DAY or from_there >= EACH_A_DAY:
            return None
        self._known.append(attempt := Attempt(of, now))
        return attempt

    def give_back(self, attempt: Attempt) -> None:
        """Forget one that succeeded, or that failed through no fault of theirs."""
        self._known = [one for one in self._known if one is not attempt]
