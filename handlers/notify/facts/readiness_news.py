"""齐套 told by itself: in the morning what has changed, to whoever can act; in the evening what starts next."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from cards.markdown import body, plain
from cards.question import EVERYBODY, Offer, Question
from cards.words.dates import day
from handlers.govern.readiness import in_turn, readiness_of, starting, starting_soon
from handlers.notify.best_before import today_only
from handlers.notify.facts.fact_notices import ends_told
from handlers.notify.facts.readiness_lines import ReadinessLines, is_on_old_stock, waited_of, which_days
from handlers.notify.facts.readiness_steps import steps_of
from handlers.notify.question_cards import fits, put_up
from handlers.turn import Turn
from planning.people.organisation import Department
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable
from planning.readiness.line import Colour, Order
from planning.readiness.telling import Told, fingerprint, is_news

WORST = 5
"""Orders of one message; the others are counted."""
RANK = (Colour.RED, Colour.YELLOW, Colour.NONE, Colour.GREEN)


def worst_first(order: Order) -> tuple[int, date, str]:
    return RANK.index(order.colour), order.start, order.item.code


def tell_news(turn: Turn) -> None:
    """One message a conversation: orders that became red, lack more or whose day has moved, and those that are red no
    more. An unchanged red is not told again."""
    plan, before = turn.plan(), turn.uow.readiness.all()
    codes = list(dict.fromkeys([*starting_soon(turn, plan), *(code for code in before if code in plan.items)]))
    readiness = readiness_of(turn, plan, codes)
    orders = {order.item.code: order for order in in_turn(readiness, codes)}
    lines, timetable = ReadinessLines(turn, plan, readiness), Timetable(plan)
    news, kept = defaultdict[str, list[Order]](list), dict[str, Told]()

    def is_said(supply: str) -> bool:
        return not readiness.outlook[supply].unknown

    for code, order in orders.items():
        known = before.get(code)
        if is_news(known, order, timetable.of(order.item).between, is_said):
            for home in _homes(turn, plan, order):
                news[home].append(order)
            kept[code] = fingerprint(order, known.since if known else turn.today, is_said)
        elif known and (order.colour is Colour.RED or is_on_old_stock(turn, plan, order)):
            kept[code] = known
    ended = defaultdict[str, list[str]](list)
    for code in before:
        if code not in kept and code in plan.items:  # the end is told by the order's department
            ended[turn.environment.conversation_of(plan.items[code].department)].append(code)
    for home in dict.fromkeys((*news, *ended)):
        ends = [_end(turn, plan, lines, orders.get(code), code) for code in ended[home]]
        _say(turn, home, "news", lines, turn.words("ready.soon", n=turn.environment.days_before), news[home], ends,
             list(orders.values()))  # fmt: skip
        ends_told(turn, home, ended[home])
    turn.uow.readiness.keep(kept.values())


def tell_tomorrow(turn: Turn) -> None:
    """Whoever starts on the next working day sees the evening before whether everything is there."""
    plan = turn.plan()
    next_day = turn.calendar.add(turn.today, 1)
    codes = starting(turn, plan, turn.today + timedelta(days=1), next_day)
    readiness = readiness_of(turn, plan, codes)
    lines, by_home = ReadinessLines(turn, plan, readiness), defaultdict[str, list[Order]](list)
    for order in in_turn(readiness, codes):
        by_home[turn.environment.conversation_of(order.item.department)].append(order)
    for home, orders in by_home.items():
        _say(turn, home, "tomorrow", lines, which_days(turn, next_day, next_day), orders, [], orders)


def not_ready_of(turn: Turn, department: Department) -> list[str]:
    """For a digest: the department's orders that start soon and are red, each with its age, or yellow."""
    plan, told = turn.plan(), turn.uow.readiness.all()
    codes = [code for code in starting_soon(turn, plan) if plan.items[code].department == department.id]
    readiness = readiness_of(turn, plan, codes)
    lines, rows = ReadinessLines(turn, plan, readiness), list[str]()
    for order in sorted(in_turn(readiness, codes), key=worst_first):
        known = told.get(order.item.code)
        if order.colour in (Colour.RED, Colour.YELLOW):
            since = turn.words("ready.since", since=day(known.since, turn.today)) if known else ""
            rows.append(lines.order(order) + since)
    return rows


def _say(
    turn: Turn, home: str, run: str, lines: ReadinessLines, which: str, told: Sequence[Order], ended: Sequence[str],
    counted: Iterable[Order],
) -> None:  # fmt: skip
    if not home:
        return
    worst = sorted(told, key=worst_first)[:WORST]
    rows = [row for order in worst for row in (lines.order(order), *lines.acts(order))]
    if len(told) > WORST:
        rows.append(turn.words("ready.more", n=len(told) - WORST))
    title = lines.title(which, list(counted))
    note = turn.words.clauses(lines.notes(worst))
    text = body(turn.words.locale, "brief", title=title, lines=[*rows, *ended], note=note)
    red = next((order for order in worst if order.colour is Colour.RED), None)
    steps = steps_of(turn, red) if red else ()
    about = turn.words("ready.steps-of", item=red.item.code, title=plain(red.item.title)) if red else ""
    whole = f"{text}\n\n{about}" if len(worst) > 1 else text
    if steps and fits(turn, home, whole):
        put_up(turn, _question(turn, home, whole, steps))
        return
    key = f"ready:{run}:{home}:{turn.today.isoformat()}"
    turn.uow.outbox.say(home, text, turn.now, key, best_before=today_only(turn))
    if steps:  # what a card would cut is a message of its own
        later = replace(turn, now=turn.now + timedelta(milliseconds=1))
        put_up(later, _question(later, home, about, steps))


def _question(turn: Turn, home: str, sentence: str, steps: tuple[Offer, ...]) -> Question:
    return Question(secrets.token_hex(8), home, EVERYBODY, "", sentence, steps, "", turn.now)


def _homes(turn: Turn, plan: Plan, order: Order) -> Iterator[str]:
    """Where it is told: by the order's department, and by those of the supplies it waits for; where nothing will come,
    by the coordinators."""
    departments = [order.item.department, *(plan.items[code].department for code in waited_of(order))]
    homes = [turn.environment.conversation_of(department) for department in departments]
    home = turn.environment.coordinators_department()
    if order.eta is None and home:
        homes.append(home.conversation)
    yield from dict.fromkeys(homes)


def _end(turn: Turn, plan: Plan, lines: ReadinessLines, order: Order | None, code: str) -> str:
    item = plan.items[code]
    state = lines.state(order) if order else turn.words(f"value.status.{item.status.value}")
    return turn.words("ready.solved", item=code, title=item.title, state=state)
