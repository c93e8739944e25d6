"""What stands still, or is held back, asks for a change of what runs there: offered, and proposed by people alone."""

from collections.abc import Iterator

from handlers.govern.who_may import may_propose, names_of, who_may_propose
from handlers.language import Move
from handlers.reply import Reply
from handlers.turn import Turn
from planning.facts.report import Report
from planning.people.organisation import Person
from planning.plan.item import Item, Status
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable

MOST = 3
"""Items whose change is offered, those that are to be finished first."""


def with_change(turn: Turn, told: Reply, plan: Plan, report: Report, person: Person) -> Reply:
    """The answer with a change for each item that runs there: by the working days until it goes on, or by as many as
    are still to be said. Its reason raises `machine_down` or `quality_hold`. Who may not propose hears who may."""
    running = sorted(_running(plan, report), key=lambda item: (item.finish, item.code))
    wishes = [wish for item in running[:MOST] if (wish := _later(turn, plan, report, item))]
    if not wishes:
        return told
    theirs = [wish for wish in wishes if may_propose(turn, person, wish)]
    if theirs:
        asks = turn.words(f"report.asks.{report.kind.value}")
        return Reply(f"{told.text}\n{asks}", (*told.offers, *(_spelt(turn, wish, report) for wish in theirs)))
    names = names_of(turn, who_may_propose(turn, wishes[0], person))
    return Reply(f"{told.text}\n{turn.words('report.asks.others', names=names)}", told.offers)


def _running(plan: Plan, report: Report) -> Iterator[Item]:
    """The item that was named, unless it is over; of a department what is in progress."""
    if report.item:
        yield from (item for item in (plan.items[report.item],) if not item.status.is_over)
        return
    for item in plan.items.values():
        if item.department == report.department and item.status is Status.IN_PROGRESS:
            yield item


def _later(turn: Turn, plan: Plan, report: Report, item: Item) -> Move | None:
    """None where it goes on before any work is lost; by a day where nobody has said when."""
    reason = turn.words(f"report.because.{report.kind.value}")
    reason = turn.words("report.because.told", why=reason, reason=report.reason) if report.reason else reason
    if report.expected is None:
        return Move(item.code, shift=1, reason=reason)
    days = Timetable(plan).of(item).between(max(turn.today, item.start), report.expected)
    return Move(item.code, shift=days, reason=reason) if days > 0 else None


def _spelt(turn: Turn, wish: Move, report: Report) -> str:
    if report.expected is None:
        return turn.words("report.later", item=wish.item, reason=wish.reason)
    return turn.spell(wish)
