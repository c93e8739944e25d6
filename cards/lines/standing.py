"""State of an emergency, and of a change taken back, in a line."""

from cards.words import Words
from planning.change.change import Change, ChangeState
from planning.change.compensation import given_back, left_of
from planning.control.rules import Class


def standing(change: Change, words: Words, until: str, by: Change | None, asked: bool) -> str:
    """State of an emergency; empty for any other change. `asked`: for those who ratify it; `by` took it back."""
    match change.state:
        case ChangeState.PROVISIONAL:
            code = "card.provisional" if asked else "card.provisional-told"
            return words(code, revision=change.applied_revision, until=until)
        case ChangeState.REVERTED if by is not None:
            return words("card.reverted", given_back=restored_or_not(by, words))
        case _:
            return ""


def restored_or_not(by: Change, words: Words) -> str:
    """Extent to which a compensating change restored the plan, with the reason for the rest."""
    first, *more = [words.refusal(left) for left in left_of(by)] or [""]
    left = first + (words("card.more", n=len(more)) if more else "")
    return words(f"undo.given-back.{given_back(by).value}", by_no=by.no, left=left)


def at_once_or_not(change: Change, words: Words, asked: bool) -> list[str]:
    """Note on a draft that takes effect when submitted; empty for one decided in the ordinary way, or refused. `asked`:
    somebody has to decide; nobody where all of it is in shadow."""
    if change.state is not ChangeState.DRAFT or change.impact.refused or change.klass == Class.NORMAL.value:
        return []
    if change.klass == Class.STANDARD.value:
        return [words("card.standard")]
    if not asked:
        return [words("card.unasked")]
    if change.policy.ratify_hours is None:
        return [words("card.approved-first")]
    return [words("card.at-once", hours=change.policy.ratify_hours)]
