"""Names of freeze windows as people are told them: the number, what it is about, and its days."""

from cards.words.dates import day
from handlers.turn import Turn
from planning.control.fences import Fence, Scope
from planning.control.window import Window


def window_title(turn: Turn, window: Window) -> str:
    """F-001 生产部 12-07～12-11"""
    return fence_title(turn, window.fence)


def fence_title(turn: Turn, fence: Fence) -> str:
    """One that was set in chat as above; one of the settings by its name."""
    if not fence.id.startswith("F-"):
        return turn.words("shadow.fence", fence=fence.name)
    span = f"{day(fence.first, turn.today)}～{day(fence.last, turn.today)}"
    return f"{fence.id} {scope_name(turn, fence.scope)} {span}"


def scope_name(turn: Turn, scope: Scope) -> str:
    """生产部, 采购、生产, 生产部 / 采购: of several kinds each must fit."""
    departments = [turn.organisation.department_name(d) for d in scope.departments]
    types = [turn.words(f"value.type.{t}") if turn.words.knows(f"value.type.{t}") else t for t in scope.types]
    kinds = (departments, types, list(scope.products))
    return " / ".join(turn.words.list(kind) for kind in kinds if kind) or turn.words("fence.everything")
