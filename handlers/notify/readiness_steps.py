"""What can be done about a red order, as whole commands: remind, begin with a part, move it to when it can start."""

from collections.abc import Iterator, Sequence

from cards.question import Offer
from handlers.language.respelt import respelt
from handlers.notify.readiness_lines import waited_of
from handlers.turn import Turn
from planning.plan.amount import plain
from planning.readiness.line import Colour, Order


def steps_of(turn: Turn, order: Order, named: str = "") -> list[Offer]:
    """None of an order that is not red. `named`: what stands before the words of the buttons."""
    found = _steps(order) if order.colour is Colour.RED else ()
    words, vocabulary = turn.words, turn.vocabulary
    return [
        Offer(respelt(command, words.locale, turn.today, vocabulary), named + words(f"ready.step.{code}", what=what))
        for code, command, what in found
    ]


def steps_of_worst(turn: Turn, orders: Sequence[Order]) -> tuple[Offer, ...]:
    """Of the first that is red; named by its code where others are told beside it."""
    worst = next((order for order in orders if order.colour is Colour.RED), None)
    named = f"{worst.item.code} " if worst and len(orders) > 1 else ""
    return tuple(steps_of(turn, worst, named)) if worst else ()


def _steps(order: Order) -> Iterator[tuple[str, str, str]]:
    code = order.item.code
    for supply in waited_of(order)[:1]:
        yield "remind", f"催办 {supply}", supply
    if order.eta and (can := order.can_begin):
        yield "begin", f"拆分 {code} 先做 {plain(can)} 余下 {order.eta}", plain(can)
    if order.eta:
        yield "move", f"改期 {code} 开始 到 {order.eta} 因为 来料晚到", code
