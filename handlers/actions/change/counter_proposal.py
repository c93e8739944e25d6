"""A rejection that says what would do instead (建议): it becomes a draft of whoever proposed what is rejected."""

from dataclasses import replace
from datetime import date

from handlers.actions.change.decide import by_word, decidable, decide, outcome, word_of
from handlers.actions.change.propose import drafted
from handlers.govern.readers import warning
from handlers.language import THIS, Reject, Write, operations_of, speaks_of_suggesting, write_in
from handlers.lifecycle.after_change import begin
from handlers.lifecycle.take_back import giving_back
from handlers.notify.change.seen import card_back
from handlers.notify.new_cards import room_of, show_new
from handlers.notify.people.delegation_cards import tell_the_absent
from handlers.turn import Ask, Turn
from planning.change import approval
from planning.change.change import Change, Decision, Verdict
from planning.change.emergency import fell_through
from planning.plan.plan import Plan
from planning.refusal import Refused
from storage.delivery.cards import Purpose


def reject_with(
    turn: Turn, change: Change, department: str, decision: Decision, suggestion: str, said_on: date, *,
    pressed: str = "",
) -> tuple[Change, Change]:
    """The rejected request, and the draft of what is suggested instead: for its proposer to submit, under their
    authority, so that who suggested it may decide on it.

    Raises Refused and then changes nothing: what the rejection raises, "suggestion-refused" for what cannot be done.
    """
    comment = turn.words("modify.suggestion.comment", reason=decision.comment, suggestion=suggestion)
    said = replace(decision, comment=comment)
    deputies = turn.deputies()
    # refused before anything is written
    approval.require_decider(change, department, decision.person, deputies, decision.verdict)
    ended = approval.reject(change, department, decision, deputies)
    try:
        plan = _plan_without(turn, change) if fell_through(ended) else turn.plan()
        wanted = _drafted(turn, plan, change, said, suggestion, said_on)
    except Refused as refused:
        raise _impossible(turn, change, decision, suggestion, refused) from refused
    rejected = decide(turn, change, department, said, pressed=pressed)
    now = turn.plan().revision
    kept = replace(wanted, no=turn.uow.changes.next_number(turn.today), base_revision=now)
    counter = begin(turn, replace(kept, impact=replace(wanted.impact, revision=now)), said.person)
    show_new(turn, Purpose.PROPOSAL, counter, counter.origin)
    return rejected, counter


def reject(turn: Turn, ask: Ask, command: Reject) -> str:
    """Reject by word, with or without a suggestion."""
    if not command.suggestion:
        told = by_word(turn, ask, command.change_no, Verdict.REJECT, command.reason)
        return f"{told}{not_drafted(turn, turn.change(command.change_no), command.reason)}"
    change, department = decidable(turn, ask, command.change_no, Verdict.REJECT)
    decision = word_of(turn, ask, change, Verdict.REJECT, command.reason)
    said_on = turn.day_of(ask.said_at)
    with card_back(turn, ask, change, department):
        rejected, counter = reject_with(turn, change, department, decision, command.suggestion, said_on)
    tell_the_absent(turn, change, rejected, ask.conversation)
    suggested = turn.words("answer.decided.suggested", new=counter.no, proposer=turn.view(counter).proposer)
    told = f"{outcome(turn, rejected, department, decision)}{suggested}"
    return f"{told}{warning(turn, change, ask.person.id, f'{command.reason} {command.suggestion}')}"


def not_drafted(turn: Turn, change: Change, reason: str) -> str:
    """Explain that 建议 with prose after it makes no draft, and what would make one; empty: nothing was suggested."""
    if not speaks_of_suggesting(reason):
        return ""
    item = change.operations[0].item if change.operations else "<单号>"
    return turn.words("modify.suggestion.prose", proposer=turn.view(change).proposer, item=item)


def about(command: Write, change: Change) -> Write:
    """`本单` is what the request is about. Raises Refused("this-unknown") where that is several items."""
    items = {operation.item for operation in change.operations}
    if command.item != THIS:
        return command
    if len(items) != 1:
        raise Refused("this-unknown")
    return replace(command, item=items.pop())


def _plan_without(turn: Turn, change: Change) -> Plan:
    """The plan as it is once this emergency is taken back: on that its proposer is to look at what is suggested."""
    _, impact = giving_back(turn, change)
    return turn.plan().with_effect(impact)


def _drafted(
    turn: Turn, plan: Plan, change: Change, decision: Decision, suggestion: str, said_on: date
) -> Change:
    command = about(write_in(suggestion, change.reason, said_on, turn.vocabulary), change)
    room, by = room_of(turn, change), decision.person
    said = command.reason, suggestion if said_on == turn.today else turn.spell(command), room
    instead_of = (change.no,)
    return drafted(
        turn, plan, operations_of(command, plan), change.proposer, *said,
        supersedes=instead_of, suggested_by=by,
    )  # fmt: skip


def _impossible(turn: Turn, change: Change, decision: Decision, suggestion: str, refused: Refused) -> Refused:
    """Refusal of a suggestion that cannot be done; nothing of what was typed is lost."""
    because = turn.words("modify.suggestion.plain", no=change.no, reason=decision.comment)
    return Refused(
        "suggestion-refused",
        no=change.no,
        found=suggestion,
        why=turn.sentence(refused.refusal),
        example=turn.words("modify.suggestion.example", plain=because),
        plain=because,
    )
