"""What is told of exceptions: in the first days after they were switched on nothing but what the digests say."""

from dataclasses import replace
from datetime import timedelta

from handlers.turn import Turn
from planning.exceptions.finding import Severity


def is_trial(turn: Turn) -> bool:
    """Check whether exceptions are told by the digests only: a plan that was never looked at has hundreds."""
    since, days = turn.uow.exceptions.since(), turn.environment.exceptions.trial_days
    return since is not None and turn.now < since + timedelta(days=days)


def tell_exceptions(turn: Turn) -> None:
    """In the first days only count what would have had a card: the worst row of each root that is news."""
    news = [one for one in turn.uow.exceptions.open_ones() if not one.is_told and one.worst >= Severity.WARN]
    turn.uow.exceptions.keep(replace(one, told=one.worst, told_at=turn.now) for one in news)
    places = {one.place for one in news if not one.is_quiet(turn.now)}
    if places and is_trial(turn):
        turn.uow.exceptions.count_cards(len(places))
