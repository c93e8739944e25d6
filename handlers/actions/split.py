"""Splitting an item: a change request like any other, whose parts are worked out from what was reported."""

from handlers.actions.propose import drafted, words_of
from handlers.govern.facts import planned_of, progress_of
from handlers.language import find_item
from handlers.language.splitting import Split
from handlers.lifecycle.after_change import begin
from handlers.notify.new_cards import show_new
from handlers.turn import Ask, Turn
from planning.facts.split import split_at
from planning.plan.timetable import Timetable
from planning.refusal import Refused
from storage.cards import Purpose


def split(turn: Turn, ask: Ask, command: Split) -> None:
    """Show the proposer both parts and what that would do. Raises Refused: "split-past", codes of
    `planning.facts.split`, and those of a proposal."""
    plan = turn.plan()
    item = find_item(plan, command.item)
    if command.day < turn.today:
        raise Refused("split-past", day=command.day, today=turn.today)
    progress, planned = progress_of(turn, plan, item.code), planned_of(turn, plan, [item.code])[item.code]
    wanted = split_at(plan, progress, planned, Timetable(plan).of(item), command.day, command.rest)
    said = command.reason, words_of(turn, ask, command), ask.conversation
    begun = begin(turn, drafted(turn, plan, (wanted,), ask.person.id, *said, preview=True), ask.person.id)
    show_new(turn, Purpose.PROPOSAL, begun, ask.conversation)
