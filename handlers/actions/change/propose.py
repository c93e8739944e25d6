"""Proposing a change: parse → preview for the proposer → submit."""

from dataclasses import replace
from datetime import timedelta

from handlers.govern.authorize import handed_on, require_authority
from handlers.govern.classify import classified, expiry, under_fences
from handlers.govern.open_requests import require_below_limit
from handlers.language import Command, Submit, Write, operations_of
from handlers.lifecycle.after_change import begin, save
from handlers.lifecycle.supersede import proposers_of, taking_place
from handlers.notify.new_cards import show_new
from handlers.turn import Ask, Turn
from planning.change.approval_steps import submit
from planning.change.change import Change, ChangeState
from planning.change.guards import require_effect
from planning.control.fences import Breach
from planning.control.shadow import NO_SHADE
from planning.plan.operation import Operation
from planning.plan.plan import Plan
from planning.refusal import Refused
from storage.delivery.cards import Purpose

PREVIEW_CHANGED = ("preview-changed", "preview-changed-fence", "preview-changed-rule")
"""Codes that `submit_draft` raises after it has brought the draft up to date."""

AGAIN = timedelta(hours=24)
"""So long the same words mean the same preview."""


def propose(turn: Turn, ask: Ask, command: Write) -> None:
    """Show the proposer what was understood and what it would do. Nothing is asked of anybody yet."""
    plan = turn.plan()
    said = command.reason, words_of(turn, ask, command), ask.conversation
    try:
        wanted = drafted(turn, plan, operations_of(command, plan), ask.person.id, *said, preview=True)
    except Refused as refused:
        raise handed_on(turn, refused, ask.person, command) from None
    change = _shown_already(turn, wanted) or begin(turn, wanted, ask.person.id)
    show_new(turn, Purpose.PROPOSAL, change, ask.conversation)


def _shown_already(turn: Turn, wanted: Change) -> Change | None:
    """The preview of just this, where it is the last that this person had here: its card comes again, for of two
    previews both could be submitted."""
    last = turn.uow.changes.newest_draft(wanted.proposer, wanted.origin, turn.now - AGAIN, wanted.reason)
    return last if last and not last.is_numbered and _same(last) == _same(wanted) else None


def _same(change: Change) -> object:
    return change.operations, change.reason, change.supersedes, change.base_revision, _shows(change)


def submit_by_word(turn: Turn, ask: Ask, command: Submit) -> str:
    """Submit what was previewed; who is asked now."""
    submitted = submit_draft(turn, turn.change(command.change_no), ask.person.id)
    view = turn.view(submitted)
    if not submitted.state.is_deciding:
        return turn.words("answer.submitted-done", no=submitted.no, state=view.status)
    return turn.words("answer.submitted", no=submitted.no, departments=view.departments(submitted.waiting))


def words_of(turn: Turn, ask: Ask, command: Command) -> str:
    """The words a request is kept with: as typed, or spelt out where they are read on a later day, so that 后天
    stays the day that was meant."""
    return ask.text if turn.day_of(ask.said_at) == turn.today else turn.spell(command)


def draft(
    turn: Turn, plan: Plan, operations: tuple[Operation, ...], proposer: str, reason: str, text: str, origin: str,
    *, preview: bool = False, by: str = "", supersedes: tuple[str, ...] = (), suggested_by: str = "",
) -> Change:
    """A change request nobody has been asked about, kept; as `drafted`. `by`: who drafts it in the proposer's name;
    empty: the proposer."""
    wanted = drafted(
        turn, plan, operations, proposer, reason, text, origin,
        preview=preview, supersedes=supersedes, suggested_by=suggested_by,
    )  # fmt: skip
    return begin(turn, wanted, by or proposer)


def drafted(
    turn: Turn, plan: Plan, operations: tuple[Operation, ...], proposer: str, reason: str, text: str, origin: str,
    *, preview: bool = False, supersedes: tuple[str, ...] = (), suggested_by: str = "",
    facts_of: str = "",
) -> Change:
    """Draft of a wanted change, with its effect on this plan and the rules it comes under; nothing is written.

    Raises what the proposer has no authority for, then the first refusal of its effect. `preview`: its
    proposer sees it first, and it has no number until it is submitted; fences that let nobody through do not raise but
    stand on it, and it cannot be submitted while they do. `supersedes`, `suggested_by`: what it is proposed instead of,
    and by whose suggestion; `facts_of`: the item whose reports ask for it."""
    impact = turn.assess(plan, operations)
    require_authority(turn, plan, proposer, operations, impact)
    require_effect(impact, operations)
    wanted = Change(
        plan=plan.id,
        no=turn.uow.changes.preview_key() if preview else turn.uow.changes.next_number(turn.today),
        proposer=proposer,
        operations=operations,
        impact=impact,
        base_revision=plan.revision,
        created_at=turn.now,
        reason=reason,
        text=text,
        origin=origin,
        supersedes=supersedes,
        also_by=tuple(person for person in proposers_of(turn, supersedes) if person != proposer),
        suggested_by=suggested_by,
        facts_of=facts_of,
    )
    return under_fences(turn, plan, wanted) if preview else classified(turn, plan, wanted)


def submit_draft(turn: Turn, change: Change, person: str, *, pressed: str = "") -> Change:
    """Ask every department it touches. Raises Refused; after saving what plan, fences and rules make of it now that the
    preview shows something else (PREVIEW_CHANGED)."""
    if person != change.proposer:
        raise Refused("not-the-proposer", no=change.no)
    if change.state is ChangeState.DRAFT:
        change = taking_place(turn, change)
    plan = turn.plan()
    fresh = replace(change, impact=turn.assess(plan, change.operations), base_revision=plan.revision)
    if change.state is ChangeState.DRAFT and not change.reverts:  # grants and zones may have changed since the preview
        require_authority(turn, plan, person, change.operations, fresh.impact)
    if change.state is ChangeState.DRAFT and not fresh.impact.refused and not change.reverts:
        fresh = classified(turn, plan, fresh)
        require_below_limit(turn, fresh)
    if change.state is ChangeState.DRAFT and _shows(fresh) != _shows(change):
        save(turn, change, fresh, by=person)
        raise _other_than_shown(turn, change, fresh)
    expires = expiry(turn, change, fresh.impact)
    asking = submit(change, turn.organisation, turn.now, expires, turn.deputies())
    return save(turn, change, asking, by=person, pressed=pressed)


def _other_than_shown(turn: Turn, seen: Change, fresh: Change) -> Refused:
    """Refusal that names what is not as it was when the proposer looked: the plan, the fences, or else the rules."""
    if fresh.impact.hash != seen.impact.hash:
        return Refused("preview-changed")
    before, after = ({breach.fence: breach.name for breach in _touched(change)} for change in (seen, fresh))
    if other := [name for fence, name in (before | after).items() if (fence in before) != (fence in after)]:
        return Refused("preview-changed-fence", fences=turn.words.list(other))
    return Refused("preview-changed-rule")


def _shows(change: Change) -> object:
    """Facts that the proposer saw, and so agreed to: the effect, the class and who decides."""
    policy = change.policy
    inside = {(breach.fence, breach.item) for breach in _touched(change)}
    bare = replace(policy, breaches=(), why="", shade=NO_SHADE, way_out=None)
    return change.impact.hash, change.klass, bare, policy.special, policy.shadowed, inside


def _touched(change: Change) -> tuple[Breach, ...]:
    return (*change.policy.breaches, *change.policy.shade.breaches)
