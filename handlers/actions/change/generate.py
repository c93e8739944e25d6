"""生成: one change request of everything an order needs by a template."""

from dataclasses import replace

from handlers.actions.change.propose import drafted, words_of
from handlers.govern.templates import template_named
from handlers.language import find_item
from handlers.language.commands.generating import Generate
from handlers.lifecycle.after_change import begin
from handlers.notify.new_cards import show_new
from handlers.turn import Ask, Turn
from planning.generation.drafting import promise_of, wanted_of, without_its_own
from planning.generation.explosion import Explosion, Order, explode
from planning.generation.free_goods import free_goods
from planning.generation.template import Template
from planning.plan.item import Item
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable
from planning.refusal import Refused
from planning.schedule.refresh import Networks
from storage.delivery.cards import Purpose


def generate(turn: Turn, ask: Ask, command: Generate) -> str | None:
    """Show the proposer all the order needs and what that would do; say what is already there or has to be filled in.
    Raises Refused: "generate-template", "generate-over", "generate-no-quantity", "generate-no-product",
    "generate-too-late", and those of a proposal."""
    plan = turn.plan()
    item = find_item(plan, command.order)
    template = _known_here(turn, template_named(turn, command.template, command))
    order = _order_of(item, command)
    found = _exploded(turn, plan, template, order)
    if found.first.start < turn.today and plan.items.keys().isdisjoint(_codes(template, order)):
        raise _too_late(turn, template, order, found, command)
    wanted = wanted_of(plan, template, order, found)
    told = [turn.words("generate.differs", code=one.code, there=one.there, given=one.given) for one in wanted.differing]
    told += [turn.words("generate.no-lead", code=template.code_of(key, order.code)) for key in found.without_lead()]
    if not wanted.operations:
        return "\n".join([turn.words("generate.nothing", order=order.code, template=template.name), *told])
    reason = command.reason or turn.words("generate.reason", order=order.code, template=template.name)
    said = reason, words_of(turn, ask, command), ask.conversation
    begun = begin(turn, drafted(turn, plan, wanted.operations, ask.person.id, *said, preview=True), ask.person.id)
    show_new(turn, Purpose.PROPOSAL, begun, ask.conversation)
    return "\n".join(told) or None


def _known_here(turn: Turn, template: Template) -> Template:
    """The template, its stages of departments that are not here nobody's: the coordinator answers for them."""
    here = turn.organisation.departments
    stages = (one if one.department in here else replace(one, department="") for one in template.stages)
    return replace(template, stages=tuple(stages))


def _order_of(item: Item, command: Generate) -> Order:
    if item.status.is_over:
        raise Refused("generate-over", item=item.code, title=item.title)
    if not item.quantity:
        raise Refused("generate-no-quantity", item=item.code, title=item.title)
    if not item.product:
        raise Refused("generate-no-product", item=item.code, title=item.title)
    return Order(item.code, item.product, item.quantity, command.day or promise_of(item), item.unit)


def _codes(template: Template, order: Order) -> list[str]:
    return [template.code_of(stage.key, order.code) for stage in template.stages]


def _exploded(turn: Turn, plan: Plan, template: Template, order: Order) -> Explosion:
    timetable = Timetable(plan)
    network = Networks().of(without_its_own(plan, template, order.code))
    free = free_goods(network, {order.product, *(stage.product for stage in template.stages)})
    return explode(template, order, lambda stage: timetable.for_columns("", stage.department), free, turn.today)


def _too_late(turn: Turn, template: Template, order: Order, found: Explosion, command: Generate) -> Refused:
    """R17's sentence: what would have to be begun when, and the earliest promise that works."""
    first = found.first
    earliest = replace(command, order=order.code, template=template.name, day=found.earliest)
    return Refused(
        "generate-too-late", offers=(turn.spell(earliest),), order=order.code, day=order.day, stage=first.stage.title,
        start=first.start, earliest=found.earliest,
    )  # fmt: skip
