"""齐套: whether what orders need is there before they start."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from cards.markdown import body
from handlers.govern.readiness import in_turn, readiness_of, starting, starting_soon
from handlers.language import Span, find_item
from handlers.language.commands.readiness import ShowReadiness, Solved, When
from handlers.notify.facts.readiness_lines import ReadinessLines, waited_of, which_days
from handlers.notify.facts.readiness_news import WORST, worst_first
from handlers.notify.facts.readiness_steps import steps_of
from handlers.reads.plan.plan_query import span_dates
from handlers.reply import Reply
from handlers.turn import Ask, Turn
from planning.facts.progress import RECEIVED
from planning.people.organisation import Department
from planning.plan.item import Item
from planning.plan.plan import Plan
from planning.readiness.goods import PRODUCTION
from planning.readiness.line import Colour, Order
from planning.readiness.readiness import Readiness


def show_readiness(turn: Turn, ask: Ask, command: ShowReadiness) -> Reply:
    """One order with all its lines, or those that start on some days, the worst first."""
    plan = turn.plan()
    department = turn.organisation.find_department(command.words) if command.words else None
    if command.words and department is None:
        return _one(turn, plan, find_item(plan, command.words))
    return _several(turn, plan, department, command.when)


def _one(turn: Turn, plan: Plan, item: Item) -> Reply:
    if item.type != PRODUCTION:
        return Reply(_no_order(turn, item, turn.words("ready.why.type")))
    readiness = readiness_of(turn, plan, [item.code])
    order = readiness.order(item.code)
    if order is None:
        status = turn.words(f"value.status.{item.status.value}")
        return Reply(_no_order(turn, item, turn.words("ready.why.status", status=status)))
    told = ReadinessLines(turn, plan, readiness)
    lines = [told.state(order), *map(told.line, order.all), *told.acts(order)]
    note = turn.words.clauses(told.notes([order]))
    text = body(turn.words.locale, "brief", title=told.head(order), lines=lines, note=note)
    return Reply(text, tuple(step.command for step in steps_of(turn, order)))


def say_how(turn: Turn, ask: Ask, command: Solved) -> Reply:
    """已解决 closes nothing by itself: what has happened is asked for, goods that came, another date, goods of another
    order; the next look at the order tells whether that was all."""
    plan, item = turn.plan(), find_item(turn.plan(), command.item)
    readiness = readiness_of(turn, plan, [item.code])
    order = readiness.order(item.code)
    if order is None or order.colour is not Colour.RED:
        return _one(turn, plan, item)
    told = ReadinessLines(turn, plan, readiness)
    return Reply(turn.words("ready.how", order=told.order(order)), tuple(_ways(turn, plan, readiness, order)))


def _ways(turn: Turn, plan: Plan, readiness: Readiness, order: Order) -> Iterator[str]:
    """到货, 改计划, 借料: each as a command, in whose words it is said."""
    code = order.item.code
    for supply in [one for one in waited_of(order) if plan.items[one].type in RECEIVED][:1]:
        yield f"到货 {supply} 全部"
    yield f"改期 {code} 开始 到 {order.eta or '<日期>'} 因为 来料晚到"
    if lender := readiness.may_lend(order):
        yield f"改期 {lender} 推迟 <天数> 因为 让料给 {code}"


def _no_order(turn: Turn, item: Item, why: str) -> str:
    return turn.words("ready.no-order", item=item.code, title=item.title, why=why)


def _several(turn: Turn, plan: Plan, department: Department | None, when: When | None) -> Reply:
    codes, which = _asked_for(turn, plan, when)
    if department:
        codes = [code for code in codes if plan.items[code].department == department.id]
        which = turn.words("ready.of", department=department.name, which=which)
    readiness = readiness_of(turn, plan, codes)
    orders = in_turn(readiness, codes)
    if not orders:
        return Reply(turn.words("ready.nothing", which=which))
    told = ReadinessLines(turn, plan, readiness)
    worst = sorted(orders, key=worst_first)[:WORST]
    lines = [told.order(order) for order in worst]
    if len(worst) == 1:
        lines += told.acts(worst[0])
    if len(orders) > WORST:
        lines.append(turn.words("card.more", n=len(orders) - WORST))
    note = turn.words.clauses(told.notes(worst))
    steps = tuple(f"齐套 {order.item.code}" for order in worst if order.colour is Colour.RED)[:2]
    return Reply(body(turn.words.locale, "brief", title=told.title(which, orders), lines=lines, note=note),
                 steps)  # fmt: skip


def _asked_for(turn: Turn, plan: Plan, when: When | None) -> tuple[Sequence[str], str]:
    if when is None:
        return starting_soon(turn, plan), turn.words("ready.soon", n=turn.environment.days_before)
    first, last = _dates(turn, when)
    return starting(turn, plan, first, last), which_days(turn, first, last)


def _dates(turn: Turn, when: When) -> tuple[date, date]:
    if when is When.TOMORROW:
        tomorrow = turn.today + timedelta(days=1)
        return tomorrow, tomorrow
    return span_dates(Span(when.value), turn.today)
