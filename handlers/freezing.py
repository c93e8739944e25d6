"""冻结, 解冻: a freeze window is shown with what it holds, put in force, and lifted (domain part 7, command 11)."""

from collections.abc import Iterable

from cards.markdown import body
from cards.words.dates import day, moment
from handlers.fencing import approvers, fences_in_force
from handlers.holding import caught_by, held_by, hold_caught, release_held
from handlers.language import Enforce, Freeze, ShowFences, Unfreeze
from handlers.recording import record
from handlers.turn import Ask, Turn
from handlers.windows import scope_name, window_title
from planning.audit import Kind
from planning.change import Change, ChangeState
from planning.fences import Fence, FenceKind, Scope, Zone
from planning.plan import Plan
from planning.refusal import Refused
from planning.timetable import Timetable
from planning.window import Window, WindowState, window_id

EVERYTHING = ("", "全部", "所有", "全厂", "整个计划", "计划", "all", "everything")
PROFILE = ("role:coordinator",)
"""Who lets a change through a window set in chat."""
SHOWN = 8


def freeze(turn: Turn, ask: Ask, command: Freeze) -> str:
    """Keep the window as a draft and show what it would hold. Raises "freeze-scope", "freeze-past"."""
    plan = turn.plan()
    if command.last < turn.today:
        raise Refused("freeze-past", last=command.last, today=turn.today)
    number = turn.uow.fences.next_number()
    name = command.reason or _scope_word(turn, command.scope)
    scope = _scope(turn, plan, command.scope)
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
        _tell_departments(turn, ask, window)
        hold_caught(turn, turn.plan(), window)
    return _told(turn, turn.plan(), window)


def unfreeze(turn: Turn, ask: Ask, command: Unfreeze) -> str:
    """Raises "unknown-window"."""
    window = _window(turn, command.number)
    freed: list[Change] = []
    was_draft = window.state is WindowState.DRAFT
    if window.state is not WindowState.LIFTED:
        was_enforced = window.state is WindowState.ENFORCED
        window = turn.uow.fences.become(window, WindowState.LIFTED, ask.person.id, turn.now)
        _record(turn, ask, Kind.FENCE_LIFTED, window)
        if was_enforced:
            _tell_departments(turn, ask, window)
            freed = release_held(turn, window)
    lifted = turn.words("window.dropped" if was_draft else "window.lifted", window=window_title(turn, window))
    going_on = [change.no for change in freed if change.state is not ChangeState.ON_HOLD]
    return lifted + (turn.words("window.resumed", changes=turn.words.list(going_on)) if going_on else "")


def show(turn: Turn, ask: Ask, command: ShowFences) -> str:
    """The fences of the settings and the windows that are not over, with their state."""
    windows = [w for w in turn.uow.fences.all() if w.state is not WindowState.LIFTED and w.fence.last >= turn.today]
    plan = turn.plan()
    return body(
        turn.words.locale,
        "fences",
        fences=[_row(turn, plan, fence) for fence in turn.house.fences],
        windows=[{**_row(turn, plan, w.fence), "state": turn.words(f"window.{w.state.value}")} for w in windows],
    )


def _record(turn: Turn, ask: Ask, kind: Kind, window: Window) -> None:
    fence = window.fence
    scope = (*fence.scope.types, *fence.scope.departments, *fence.scope.products)
    facts = {"reason": window.reason, "first": fence.first, "last": fence.last, "scope": ",".join(scope)}
    record(turn, kind, ask.person.id, fence.id, facts)


def _told(turn: Turn, plan: Plan, window: Window) -> str:
    fence, timetable = window.fence, Timetable(plan)
    inside = [item for item in plan.items.values() if fence.holds(item, turn.today, timetable.of(item))]
    held = _held(turn, plan, window)
    return body(
        turn.words.locale,
        "window",
        title=window_title(turn, window),
        state=window.state.value,
        id=fence.id,
        reason=window.reason,
        by=turn.organisation.name_of(window.set_by),
        at=moment(window.set_at, turn.house.zone, turn.today),
        items=len(inside),
        held=held[:SHOWN],
        count=len(held),
        more=turn.words("more", n=len(held) - SHOWN) if len(held) > SHOWN else "",
        approvers=approvers(turn, fence.approvals),
    )


def _held(turn: Turn, plan: Plan, window: Window) -> list[dict[str, str]]:
    """What it holds; of a draft, what it would hold."""
    held = caught_by(turn, plan, window.fence) if window.state is WindowState.DRAFT else held_by(turn, window)
    return [{"no": change.no, "headline": turn.view(change).headline} for change in held]


def _tell_departments(turn: Turn, ask: Ask, window: Window) -> None:
    """Whose items are inside hears that they are, or no longer are, once."""
    known = turn.organisation.departments
    plan, timetable = turn.plan(), Timetable(turn.plan())
    inside = (i for i in plan.items.values() if window.fence.holds(i, turn.today, timetable.of(i)))
    concerned: Iterable[str] = window.fence.scope.departments or {item.department for item in inside}
    rooms = {turn.house.conversation_of(department) for department in concerned if department in known}
    facts = {"window": window_title(turn, window), "name": ask.person.name, "reason": window.reason}
    text = turn.words(f"window.told-{window.state.value}", approvers=approvers(turn, window.fence.approvals), **facts)
    for room in sorted(rooms - {ask.conversation, ""}):
        turn.uow.outbox.say(room, text, turn.now, f"window:{window.fence.id}:{window.state.value}:{room}")


def _row(turn: Turn, plan: Plan, fence: Fence) -> dict[str, str]:
    match fence.kind:
        case FenceKind.ROLLING:
            when = turn.words("fence.rolling", days=fence.days)
        case FenceKind.STATUS:
            when = turn.words.list([turn.words(f"status.{status.value}") for status in fence.statuses])
        case FenceKind.WINDOW:
            when = f"{day(fence.first, turn.today)}～{day(fence.last, turn.today)}"
    passes = turn.words("fence.passes", approvers=approvers(turn, fence.approvals)) if fence.approvals else ""
    return {
        "id": fence.id,
        "name": fence.name,
        "zone": turn.words(f"zone.{fence.zone.value}"),
        "scope": scope_name(turn, fence.scope),
        "when": when,
        "passes": passes or turn.words("fence.closed" if fence.zone is Zone.FROZEN else "fence.shown"),
    }


def _window(turn: Turn, number: int) -> Window:
    found = turn.uow.fences.get(number)
    if found is None:
        known = [fence.id for fence in fences_in_force(turn) if fence.id.startswith("F-")]
        raise Refused("unknown-window", number=window_id(number), known=turn.words.list(known) or "—")
    return found


def _scope(turn: Turn, plan: Plan, word: str) -> Scope:
    """A department, a type of items, or a product of the plan. Raises "freeze-scope"."""
    if word.lower() in EVERYTHING:
        return Scope()
    if department := turn.organisation.find_department(word):
        return Scope(departments=(department.id,))
    types = {item.type for item in plan.items.values()}
    named = {turn.words(f"type.{one}"): one for one in types if turn.words.knows(f"type.{one}")}
    if kind := named.get(word) or (word if word in types else None):
        return Scope(types=(kind,))
    if product := next((i.product for i in plan.items.values() if i.product and i.product.lower() == word.lower()), ""):
        return Scope(products=(product,))
    departments = [department.name for department in turn.organisation.departments.values()]
    known = {"departments": turn.words.list(departments), "types": turn.words.list(sorted(named))}
    raise Refused("freeze-scope", found=word, **known)


def _scope_word(turn: Turn, word: str) -> str:
    return word or turn.words("scope.everything")
