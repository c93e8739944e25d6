"""催办 of a purchase, or of anything an order waits for: its owner is reminded, once a day."""

from collections.abc import Iterator

from cards.markdown import plain as escaped
from cards.words.dates import day
from handlers.govern.readiness import in_turn, readiness_of
from handlers.govern.reporters import owner_of
from handlers.language import find_item
from handlers.language.commands.following import RemindSupply
from handlers.notify.audit import record
from handlers.notify.best_before import today_only
from handlers.notify.facts.readiness_lines import ReadinessLines, waited_of
from handlers.turn import Ask, Turn
from planning.plan.item import Item
from planning.plan.plan import Plan
from planning.refusal import Refused
from planning.trail.audit import Kind

MOST = 3
"""Orders that are told."""


def remind_supply(turn: Turn, ask: Ask, command: RemindSupply) -> str:
    """Say where its owner reads that it is waited for, and for what. Raises Refused: "supply-over", "supply-own",
    "supply-nowhere", "supply-reminded"."""
    plan = turn.plan()
    item = find_item(plan, command.item)
    facts = {"item": item.code, "title": item.title}
    if item.status.is_over:
        raise Refused("supply-over", status=item.status.value, **facts)
    owner = owner_of(turn, item)
    if owner and owner.id == ask.person.id:
        raise Refused("supply-own", **facts)
    department = owner.department if owner else item.department
    home = turn.environment.conversation_of(department)
    name = owner.name if owner else turn.organisation.department_name(department)
    if not home:
        raise Refused("supply-nowhere", **facts)
    text = turn.words(
        "supply.reminder", by=ask.person.name, name=name, item=item.code, title=escaped(item.title),
        finish=day(item.finish, turn.today), waiting=turn.words.list(list(_waiting(turn, plan, item))),
    )  # fmt: skip
    if not turn.uow.outbox.say(home, text, turn.now, _key(turn, item), best_before=today_only(turn)):
        raise Refused("supply-reminded", name=name, **facts)
    record(turn, Kind.SUPPLY_REMINDED, ask.person.id, item.code, {"departments": department})
    return turn.words("supply.reminded", name=name, **facts)


def _key(turn: Turn, item: Item) -> str:
    return f"supply:{item.code}:{turn.today.isoformat()}"


def _waiting(turn: Turn, plan: Plan, item: Item) -> Iterator[str]:
    """The red orders that wait for it, the earliest start first, with what they lack."""
    requirements = turn.environment.requirements.of(turn.environment.networks.of(plan))
    asking = {code for product in requirements.supplied_by(item.code)
              for code, _ in requirements.orders_of.get(product, ())}  # fmt: skip
    asking.update(code for code, _ in requirements.behind(item.code))
    readiness = readiness_of(turn, plan, asking)
    lines = ReadinessLines(turn, plan, readiness)
    orders = [one for one in in_turn(readiness, asking) if item.code in waited_of(one)]
    yield from (lines.order(order) for order in orders[:MOST])
    if not orders:
        yield turn.words("supply.nothing-waits")
    elif len(orders) > MOST:
        yield turn.words("ready.more", n=len(orders) - MOST)
