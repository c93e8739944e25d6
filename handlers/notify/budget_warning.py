"""Counts calls of a month, and tells those who run the service when they get scarce."""

from cards.words.dates import day
from handlers.call_budget import WARN_AT, CallBudget, budget_in, month_of
from handlers.turn import Turn
from storage.delivery.calls import CallKind
from storage.delivery.outbox import Priority


def count_calls(turn: Turn, conversation: str, kind: CallKind, calls: int) -> None:
    """Count calls made for a conversation; the highest mark that is reached is told once a month. What another process
    counts in the same moment is not seen yet: the next count tells. Of several plans each is told: the texts of all of
    them will wait."""
    traits = turn.environment.platforms.serving(conversation)
    if not (traits.calls_a_month and calls):
        return
    turn.uow.calls.add(traits.platform, month_of(turn.today), kind, calls)
    budget, home = budget_in(turn, conversation), turn.environment.coordinators_department()
    if budget is None or home is None or not budget.mark or _is_told(turn, budget):
        return
    text = "\n".join((*state(turn, budget), turn.words("budget.see", platform=turn.words(f"{budget.platform}.name"))))
    turn.uow.outbox.say(home.conversation, text, turn.now, _key(turn, budget, budget.mark), priority=Priority.DECISION)


def _is_told(turn: Turn, budget: CallBudget) -> bool:
    """Check whether this mark, or a higher one, was told."""
    return any(turn.uow.outbox.has(_key(turn, budget, mark)) for mark in WARN_AT if mark >= budget.mark)


def _key(turn: Turn, budget: CallBudget, mark: int) -> str:
    return f"budget:{budget.platform}:{month_of(turn.today)}:{mark}"


def state(turn: Turn, budget: CallBudget) -> tuple[str, ...]:
    """How much is spent, how long the rest lasts, what it is kept for."""
    words = turn.words
    facts = {"platform": words(f"{budget.platform}.name"), "spent": budget.total, "limit": budget.limit}
    renewed = day(budget.renewed_on, turn.today)
    return (
        words("budget.spent", percent=budget.percent, **facts),
        *((words("budget.ours", n=budget.ours),) if budget.ours is not None else ()),
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
