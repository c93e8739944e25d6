"""Budget of a platform's calls in a month: what is spent on what, and what is left for cards."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from handlers.turn import Turn
from storage.delivery.calls import CallKind

RESERVE = 10
"""Of a hundred calls, those kept for cards: digests, reminders and answers wait once only they are left."""
WARN_AT = (50, 80, 95)
"""Parts of the month's calls, in percent, at which it is told."""


@dataclass(frozen=True, slots=True)
class CallBudget:
    platform: str
    limit: int
    today: date
    spent: Mapping[CallKind, int] = field(default_factory=dict)
    ours: int | None = None
    """What of it this plan spent; None: there is no other."""

    @property
    def total(self) -> int:
        return sum(self.spent.values())

    @property
    def left(self) -> int:
        return max(self.limit - self.total, 0)

    @property
    def percent(self) -> int:
        return self.total * 100 // self.limit

    @property
    def reserve(self) -> int:
        return self.limit * RESERVE // 100

    @property
    def is_short(self) -> bool:
        """Tell whether only the reserve is left."""
        return self.left <= self.reserve

    @property
    def forecast(self) -> int:
        """Calls at the month's end, should the days to come cost what those so far did, today counted as a whole."""
        days = calendar.monthrange(self.today.year, self.today.month)[1]
        return round(self.total * days / self.today.day)

    @property
    def ends_on(self) -> date | None:
        """Day on which they are used up at that pace; None: they last."""
        if self.forecast <= self.limit:
            return None
        return max(self.today, self.today.replace(day=1) + timedelta(days=self.limit * self.today.day // self.total))

    @property
    def renewed_on(self) -> date:
        """First day of the next month."""
        return (self.today.replace(day=1) + timedelta(days=32)).replace(day=1)

    @property
    def mark(self) -> int:
        """Highest of WARN_AT that is reached; 0: none."""
        return max((mark for mark in WARN_AT if self.total * 100 >= mark * self.limit), default=0)


def month_of(day: date) -> str:
    return f"{day:%Y-%m}"


def budgets(turn: Turn) -> list[CallBudget]:
    """Budgets of the platforms that have one, by platform."""
    limits = {each.platform: each.calls_a_month for each in turn.environment.platforms.by_prefix.values()}
    if not any(limits.values()):
        return []
    month, plans = month_of(turn.today), turn.environment.plans
    spent = turn.uow.calls.of(month, plans)  # the calls are the app's: what one plan spends the others have not
    ours = {name: sum(kinds.values()) for name, kinds in turn.uow.calls.of(month).items()} if plans else {}
    return [
        CallBudget(name, limits[name], turn.today, spent.get(name, {}), ours.get(name, 0) if plans else None)
        for name in sorted(limits)
        if limits[name]
    ]


def budget_in(turn: Turn, conversation: str) -> CallBudget | None:
    """Budget of a conversation's platform; None: it has none."""
    platform = turn.environment.platforms.serving(conversation).platform
    return next((budget for budget in budgets(turn) if budget.platform == platform), None)


def short_prefixes(turn: Turn) -> frozenset[str]:
    """Prefixes of the conversations in which only cards go out for the rest of the month."""
    short = {budget.platform for budget in budgets(turn) if budget.is_short}
    return frozenset(each.prefix for each in turn.environment.platforms.by_prefix.values() if each.platform in short)
