"""预算: how many of a platform's calls the month has cost, on what, and how long the rest lasts."""

from handlers.call_budget import CallBudget, budgets
from handlers.language import ShowBudget
from handlers.notify.budget_warning import state
from handlers.turn import Ask, Turn
from storage.delivery.calls import CallKind


def call_budget(turn: Turn, ask: Ask, command: ShowBudget) -> str:
    """Answer with a few lines for each platform whose calls are counted."""
    return "\n\n".join(_lines(turn, budget) for budget in budgets(turn)) or turn.words("budget.none")


def _lines(turn: Turn, budget: CallBudget) -> str:
    counted = [kind for kind in CallKind if budget.spent.get(kind)]
    on_what = turn.words.list([turn.words(f"budget.kind.{kind}", n=budget.spent[kind]) for kind in counted])
    spent, *outlook = state(turn, budget)
    return "\n".join(filter(None, (spent, on_what, *outlook)))
