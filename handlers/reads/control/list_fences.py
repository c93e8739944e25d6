"""冻结 查看: the fences there are, those of the settings and those set in chat."""

from cards.markdown import body
from cards.words.dates import day
from handlers.govern.fences import approvers
from handlers.language import ShowFences
from handlers.notify.change.windows import scope_name
from handlers.turn import Ask, Turn
from planning.control.fences import Fence, FenceKind, Zone
from planning.control.window import WindowState
from planning.plan.plan import Plan


def list_fences(turn: Turn, ask: Ask, command: ShowFences) -> str:
    """The fences of the settings and the windows that are not over, with their state."""
    windows = [w for w in turn.uow.fences.all() if w.state is not WindowState.LIFTED and w.fence.last >= turn.today]
    plan = turn.plan()
    return body(
        turn.words.locale,
        "fences",
        fences=[_row(turn, plan, fence) for fence in turn.environment.fences],
        windows=[{**_row(turn, plan, w.fence), "state": turn.words(f"fence.window.{w.state.value}")} for w in windows],
    )


def _row(turn: Turn, plan: Plan, fence: Fence) -> dict[str, str]:
    match fence.kind:
        case FenceKind.ROLLING:
            when = turn.words("fence.rolling", days=fence.days)
        case FenceKind.STATUS:
            when = turn.words.list([turn.words(f"value.status.{status.value}") for status in fence.statuses])
        case FenceKind.WINDOW:
            when = f"{day(fence.first, turn.today)}～{day(fence.last, turn.today)}"
    passes = turn.words("fence.passes", approvers=approvers(turn, fence.approvals)) if fence.approvals else ""
    return {
        "id": fence.id,
        "name": fence.name,
        "zone": turn.words(f"value.zone.{fence.zone.value}"),
        "scope": scope_name(turn, fence.scope),
        "when": when,
        "passes": passes or turn.words("fence.closed" if fence.zone is Zone.FROZEN else "fence.shown"),
    }
