"""Splitting an item: a change request like any other, whose parts are worked out from what was reported."""

from handlers.actions.change.propose import drafted, words_of
from handlers.govern.facts import planned_of, progress_of
from handlers.language import find_item
from handlers.language.commands.splitting import Split
from handlers.lifecycle.after_change import begin
from handlers.notify.new_cards import show_new
from handlers.turn import Ask, Turn
from planning.facts.split import split_at, split_first
from planning.plan.item import Item
from planning.plan.operation import Operation
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable
from planning.refusal import Refused
from storage.delivery.cards import Purpose


def split(turn: Turn, ask: Ask, command: Split) -> None:
    """Show the proposer both parts and what that would do. Raises Refused: "split-past", codes of
    `planning.facts.split`, and those of a proposal."""
    plan = turn.plan()
    item = find_item(plan, command.item)
    wanted = _wanted(turn, plan, item, command)
    said = command.reason, words_of(turn, ask, command), ask.conversation
    begun = begin(turn, drafted(turn, plan, (wanted,), ask.person.id, *said, preview=True), ask.person.id)
    show_new(turn, Purpose.PROPOSAL, begun, ask.conversation)


def _wanted(turn: Turn, plan: Plan, item: Item, command: Split) -> Operation:
    progress, planned = progress_of(turn, plan, item.code), planned_of(turn, plan, [item.code])[item.code]
    calendar = Timetable(plan).of(item)
    if command.first is not None:
        return split_first(plan, progress, planned, calendar, command.first, turn.today, command.rest)
    day = command.day or turn.today
    if day < turn.today:
        raise Refused("split-past", day=day, today=turn.today)
    return split_at(plan, progress, planned, calendar, day, command.rest)
