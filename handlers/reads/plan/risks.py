"""风险: what may go wrong in these days, from what the plan knows."""

from collections.abc import Iterator
from datetime import date, timedelta

from cards.words.dates import day
from handlers.language import Risks, Span
from handlers.notify.change.conflict_cards import view_of
from handlers.reads.brief import brief, next_step
from handlers.reads.plan.late_items import late_line, late_of
from handlers.reads.plan.plan_query import span_dates
from handlers.reply import Reply
from handlers.turn import Ask, Turn
from planning.change.change import Change
from planning.plan.item import Item, Status
from planning.plan.lateness import Lateness, not_begun
from planning.plan.timetable import Timetable


def _ahead(span: Span, today: date) -> tuple[date, date]:
    """Days that are asked about: what is over is no risk, and 这周 said at its end means the seven days from then."""
    first, last = span_dates(span, today)
    soonest = today + timedelta(days=6) if span is Span.THIS_WEEK else last
    return max(first, today), max(last, soonest)


def risks(turn: Turn, ask: Ask, command: Risks) -> Reply:
    """A line for each kind of risk there is, with how often and the worst of it."""
    first, last = _ahead(command.span, turn.today)
    plan = turn.plan()
    late = [one for one in late_of(turn) if _falls_due(one) <= last]
    idle = [item for item in not_begun(plan, turn.today)]
    pending = [change for change in turn.uow.changes.open_ones() if change.state.is_deciding]
    ending = sorted((change for change in pending if _ends_by(turn, change, last)), key=lambda change: change.no)
    lines = [
        *_late(turn, late),
        *_idle(turn, idle),
        *_held_up(turn, [item for item in plan.items.values() if item.status is Status.ON_HOLD]),
        *_ending(turn, ending),
        *_making_late(turn, pending),
        *_conflicts(turn),
    ]
    dates = {"first": day(first, turn.today), "last": day(last, turn.today)}
    if not lines:
        return Reply(turn.words("brief.no-risks", **dates))
    steps = ["晚单"] if late else []
    steps += [next_step(turn, ask.person, ending[0])] if ending else []
    steps += ["待批"] if pending else []
    steps += [f"为什么 {late[0].item.code}"] if late else []
    return Reply(brief(turn, turn.words("brief.risks", **dates), lines), tuple(steps))


def _falls_due(one: Lateness) -> date:
    """Day by which its being late is felt: the promise it breaks, else its own finish."""
    promised = one.promised or one.item.constraint_date
    return promised if one.past_promise and promised else one.item.finish


def _ends_by(turn: Turn, change: Change, last: date) -> bool:
    return change.expires_at is not None and change.expires_at.astimezone(turn.environment.zone).date() <= last


def _late(turn: Turn, found: list[Lateness]) -> Iterator[str]:
    if found:
        worst = late_line(turn, Timetable(turn.plan()), found[0])
        yield turn.words("brief.risk.late", n=len(found), worst=worst)


def _idle(turn: Turn, found: list[Item]) -> Iterator[str]:
    if found:
        first = found[0]
        start = day(first.start, turn.today)
        yield turn.words("brief.risk.idle", n=len(found), item=first.code, title=first.title, start=start)


def _held_up(turn: Turn, found: list[Item]) -> Iterator[str]:
    if found:
        first = min(found, key=lambda item: (item.finish, item.code))
        yield turn.words("brief.risk.on-hold", n=len(found), item=first.code, title=first.title)


def _ending(turn: Turn, found: list[Change]) -> Iterator[str]:
    if found:
        first = min(found, key=lambda change: (change.expires_at or turn.now, change.no))
        view = turn.view(first)
        until = view.at(first.expires_at)
        yield turn.words("brief.risk.ending", n=len(found), no=first.no, headline=view.headline, until=until)


def _making_late(turn: Turn, pending: list[Change]) -> Iterator[str]:
    """Requests that would make orders late, if they are approved."""
    found = [change for change in pending if change.impact.late_orders]
    if found:
        worst = max(found, key=lambda change: max(late.days for late in change.impact.late_orders))
        order = max(worst.impact.late_orders, key=lambda late: late.days)
        facts = {"no": worst.no, "item": order.item, "title": order.title, "days": order.days}
        yield turn.words("brief.risk.making-late", n=len(found), **facts)


def _conflicts(turn: Turn) -> Iterator[str]:
    found = turn.uow.conflicts.open_ones()
    if found:
        yield turn.words("brief.risk.conflicts", n=len(found), pair=view_of(turn, found[0]).pair_in_full)
