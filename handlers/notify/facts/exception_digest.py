"""The exceptions of a department in its digest, the worst first; what they say is no risk besides."""

from datetime import datetime

from handlers.govern.exception_people import department_of
from handlers.notify.facts.exception_cards import rooms_of
from handlers.notify.facts.exception_lines import ExceptionLines
from handlers.notify.facts.exception_news import is_trial
from handlers.turn import Turn
from planning.exceptions.episode import Episode
from planning.exceptions.finding import Code, Severity
from planning.people.organisation import Department

CRITICALS_A_WEEK = 2
"""Of one code: beyond that the rule is wrong, or the plan."""
INSTEAD_OF_RISK = (Code.OVERDUE, Code.FORECAST_LATE, Code.LATE_START)
"""Codes that say of an item what a digest calls a risk."""


class DigestExceptions:
    def __init__(self, turn: Turn, department: Department, since: datetime) -> None:
        """`since`: the last digest."""
        self._turn, self._department, self._since = turn, department, since
        self._items = turn.uow.plans.load().items
        enabled = turn.environment.exceptions.enabled
        open_ones = turn.uow.exceptions.open_ones() if enabled else []
        theirs = [one for one in open_ones if self._is_theirs(one) and not (one.is_muted(turn.now) or _was_said(one))]
        more = {one.place for one in theirs if one.key.code is not Code.SHORT}
        self._open = [one for one in theirs if one.place in more]  # what only lacks goods is told by their readiness

    def covered(self) -> set[str]:
        """Items of which a line is said here."""
        return {one.key.item for one in self._open if one.key.code in INSTEAD_OF_RISK}

    def lines(self) -> list[str]:
        return list(ExceptionLines(self._turn).rows(self._open))

    def ended(self) -> list[str]:
        """What is over since, where its card stands here and cannot say so, whichever department has the item."""
        turn, here, lines = self._turn, self._department.conversation, ExceptionLines(self._turn)
        if not turn.environment.exceptions.enabled or turn.environment.platforms.serving(here).updates_in_place:
            return []
        over = [one for one in turn.uow.exceptions.closed_since(self._since) if here in rooms_of(turn, one.card)]
        return [turn.words("exception.over", name=lines.name(one), subject=lines.subject(one), n=one.number)
                for one in over]  # fmt: skip

    def trial(self) -> str:
        """How many cards there would have been, told where the coordinators hear; empty: they are sent."""
        turn, since = self._turn, self._turn.uow.exceptions.since()
        home = turn.environment.coordinators_department()
        if since is None or home is None or home.id != self._department.id or not is_trial(turn):
            return ""
        days = (turn.now - since).days + 1
        return turn.words("exception.trial", day=days, days=turn.environment.exceptions.trial_days,
                          n=turn.uow.exceptions.cards_since(since))  # fmt: skip

    def too_critical(self, week: tuple[datetime, datetime] | None) -> str:
        """Codes of which more was critical in that week than anybody can take seriously; empty: none, or not told."""
        turn = self._turn
        if week is None or not turn.environment.exceptions.enabled:
            return ""
        counts = turn.uow.exceptions.criticals(*week)
        each = [turn.words("exception.critical.each", name=turn.words(f"exception.code.{code.value}"), n=counts[code])
                for code in Code if counts.get(code, 0) > CRITICALS_A_WEEK]  # fmt: skip
        return turn.words("exception.critical", each=turn.words.list(each)) if each else ""

    def _is_theirs(self, one: Episode) -> bool:
        return department_of(self._turn, one, self._items) == self._department.id


def _was_said(one: Episode) -> bool:
    """Check whether a rule only told of it, or asked for a change: that was said when it happened."""
    return one.key.code is Code.RULE and one.severity is Severity.INFO
