"""From a fact to a change request: one draft per item, replaced by the next report, and submitted by nobody but people
unless a rule of facts has approved it beforehand."""

from collections.abc import Iterable

from handlers.actions.change.propose import drafted, submit_draft
from handlers.govern.classify import is_absorbed
from handlers.govern.facts import outlook_of, promised_in
from handlers.govern.who_may import who_may_propose
from handlers.lifecycle.after_change import begin, save
from handlers.lifecycle.record_fact import Booked
from handlers.notify.new_cards import show_new
from handlers.turn import Turn
from planning.change.approval import discard
from planning.change.change import Change, ChangeState
from planning.facts.consequence import change_for
from planning.facts.cover import cover_for
from planning.facts.forecast import Outlook
from planning.facts.report import BOOKS_NOTHING, Report
from planning.people.organisation import Person
from planning.plan.item import Item
from planning.plan.operation import Operation
from planning.plan.plan import Plan
from planning.refusal import Refused
from storage.delivery.cards import Purpose


def draft_from_fact(turn: Turn, booked: Booked, outlook: Outlook, conversation: str = "") -> Change | None:
    """Draft what the report asks of the plan by this forecast, shown with its effect to who may propose it: whoever
    reported, where they were heard, else the nearest who may, in their department's conversation. The draft of the
    report before is dropped, also where nothing is asked any more; what is being decided is not asked again."""
    report = booked.report
    if booked.before is None or report.kind in BOOKS_NOTHING:
        return None
    plan, item = turn.plan(), booked.before  # with the stock that the fact has left
    asked = turn.uow.changes.open_of_facts(item.code)
    known = next((one for one in asked if one.state is ChangeState.DRAFT), None)
    later = change_for(outlook, plan, item.code, promised_in(turn, plan, [item.code]))
    wanted = (*later, *cover_for(outlook, turn.environment.networks.of(plan), item.code))
    if known and known.operations == wanted and known.base_revision == plan.revision:
        return known
    if known:
        drop(turn, known, report.by)
    if any(one.state.is_pending and one.operations == wanted for one in asked):
        return None
    return _drafted(turn, plan, item, report, wanted, conversation) if wanted else None


def last_words(facts: Iterable[Booked]) -> dict[str, Booked]:
    """Of each item the last fact that may ask something of the plan."""
    tell = (booked for booked in facts if booked.progress and booked.report.kind not in BOOKS_NOTHING)
    return {booked.report.item: booked for booked in tell}


def draft_from_facts(turn: Turn, facts: Iterable[Booked]) -> None:
    """The same of a batch, once for each item: its last word is asked."""
    last = last_words(facts)
    outlook = outlook_of(turn, turn.plan(), last)
    for booked in last.values():
        draft = draft_from_fact(turn, booked, outlook)
        if draft and draft.state.is_in_effect:
            outlook = outlook_of(turn, turn.plan(), last)


def _drafted(
    turn: Turn, plan: Plan, item: Item, report: Report, wanted: tuple[Operation, ...], conversation: str
) -> Change | None:
    """None: nobody may propose it, or it cannot be done."""
    proposers = _proposers(turn, item, report, wanted, conversation)
    reason = turn.words("report.reason", no=report.no)
    added = begun_by_first(turn, plan, item.code, wanted, proposers, reason, f"{report.no} {item.code}", report.by)
    if added is None:
        return None
    if is_absorbed(turn, added) and (submitted := _absorbed(turn, added)):
        return submitted
    if added.origin:
        show_new(turn, Purpose.PROPOSAL, added, added.origin)
    return added


def begun_by_first(
    turn: Turn, plan: Plan, about: str, wanted: tuple[Operation, ...], proposers: Iterable[tuple[str, str]],
    reason: str, text: str, by: str = "",
) -> Change | None:
    """The draft that what happened to an item, or a department, asks for, kept as theirs who may propose it first, each
    with where they hear of it. `by`: who brings it about; None: nobody may propose it, or it cannot be done."""
    for proposer, place in proposers:
        try:
            draft = drafted(turn, plan, wanted, proposer, reason, text, place, preview=True, facts_of=about)
        except Refused:
            continue
        return begin(turn, draft, by or proposer)
    return None


def drop(turn: Turn, draft: Change, by: str) -> None:
    """A newer word has taken the place of the one that asked for it."""
    save(turn, draft, discard(draft, draft.proposer, turn.now), by=by)


def _absorbed(turn: Turn, draft: Change) -> Change | None:
    """The draft submitted by the rule that lets it; None where something else stops it."""
    try:
        return submit_draft(turn, draft, draft.proposer)
    except Refused:
        return None


def _proposers(
    turn: Turn, item: Item, report: Report, wanted: tuple[Operation, ...], conversation: str
) -> list[tuple[str, str]]:
    """Those who may propose it, the nearest first, each with where they hear of it."""
    people = turn.organisation.people
    reporter = people.get(report.by) or Person(report.by, report.by, item.department)
    others = who_may_propose(turn, wanted, reporter)
    found = [(reporter.id, conversation)] if reporter.id in people else []
    return found + [(one.id, turn.environment.conversation_of(one.department)) for one in others]
