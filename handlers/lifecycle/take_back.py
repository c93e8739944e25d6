"""Taking a change back by a change of its own: with its own number, impact and revision, told to all it concerns."""

from dataclasses import replace
from datetime import timedelta

from cards.lines.standing import restored_or_not
from cards.markdown import plain
from handlers.lifecycle.new_revision import new_revision
from handlers.lifecycle.plan_before import before, by_hand
from handlers.turn import Turn
from planning.change import approval
from planning.change.change import Change, ChangeState, StepState
from planning.change.compensation import GivenBack, Later, Restoration, given_back, left_of, restoration
from planning.control.policy import Policy
from planning.people.principal import SYSTEM
from planning.plan.impact import Impact
from planning.plan.operation import Op
from planning.plan.plan import Plan
from planning.refusal import Refusal
from planning.schedule.effect import hash_of
from storage.delivery.cards import Purpose

_LEFT = {"item-is-over": "left-over", "already-started": "left-started"}
"""Remarks on what a rule refuses to give back, by the code of its refusal."""


def compensating(turn: Turn, change: Change, why: str, by: str) -> Change:
    """The change that takes an emergency back which was not ratified: nobody is asked. `why` is told as its reason."""
    found, impact = giving_back(turn, change)
    drafted = compensation(turn, change, found, impact, by, why)
    return replace(drafted, state=ChangeState.IN_APPROVAL, submitted_at=turn.now)


def given(turn: Turn, by: Change) -> Change:
    """A compensating change in effect; failed, without a revision, where there is nothing it could give back."""
    if given_back(by) in (GivenBack.WHOLLY, GivenBack.PARTLY):
        return approval.apply(by, new_revision(turn, by, by.impact), turn.now)
    refused = tuple(left_of(by)) or (Refusal("nothing-changes", {"item": turn.change(by.reverts).operations[0].item}),)
    rest = tuple(remark for remark in by.impact.exceptions if remark not in refused)
    return approval.fail(replace(by, impact=replace(by.impact, refused=refused, exceptions=rest)), turn.now)


def why_taken_back(turn: Turn, change: Change) -> tuple[str, str]:
    """The reason that an emergency is taken back, and whose doing that is. `change`: as it ended."""
    facts = {"no": change.no, "name": turn.organisation.name_of(change.proposer)}
    if change.state is ChangeState.WITHDRAWN:
        return turn.words("undo.revert.withdrawn", **facts), change.proposer
    if change.state is ChangeState.SUPERSEDED:
        return turn.words("undo.revert.gave-way", no=change.no, to=change.superseded_by), str(SYSTEM)
    if change.state is ChangeState.EXPIRED:
        assert change.expires_at is not None
        until = change.expires_at.astimezone(turn.environment.zone)
        return turn.words("undo.revert.expired", until=f"{until:%Y-%m-%d %H:%M}", **facts), str(SYSTEM)
    (step,) = (step for step in change.steps if step.state is StepState.REJECTED and not step.optional)
    said = step.decisions[-1]
    facts |= {"name": turn.organisation.name_of(said.person), "comment": said.comment}
    department = turn.view(change).department(step.department)
    return turn.words("undo.revert.rejected", department=department, **facts), str(SYSTEM)


def call_coordinator(turn: Turn, change: Change, by: Change) -> None:
    """The coordinator hears that the plan keeps something which nobody has approved, and decides what becomes of it."""
    home = turn.environment.coordinators_department()
    if home is None or given_back(by) not in (GivenBack.PARTLY, GivenBack.NOTHING):
        return
    overtaken = next((left.facts["item"] for left in left_of(by) if left.code == "left-changed"), "")
    facts = {"no": change.no, "given_back": restored_or_not(by, turn.words)}
    if overtaken:
        facts["instead"] = by_hand(turn, change, overtaken)
    code = "undo.unrestored.told-instead" if overtaken else "undo.unrestored.told"
    text = turn.words(code, **{name: plain(fact) for name, fact in facts.items()})
    turn.uow.outbox.say(home.conversation, text, turn.now)


def giving_back(turn: Turn, change: Change) -> tuple[Restoration, Impact]:
    """Restoration that takes a change in effect back as far as that can be done, and its effect."""
    plan = turn.plan()
    found = restored(turn, plan, change)
    return found, _as_far_as_possible(turn, turn.assess(plan, found.operations), found)


def compensation(turn: Turn, change: Change, found: Restoration, impact: Impact, by: str, why: str) -> Change:
    """The draft of the change that takes `change` back. Whoever was told of that is told of this: nothing
    happens unannounced."""
    refused = {refusal.facts.get("item") for refusal in impact.exceptions if refusal.code in _LEFT.values()}
    first = {operation.item: place for place, operation in reversed(tuple(enumerate(change.operations)))}
    restored = sorted(found.operations, key=lambda one: (one.op is Op.RESTORE, first.get(one.item, len(first))))
    return Change(
        plan=change.plan,
        no=turn.uow.changes.next_number(turn.today),
        proposer=by,
        operations=tuple(operation for operation in restored if operation.item not in refused),
        impact=impact,
        base_revision=impact.revision,
        created_at=turn.now,
        reason=why,
        policy=Policy(approvals=(), inform=_told(turn, change, impact)),
        reverts=change.no,
    )


def restored(turn: Turn, plan: Plan, change: Change) -> Restoration:
    """Restoration that takes a change in effect back on the plan as it stands."""
    number = change.applied_revision
    assert number is not None, "only what is in effect can be taken back"
    after = turn.uow.plans.at(number)
    return restoration(before(turn, change), after, plan, later_changes(turn, change), turn.today)


def overtaken(turn: Turn, plan: Plan, change: Change) -> tuple[Refusal, ...]:
    """Refusals of a compensating change that waits for its approvals and has nothing to take back any more: somebody
    changed the same again, or what it takes back is over."""
    if not change.reverts:
        return ()
    original = turn.change(change.reverts)
    facts = {"no": original.no}
    if not original.state.is_in_effect:
        return (Refusal("undo-ended", {**facts, "state_name": turn.words(f"value.state.{original.state.value}")}),)
    left = restored(turn, plan, original).left
    return tuple(Refusal("undo-stale", {**facts, **one.facts, "field_name": named(turn, one)}) for one in left)


def named(turn: Turn, left: Refusal) -> str:
    """Name of the item's field that somebody else changed again."""
    return turn.words(f"value.field.{left.facts['field']}")


def _as_far_as_possible(turn: Turn, impact: Impact, found: Restoration) -> Impact:
    """Impact with everything that is left as it is among its remarks."""
    refused = (replace(refusal, code=_LEFT.get(refusal.code, refusal.code)) for refusal in impact.refused)
    left = (replace(one, facts={**one.facts, "field_name": named(turn, one)}) for one in found.left)
    whole = replace(impact, refused=(), exceptions=(*left, *refused, *found.moved, *impact.exceptions))
    return replace(whole, hash=hash_of(whole))


def _told(turn: Turn, change: Change, impact: Impact) -> tuple[str, ...]:
    """The departments that had a card of it, or read somebody else's, and the coordinators where nobody's items
    change."""
    cards = turn.uow.cards.about(change.subject)
    told = [row.department for row in cards if row.purpose is not Purpose.PROPOSAL]
    return tuple(dict.fromkeys((*told, *change.informed, *([""] if impact.unowned else []))))


def later_changes(turn: Turn, change: Change) -> Later:
    """Fields that were changed again after this change took effect, each with the change that did it."""
    number = change.applied_revision
    assert number is not None, "only what is in effect is changed again"
    revision = turn.uow.revisions.get(number)
    since = turn.uow.revisions.lines_since(revision.applied_at - timedelta(seconds=1))
    return {(past.line.item, past.line.field): past.change for past in since if past.revision > number}
