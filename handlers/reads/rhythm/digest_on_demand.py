"""早会, whenever somebody asks; it does not count as the day's digest."""

from handlers.language import Digest, Span
from handlers.notify.rhythm.digest import digest
from handlers.reads.plan.plan_query import span_dates
from handlers.turn import Ask, Turn
from planning.people.organisation import Department


def on_demand(turn: Turn, ask: Ask, command: Digest) -> str:
    department = _wanted(turn, ask, command.department)
    day = turn.today if command.span is Span.TODAY else turn.day_of(ask.said_at)  # 早会 alone is that of today
    first, last = span_dates(command.span, day)
    return digest(turn, department, (first, last))


def _wanted(turn: Turn, ask: Ask, words: str) -> Department:
    if words:
        found = turn.organisation.find_department(words)
        if found is None:
            raise turn.no_such_department(words)
        return found
    if ask.department:
        return ask.department
    home = turn.organisation.departments.get(ask.person.department) or turn.environment.coordinators_department()
    if home is None:  # a guest of a plan in which nobody hears anything
        raise turn.no_such_department(ask.person.department)
    return home
