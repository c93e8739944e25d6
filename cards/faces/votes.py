"""Progress of a step: approvals needed, given and missing."""

from cards.words import Words
from planning.change.change import Step
from planning.control.policy import EVERYONE


def mode(words: Words, needs: int, asked: int | None = None) -> str:
    """Name of a mode: 或签, 会签, 2 人同意; `asked`: the number of people asked, if known."""
    if needs == EVERYONE or needs == asked != 1:
        return words("approver.mode.all")
    return words("approver.mode.any") if needs == 1 else words("approver.mode.some", n=needs)


def progress(words: Words, step: Step, given: list[str], silent: list[str]) -> str:
    """Names of those who approved and of those who may still; a single decider's name alone."""
    names = words.list(silent)
    if step.needs == 1:
        return words("approver.votes.any", names=names) if len(silent) > 1 else names
    said = words("approver.votes.said", names=words.list(given)) if given else ""
    code = "approver.votes.all" if step.missing == len(silent) else "approver.votes.some"
    facts = {"given": len(step.taken), "needs": step.needs, "missing": step.missing}
    return words(code, said=said, names=names, **facts)


def count(words: Words, status: str, step: Step) -> str:
    """Status with a count of votes, for a step of several approvals."""
    if step.needs == 1:
        return status
    return words("approver.votes.count", status=status, given=len(step.taken), needs=step.needs)
