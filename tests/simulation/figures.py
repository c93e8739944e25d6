"""What the days cost and what they warned of: counted from what was sent, and from the rows of what was going wrong."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from planning.exceptions.episode import Episode, State
from planning.exceptions.finding import Severity
from storage.connection.engine import open_engine
from storage.delivery.cards import Purpose
from tests.machine.snapshot import episodes_in
from tests.simulation.days import Days, Sent
from tests.simulation.factory import CHINA, DEPARTMENTS, PEOPLE

MONTH = 22
"""Working days of a month."""
STANDARD = 5_000
"""Calls of DingTalk's standard edition, for the whole company."""
BY_FORMULA = ("digests", "exceptions")
"""What the aim of a fifth counts of what there is: digests and cards of exceptions to conversations."""
CARD = Purpose.EXCEPTION.value
OVER, ENDED = "已消除", "✅ 已消除"
"""The status of a card, and how a line of a digest begins."""


@dataclass(frozen=True)
class Figures:
    platform: str
    days: int
    working_days: int
    reports: int
    sent: list[Sent]
    episodes: list[Episode]

    @classmethod
    def of(cls, days: Days, length: int) -> "Figures":
        engine = open_engine(days.works.url, writer=False)
        with engine.connect() as connection:
            rows = list(episodes_in(connection).values())
        engine.dispose()
        first = min(one.day for one in days.sent)
        last = max(one.day for one in days.sent)
        return cls(days.platform, length, CHINA.between(first, last) + 1, days.reported, days.sent, rows)

    @property
    def opened(self) -> list[Episode]:
        return [one for one in self.episodes if one.opened_at]

    @property
    def closed(self) -> list[Episode]:
        return [one for one in self.episodes if one.state is State.CLOSED and one.opened_at]

    @property
    def still_open(self) -> list[Episode]:
        return [one for one in self.episodes if one.state is State.OPEN]

    def calls(self) -> Counter[str]:
        """Of the platform, by what they are for."""
        return Counter("exceptions" if one.what == CARD else one.what for one in self.sent)

    def a_month(self, calls: int) -> int:
        return round(calls * MONTH / self.working_days)

    @property
    def by_formula(self) -> int:
        """Calls of a month that the aim counts."""
        calls = self.calls()
        return self.a_month(sum(calls[what] for what in BY_FORMULA))

    def cards_a_day(self) -> Counter[tuple[str, date]]:
        """Exception cards that are new, by where they are read and the day: what each person there gets."""
        return Counter((one.conversation, one.day) for one in self.sent if one.what == CARD and one.is_new)

    def on_days_off(self) -> list[Sent]:
        return [one for one in self.sent if one.what == CARD and not CHINA.is_working(one.day)]

    def endless(self) -> list[str]:
        """Cards on which all is over and that have not said so: where a card can be changed it shows it, elsewhere the
        next digest names each. What is over since the last digest has a morning left."""
        missing, last = list[str](), max(one.at for one in self.sent if one.what == "digests")
        cards = [one for one in self.sent if one.what == CARD]
        newest = {(one.about, one.conversation): one for one in cards}
        first = {(one.about, one.conversation): one.at for one in reversed(cards)}
        for (about, where), card in newest.items():
            rows = [one for one in self.episodes if str(one.card) == about]
            shown = [one for one in rows if one.closed_at is None or one.closed_at > first[about, where]]
            is_over = all(one.closed_at and one.closed_at < last for one in rows)
            if is_over and card.shows != OVER and not all(self._is_said(one, where) for one in shown):
                missing.append(f"{where} {about}")
        return missing

    def _is_said(self, row: Episode, where: str) -> bool:
        digests = (one.shows for one in self.sent if one.what == "digests" and one.conversation == where)
        return any(f"EX-{row.number}\n" in f"{text}\n" and ENDED in text for text in digests)

    def __str__(self) -> str:
        calls, cards = self.calls(), self.cards_a_day()
        total, rooms = self.a_month(calls.total()), len(DEPARTMENTS) * self.working_days
        lines = [
            f"{self.platform}: {self.days} days ({self.working_days} working days), {len(DEPARTMENTS)} departments, "
            f"{PEOPLE} people, {self.reports} reports",
            f"  exceptions: opened {len(self.opened)} = closed {len(self.closed)} + open {len(self.still_open)}; "
            f"critical at their worst {sum(one.worst is Severity.CRITICAL for one in self.opened)}",
            f"  new exception cards: {cards.total()}; a person and day: {cards.total() / rooms:.2f}, at most "
            f"{max(cards.values(), default=0)}",
            f"  calls a month: {total}; by the formula {self.by_formula}, "
            f"{self.by_formula / STANDARD:.1%} of {STANDARD:,}",
            *(f"    {what:18} {self.a_month(count):5}" for what, count in calls.most_common()),
        ]
        return "\n".join(lines)


def live_through(days: int, seed: int = 0) -> None:
    """Print what so many days warned of and cost, on each platform."""
    for platform in ("dingtalk", "wecom"):
        company = Days(platform, seed)
        try:
            company.run(days)
            print(f"\n{Figures.of(company, days)}", flush=True)  # noqa: T201 - its figures are its purpose
        finally:
            company.close()
