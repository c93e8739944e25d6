"""Budget of the language model: how often it was asked this month, of how often it may, and what that costs."""

import calendar
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from handlers.call_budget import month_of
from handlers.language_terms import LanguageTerms
from handlers.turn import Turn
from storage.delivery.language_calls import LanguageCalls, LanguageSpent

_MILLION, _CENT = Decimal(1_000_000), Decimal("0.01")


@dataclass(frozen=True, slots=True)
class LanguageBudget:
    terms: LanguageTerms
    today: date
    spent: LanguageSpent

    @property
    def left(self) -> int:
        return max(self.terms.monthly_calls - self.spent.calls, 0)

    @property
    def forecast(self) -> int:
        """Calls at the month's end at the pace so far, today counted as a whole; the limit at most."""
        days = calendar.monthrange(self.today.year, self.today.month)[1]
        return min(round(self.spent.calls * days / self.today.day), self.terms.monthly_calls)

    def cost_of(self, calls: int) -> Decimal | None:
        """What so many calls cost, each as those so far did on average; None: nobody said what tokens cost, or none was
        answered yet."""
        terms, spent = self.terms, self.spent
        if terms.price_in is None or terms.price_out is None or not spent.answered:
            return None
        so_far = (spent.tokens_in * terms.price_in + spent.tokens_out * terms.price_out) / _MILLION
        return (so_far * calls / spent.answered).quantize(_CENT, ROUND_HALF_UP)


def language_budget(turn: Turn) -> LanguageBudget | None:
    """This month's; None: no language model is set up."""
    terms = turn.environment.language_model
    if terms is None:
        return None
    return LanguageBudget(terms, turn.today, language_calls(turn).of(month_of(turn.today)))


def language_calls(turn: Turn) -> LanguageCalls:
    """Where the calls are counted: of several plans the first keeps them for all."""
    return turn.uow.language_calls_of(min(turn.environment.plans, default=turn.uow.plan_id))


def told(turn: Turn, budget: LanguageBudget) -> tuple[str, ...]:
    """How often it was asked and may be, and what that costs, in sentences."""
    words, spent = turn.words, budget.spent
    tokens = {"tokens_in": f"{spent.tokens_in:,}", "tokens_out": f"{spent.tokens_out:,}"}
    facts = {"model": budget.terms.model, "calls": spent.calls, "limit": budget.terms.monthly_calls, **tokens}
    cost, later = budget.cost_of(spent.calls), budget.cost_of(budget.forecast)
    return (
        words("budget.language", answered=spent.answered, **facts),
        words("budget.language-cost", cost=cost, forecast=budget.forecast, later=later)
        if cost is not None
        else words("budget.language-pace", forecast=budget.forecast),
        *(() if budget.left else (words("budget.language-over"),)),
    )
