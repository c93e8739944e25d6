"""How people are told of a freeze window: by its number, what it is about, and its days."""

from cards.words.dates import day
from handlers.turn import Turn
from planning.fences import Scope
from planning.window import Window


def window_title(turn: Turn, window: Window) -> str:
    """F-001 生产部 12-07～12-11"""
    fence = window.fence
    span = f"{day(fence.first, turn.today)}～{day(fence.last, turn.today)}"
    return f"{fence.id} {scope_name(turn, fence.scope)} {span}"


def scope_name(turn: Turn, scope: Scope) -> str:
    parts = [turn.words(f"type.{t}") if turn.words.knows(f"type.{t}") else t for t in scope.types]
    parts += [turn.organisation.department_name(d) for d in scope.departments]
    return turn.words.list([*parts, *scope.products]) or turn.words("scope.everything")
