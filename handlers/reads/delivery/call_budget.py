"""预算: how many calls of the platforms and of the language model the month has cost, on what, how long the rest
lasts."""

from handlers.call_budget import CallBudget, budgets
from handlers.language import ShowBudget
from handlers.language_budget import language_budget, told
from handlers.notify.budget_warning import state
from handlers.turn import Ask, Turn
from storage.delivery.calls import CallKind


def call_budget(turn: Turn, ask: Ask, command: ShowBudget) -> str:
    """Answer with a few lines for each platform whose calls are counted, and for the language model."""
    model = language_budget(turn)
    parts = [_lines(turn, budget) for budget in budgets(turn)]
    return "\n\n".join([*parts, *(["\n".join(told(turn, model))] if model else [])]) or turn.words("budget.none")


def _lines(turn: Turn, budget: CallBudget) -> str:
    counted = [kind for kind in CallKind if budget.spent.get(kind)]
    on_what = turn.words.list([turn.words(f"budget.kind.{kind}", n=budget.spent[kind]) for kind in counted])
    spent, *outlook = state(turn, budget)
    return "\n".join(filter(None, (spent, on_what, *outlook)))
