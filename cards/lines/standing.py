"""Of an emergency, and of what was taken back: how it stands, in a line."""

from cards.words import Words
from planning.change.change import Change, ChangeState
from planning.change.compensation import given_back, left_of
from planning.control.rules import Class


def standing(change: Change, words: Words, until: str, by: Change | None, asked: bool) -> str:
    """Empty for any other change. `asked`: to who is to ratify it, else to who is told; `by` took it back."""
    match change.state:
        case ChangeState.PROVISIONAL:
            code = "card.provisional" if asked else "card.provisional-told"
            return words(code, revision=change.applied_revision, until=until)
        case ChangeState.REVERTED if by is not None:
            return words("card.reverted", given_back=restored_or_not(by, words))
        case _:
            return ""


def restored_or_not(by: Change, words: Words) -> str:
    """Whether a compensating change has restored the plan, and if not, why not."""
    first, *more = [words.refusal(left) for left in left_of(by)] or [""]
    left = first + (words("card.more", n=len(more)) if more else "")
    return words(f"undo.given-back.{given_back(by).value}", by_no=by.no, left=left)


def at_once_or_not(change: Change, words: Words, asked: bool) -> list[str]:
    """Of a draft: whether submitting it puts it in effect; empty where it is decided in the ordinary way, or cannot be
    submitted. `asked`: somebody has to decide; nobody where all of it is in shadow."""
    if change.state is not ChangeState.DRAFT or change.impact.refused or change.klass == Class.NORMAL.value:
        return []
    if change.klass == Class.STANDARD.value:
        return [words("card.standard")]
    if not asked:
        return [words("card.unasked")]
    if change.policy.ratify_hours is None:
        return [words("card.approved-first")]
    return [words("card.at-once", hours=change.policy.ratify_hours)]
