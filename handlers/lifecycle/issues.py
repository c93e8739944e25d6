"""The one door for an issue: it is kept here, and all that follows is done."""

from dataclasses import replace

from handlers.govern.rhythm.issue_people import called, hours_of
from handlers.notify.audit import record
from handlers.notify.best_before import today_only
from handlers.notify.people.settings_cards import rooms_of
from handlers.notify.rhythm.issue_cards import IssueLines, raisers_rooms, show_issue
from handlers.timers import ISSUE
from handlers.turn import Turn
from planning.change.change import Change
from planning.plan.hours import out_of
from planning.rhythm.clock import due_rungs, next_rung, rungs_past
from planning.rhythm.issue import ISSUE_NO, Issue, IssueState
from planning.rhythm.issue_acts import Act, acted, due_to_lapse
from planning.trail.audit import Kind
from storage.timers import Timer

_TELLS_RAISER = (Act.ANSWER, Act.RESOLVE)
_TELLS_OWNER = (Act.HAND_ON, Act.REOPEN)
_QUIET = (Act.TAKE, Act.CLOSE, Act.LAPSE)
"""Acts after which nobody has anything to do that they had not before."""


def begin(turn: Turn, issue: Issue, *, heard: str = "") -> Issue:
    """Keep a new one under its number, and put it before its owner."""
    kept = replace(issue, no=turn.uow.issues.next_no(turn.today))
    turn.uow.issues.add(kept)
    facts = {"text": kept.text, "to": kept.owner, "item": kept.about, "department": kept.department}
    record(turn, Kind.ISSUE_RAISED, kept.by, kept.no, facts)
    show_issue(turn, kept, rooms_of(turn, [kept.owner]), heard=heard)
    _set_timer(turn, kept)
    return kept


def save(
    turn: Turn, before: Issue, after: Issue, act: Act, *, by: str = "", heard: str = "", pressed: str = ""
) -> Issue:
    """Keep what an act has made of it. `by`: whose act it is; empty: the clock's. `heard`, `pressed`: as for
    `handlers.notify.standing_cards.show`."""
    if after == before:
        return before
    turn.uow.issues.keep(after)
    facts = {"text": after.answer} if act is Act.ANSWER else {"to": after.owner} if act is Act.HAND_ON else {}
    record(turn, Kind(f"issue.{act}"), by, after.no, facts)
    told = rooms_of(turn, [after.owner]) if act in _TELLS_OWNER else []
    told += raisers_rooms(turn, after) if act in _TELLS_RAISER else []
    show_issue(turn, after, told, heard=heard, pressed=pressed, only_in_place=act in _QUIET)
    _set_timer(turn, after)
    return after


def due(turn: Turn, timer: Timer) -> None:
    """Somebody is told that it waits, or what is resolved is closed: whatever is due by now. In quiet hours nobody is
    told."""
    issue = turn.uow.issues.get(timer.subject)
    if issue is None:
        return
    hours, environment = hours_of(turn, issue), turn.environment
    lapses = due_to_lapse(issue, hours)
    if lapses is not None and lapses <= turn.now:
        save(turn, issue, acted(issue, Act.LAPSE, turn.now, hours), Act.LAPSE)
        return
    rungs = due_rungs(issue, turn.now, hours)
    if rungs and out_of(environment.escalation.quiet, turn.now, environment.zone) <= turn.now:
        climbed = replace(issue, told=rungs_past(issue, turn.now, hours))
        turn.uow.issues.keep(climbed)
        _tell(turn, climbed, called(turn, issue, rungs))
        issue = climbed
    _set_timer(turn, issue)


def note_change(turn: Turn, before: Change, after: Change) -> None:
    """A change request that names an issue in its reason is proposed for it: the issue says what became of it."""
    if after.state is before.state:
        return
    for no in dict.fromkeys(ISSUE_NO.findall(after.reason.upper())):
        issue = turn.uow.issues.get(no)
        if issue is None or issue.state is IssueState.CLOSED:
            continue
        if issue.change != after.no and after.submitted_at:
            turn.uow.issues.keep(replace(issue, change=after.no))
        in_effect = after.state.is_in_effect and not before.state.is_in_effect
        show_issue(turn, issue, rooms_of(turn, [issue.owner]) if in_effect else [], only_in_place=not in_effect)


def _tell(turn: Turn, issue: Issue, people: list[str]) -> None:
    """A line where its card stands, else the card."""
    if not people:
        return
    names = turn.words.list([turn.organisation.name_of(one) for one in people])
    record(turn, Kind.ISSUE_CLIMBED, "", issue.no, {"people": names})
    standing = {row.conversation for row in turn.uow.cards.about(issue.subject)}
    homes = rooms_of(turn, people)
    text = IssueLines(turn, issue).waits(names)
    for home in standing.intersection(homes):
        turn.uow.outbox.say(home, text, turn.now, best_before=today_only(turn))
    show_issue(turn, issue, homes, only_in_place=True)


def _set_timer(turn: Turn, issue: Issue) -> None:
    hours = hours_of(turn, issue)
    due_at = due_to_lapse(issue, hours) or next_rung(issue, hours)
    if due_at is None:
        turn.uow.timers.stop(ISSUE, issue.no)
        return
    environment = turn.environment
    loud = out_of(environment.escalation.quiet, max(due_at, turn.now), environment.zone)
    turn.uow.timers.start(Timer(ISSUE, issue.no, max(due_at, loud)))
