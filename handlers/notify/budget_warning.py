"""Counts calls of a month, and tells those who run the service when they get scarce."""

from dataclasses import replace

from cards.words.dates import day
from handlers.call_budget import CallBudget, budget_in, month_of
from handlers.turn import Turn
from storage.calls import CallKind
from storage.outbox import Priority


def count_calls(turn: Turn, conversation: str, kind: CallKind, calls: int) -> None:
    """Count calls made for a conversation; each mark that they pass is told once a month."""
    budget = budget_in(turn, conversation)
    if budget is None or not calls:
        return
    turn.uow.calls.add(budget.platform, month_of(turn.today), kind, calls)
    home = turn.environment.coordinators_department()
    passed = budget.passed(calls)
    if home is None or not passed:
        return
    after = replace(budget, spent={**budget.spent, kind: budget.spent.get(kind, 0) + calls})
    text = "\n".join((*state(turn, after), turn.words("budget.see", platform=turn.words(f"{budget.platform}.name"))))
    key = f"budget:{budget.platform}:{month_of(turn.today)}:{passed[-1]}"
    turn.uow.outbox.say(home.conversation, text, turn.now, key, priority=Priority.DECISION)


def state(turn: Turn, budget: CallBudget) -> tuple[str, str, str]:
    """How much is spent, how long the rest lasts, what it is kept for."""
    words = turn.words
    facts = {"platform": words(f"{budget.platform}.name"), "spent": budget.total, "limit": budget.limit}
    renewed = day(budget.renewed_on, turn.today)
    return (
        words("budget.spent", percent=budget.percent, **facts),
        words("budget.ends", day=day(budget.ends_on, turn.today), forecast=budget.forecast)
        if budget.ends_on
        else words("budget.lasts", forecast=budget.forecast),
        words("budget.only-cards" if budget.is_short else "budget.kept", reserve=budget.reserve, renewed=renewed),
    )


def tell_that_texts_wait(turn: Turn, conversation: str, budget: CallBudget) -> None:
    """Say once a day why what was asked for is not answered."""
    facts = {"left": budget.left, "renewed": day(budget.renewed_on, turn.today)}
    sentence = turn.words("budget.no-answer", platform=turn.words(f"{budget.platform}.name"), **facts)
    key = f"budget-short:{conversation}:{turn.today}"
    turn.uow.outbox.say(conversation, sentence, turn.now, key, priority=Priority.DECISION)
