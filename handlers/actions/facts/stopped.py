"""What stands still, or is held back, asks for a change of what runs there: offered, and proposed by people alone."""

from collections.abc import Iterator, Sequence

from handlers.actions.facts.draft_from_fact import begun_by_first, drop
from handlers.govern.rules import stands_still
from handlers.govern.who_may import may_propose, names_of, who_may_propose
from handlers.language import Move, operations_of
from handlers.notify.new_cards import show_new
from handlers.reply import Reply
from handlers.turn import Ask, Turn
from planning.change.change import Change, ChangeState
from planning.facts.report import Report
from planning.people.organisation import Person
from planning.plan.item import Item
from planning.plan.operation import Operation
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable
from storage.delivery.cards import Purpose


def with_change(turn: Turn, ask: Ask, told: Reply, plan: Plan, report: Report) -> Reply:
    """The answer with a change for what runs there: by the working days until it goes on, or by as many as are still to
    be said. Its reason raises `machine_down` or `quality_hold`. Of one item it is a command; of several one draft, on
    one card, once it is known when they go on."""
    running = sorted(_running(plan, report), key=lambda item: (item.finish, item.code))
    wishes = [wish for item in running if (wish := _later(turn, plan, report, item))]
    if report.department:
        _drop_former(turn, report)
    if len(wishes) > 1:
        return _of_several(turn, ask, told, plan, report, wishes)
    return _offered(turn, told, report, wishes, ask.person)


def _offered(turn: Turn, told: Reply, report: Report, wishes: Sequence[Move], person: Person) -> Reply:
    """Each as a command. Who may not propose hears who may."""
    if not wishes:
        return told
    if theirs := [wish for wish in wishes if may_propose(turn, person, wish)]:
        asks = turn.words(f"report.asks.{report.kind.value}")
        return Reply(f"{told.text}\n{asks}", (*told.offers, *(_spelt(turn, wish, report) for wish in theirs)))
    names = names_of(turn, who_may_propose(turn, wishes[0], person))
    return Reply(f"{told.text}\n{turn.words('report.asks.others', names=names)}", told.offers)


def _of_several(
    turn: Turn, ask: Ask, told: Reply, plan: Plan, report: Report, wishes: Sequence[Move]
) -> Reply:
    """One draft of all; where they cannot move together, nothing is drafted, and who plans them is named."""
    if report.expected is None:
        asks = turn.words("report.asks.until", n=len(wishes))
        return Reply(f"{told.text}\n{asks}", (*told.offers, _until(turn, report)))
    draft = _drafted(turn, ask, plan, report, wishes)
    if draft is None:
        names = names_of(turn, who_may_propose(turn, wishes[0], Person("", "", report.department)))
        return Reply(f"{told.text}\n{turn.words('report.asks.others', names=names)}", told.offers)
    if draft.origin:
        show_new(turn, Purpose.PROPOSAL, draft, draft.origin)
    name = turn.organisation.name_of(draft.proposer)
    key = "report.drafted-all" if draft.proposer == ask.person.id else "report.drafted-for"
    return Reply(f"{told.text}\n{turn.words(key, n=len(wishes), name=name)}", told.offers)


def _drafted(turn: Turn, ask: Ask, plan: Plan, report: Report, wishes: Sequence[Move]) -> Change | None:
    """As theirs who said it, else of the nearest who may propose it."""
    wanted = tuple(operation for wish in wishes for operation in operations_of(wish, plan))
    return begun_by_first(
        turn, plan, report.department, wanted, list(_proposers(turn, ask, report, wanted)), wishes[0].reason,
        f"{report.no} {report.department}", report.by,
    )  # fmt: skip


def _proposers(turn: Turn, ask: Ask, report: Report, wanted: tuple[Operation, ...]) -> Iterator[tuple[str, str]]:
    """Each with where they hear of it."""
    yield ask.person.id, ask.conversation
    for one in who_may_propose(turn, wanted, Person(ask.person.id, "", report.department)):
        yield one.id, turn.environment.conversation_of(one.department)


def _drop_former(turn: Turn, report: Report) -> None:
    """What the word before asked of the department, and nobody has proposed."""
    for one in turn.uow.changes.open_of_facts(report.department):
        if one.state is ChangeState.DRAFT:
            drop(turn, one, report.by)


def _running(plan: Plan, report: Report) -> Iterator[Item]:
    """The item that was named, unless it is over; of a department what is in progress."""
    if report.item:
        yield from (item for item in (plan.items[report.item],) if not item.status.is_over)
        return
    yield from (item for item in plan.items.values() if stands_still(item, report.department))


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


def _until(turn: Turn, report: Report) -> str:
    """The same word with the day that is still to be said."""
    place = turn.organisation.department_name(report.department)
    why = turn.words("report.until.because", reason=report.reason) if report.reason else ""
    return turn.words(f"report.until.{report.kind.value}", place=place) + why
