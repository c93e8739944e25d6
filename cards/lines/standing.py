"""Lines on the standing of a request: an emergency in effect, taken back, held by a freeze."""

from cards.lines.lasting import lasting
from cards.words import Words
from cards.words.dates import moment
from planning.change import compensation
from planning.change.change import Change, ChangeState
from planning.change.deadline import counted
from planning.change.lockdown import remaining
from planning.control.rules import Class
from planning.plan.hours import WorkingHours


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
    first, *more = [words.refusal(left) for left in compensation.left_of(by)] or [""]
    left = first + (words("card.more", n=len(more)) if more else "")
    return words(f"undo.given-back.{compensation.given_back(by).value}", by_no=by.no, left=left)


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


def held_line(change: Change, words: Words, hours: WorkingHours) -> str:
    """Freeze that holds it, for a card: moment, windows, time left; empty: none."""
    if change.state is not ChangeState.ON_HOLD or change.held_at is None:
        return ""
    since = moment(change.held_at, hours.zone, change.held_at.astimezone(hours.zone).date())
    return words("held.line", at=since, **facts_of(change, words, hours))


def held_row(change: Change, words: Words, hours: WorkingHours) -> str:
    """The same for a list, without the moment."""
    return words("held.row", **facts_of(change, words, hours)) if change.state is ChangeState.ON_HOLD else ""


def facts_of(change: Change, words: Words, hours: WorkingHours) -> dict[str, str]:
    left = lasting(remaining(change, hours), counted(change, hours), words)
    return {"windows": ", ".join(change.held_by), "left": left}
