"""What can be done about a red order, as whole commands: remind, begin with a part, move it to when it can start,
say that it is there."""

from collections.abc import Iterator

from cards.question import Offer
from handlers.language.respelt import respelt
from handlers.notify.facts.readiness_lines import waited_of
from handlers.turn import Turn
from planning.plan.amount import plain
from planning.readiness.line import Colour, Order


def steps_of(turn: Turn, order: Order) -> tuple[Offer, ...]:
    """None of an order that is not red."""
    found = _steps(order) if order.colour is Colour.RED else ()
    words, vocabulary = turn.words, turn.vocabulary
    return tuple(
        Offer(respelt(command, words.locale, turn.today, vocabulary), words(f"ready.step.{code}", what=what))
        for code, command, what in found
    )


def _steps(order: Order) -> Iterator[tuple[str, str, str]]:
    code = order.item.code
    for supply in waited_of(order)[:1]:
        yield "remind", f"催办 {supply}", supply
    if order.eta and (can := order.can_begin):
        yield "begin", f"拆分 {code} 先做 {plain(can)} 余下 {order.eta}", plain(can)
    if order.eta:
        yield "move", f"改期 {code} 开始 到 {order.eta} 因为 来料晚到", code
    yield "solved", f"齐套 {code} 已解决", code
