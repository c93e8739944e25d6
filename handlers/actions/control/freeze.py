"""冻结, 解冻: a freeze window is shown with what it holds, put in force, and lifted."""

from cards.markdown import body
from cards.words.dates import moment
from handlers.actions.control.freeze_scope import scope_of
from handlers.govern.fences import approvers, fences_in_force
from handlers.language import Enforce, Freeze, Unfreeze
from handlers.lifecycle.lockdown import caught_by, held_by, hold_caught, release_held
from handlers.notify.audit import record
from handlers.notify.change.freeze_notices import inside, left_inside, tell_enforced, tell_lifted
from handlers.notify.change.windows import scope_name, window_title
from handlers.turn import Ask, Turn
from planning.change.change import Change, ChangeState
from planning.control.fences import Fence, FenceKind, Zone
from planning.control.window import Window, WindowState, window_id
from planning.people.principal import COORDINATOR
from planning.plan.plan import Plan
from planning.refusal import Refused
from planning.trail.audit import Kind
from storage.trail.audit import Wanted

PROFILE = (str(COORDINATOR),)
"""Approval profile of a window set in chat: the approvers who may let a change through it."""
SHOWN = 8
_BECAME = {
    "resumed": (ChangeState.IN_APPROVAL, ChangeState.PROVISIONAL),
    "resumed-applied": (ChangeState.APPLIED,),
    "resumed-failed": (ChangeState.FAILED,),
    "resumed-held": (ChangeState.ON_HOLD,),
}


def freeze(turn: Turn, ask: Ask, command: Freeze) -> str:
    """Keep the window as a draft and show what it would hold. Raises "freeze-past", and what its scope raises."""
    plan = turn.plan()
    if command.last < turn.today:
        raise Refused("freeze-past", last=command.last, today=turn.today)
    number = turn.uow.fences.next_number()
    scope = scope_of(turn, plan, command)
    name = command.reason or scope_name(turn, scope)
    fence = Fence(
        window_id(number), name, FenceKind.WINDOW, Zone.FROZEN, scope,
        first=command.first, last=command.last, approvals=PROFILE,
    )  # fmt: skip
    who = ask.person.id
    window = Window(number, fence, WindowState.DRAFT, command.reason, who, turn.now, who, turn.now)
    turn.uow.fences.add(window)
    _record(turn, ask, Kind.FENCE_DRAFTED, window)
    return _told(turn, plan, window)


def enforce(turn: Turn, ask: Ask, command: Enforce) -> str:
    """Raises "unknown-window", "window-over"."""
    window = _window(turn, command.number)
    if window.state is WindowState.LIFTED or window.fence.last < turn.today:
        raise Refused("window-over", number=window.fence.id)
    if window.state is WindowState.DRAFT:
        window = turn.uow.fences.become(window, WindowState.ENFORCED, ask.person.id, turn.now)
        _record(turn, ask, Kind.FENCE_ENFORCED, window)
        tell_enforced(turn, window, hold_caught(turn, turn.plan(), window), heard=ask.conversation)
    return _told(turn, turn.plan(), window)


def unfreeze(turn: Turn, ask: Ask, command: Unfreeze) -> str:
    """Says what goes on, and what still does not. Raises "unknown-window"."""
    window = _window(turn, command.number)
    if window.state is WindowState.LIFTED:
        return _gone(turn, window)
    if window.state is WindowState.ENFORCED and not window.in_force(turn.today):
        return turn.words("fence.window.over", window=window_title(turn, window))
    lifted = turn.uow.fences.become(window, WindowState.LIFTED, ask.person.id, turn.now)
    _record(turn, ask, Kind.FENCE_LIFTED, lifted)
    if window.state is WindowState.DRAFT:
        return turn.words("fence.window.dropped", window=window_title(turn, lifted))
    became = release_held(turn, lifted)
    tell_lifted(turn, lifted, became, heard=ask.conversation)
    told = turn.words("fence.window.lifted", window=window_title(turn, lifted)) + left_inside(turn, lifted)
    return told + _let_go(turn, [now for _, now in became])


def _gone(turn: Turn, window: Window) -> str:
    """Say that the window was lifted before, or dropped before it was in force: the trail knows which."""
    enforced = turn.uow.audit.chain(Wanted(window.set_at, (Kind.FENCE_ENFORCED.value,)))
    ended = "lifted" if any(e.subject == window.fence.id for e in enforced) else "dropped"
    by, at = turn.organisation.name_of(window.changed_by), moment(window.changed_at, turn.environment.zone, turn.today)
    return turn.words(f"fence.window.{ended}-already", window=window_title(turn, window), name=by, at=at)


def _let_go(turn: Turn, changes: list[Change]) -> str:
    """Tell which released changes go on, are in effect, cannot be done any more, or are held by another window."""
    told = ""
    for what, states in _BECAME.items():
        nos = [change.no for change in changes if change.state in states]
        windows = dict.fromkeys(one for change in changes for one in change.held_by)
        if nos:
            told += turn.words(f"fence.window.{what}", changes=turn.words.list(nos), windows=", ".join(windows))
    return told


def _record(turn: Turn, ask: Ask, kind: Kind, window: Window) -> None:
    fence = window.fence
    scope = (*fence.scope.types, *fence.scope.departments, *fence.scope.products)
    facts = {"reason": window.reason, "first": fence.first, "last": fence.last, "scope": ",".join(scope)}
    record(turn, kind, ask.person.id, fence.id, facts)


def _told(turn: Turn, plan: Plan, window: Window) -> str:
    fence, held = window.fence, _held(turn, plan, window)
    return body(
        turn.words.locale,
        "window",
        title=window_title(turn, window),
        state=window.state.value,
        id=fence.id,
        reason=window.reason,
        by=turn.organisation.name_of(window.set_by),
        at=moment(window.set_at, turn.environment.zone, turn.today),
        items=len(inside(turn, plan, window)),
        held=held[:SHOWN],
        count=len(held),
        more=turn.words("card.more", n=len(held) - SHOWN) if len(held) > SHOWN else "",
        approvers=approvers(turn, fence.approvals),
    )


def _held(turn: Turn, plan: Plan, window: Window) -> list[dict[str, str]]:
    """Changes that the window holds; of a draft, those it would hold."""
    held = caught_by(turn, plan, window.fence) if window.state is WindowState.DRAFT else held_by(turn, window)
    return [{"no": change.no, "headline": turn.view(change).headline} for change in held]


def _window(turn: Turn, number: int) -> Window:
    found = turn.uow.fences.get(number)
    if found is None:
        known = [fence.id for fence in fences_in_force(turn) if fence.id.startswith("F-")]
        raise Refused("unknown-window", number=window_id(number), known=turn.words.list(known) or "—")
    return found
