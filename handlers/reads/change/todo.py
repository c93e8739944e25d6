"""待办: what waits for me, or for a department, and what of mine waits for others."""

from collections import Counter
from collections.abc import Iterator

from cards.lines.standing import held_row
from cards.markdown import body
from handlers.language import EVERYBODY, Todo
from handlers.notify.change.conflict_cards import names_of, view_of
from handlers.notify.rhythm.issue_cards import IssueLines
from handlers.notify.rhythm.record_cards import RecordLines
from handlers.reads.brief import LINES, brief, named
from handlers.reply import Reply
from handlers.turn import Ask, Turn
from planning.change.approvers import owes
from planning.change.change import Change, Step
from planning.change.conflict import ARBITER

MOST_ASKED = 3
"""So many departments are offered where not all requests have room."""


def todo(turn: Turn, ask: Ask, command: Todo) -> str | Reply:
    """Open approvals sorted by deadline, then the asker's own requests with whom they wait for."""
    if command.department == EVERYBODY:
        return _of_all(turn)
    department = turn.organisation.find_department(command.department) if command.department else None
    if command.department and department is None:
        raise turn.no_such_department(command.department)
    changes = sorted(turn.uow.changes.open_ones(), key=lambda change: (change.expires_at or turn.now, change.no))
    if department:
        waiting = [(c, s) for c in changes for s in _undecided(c) if s.department == department.id]
    else:
        deputies = turn.deputies()
        waiting = [(c, s) for c in changes for s in _undecided(c) if owes(s, ask.person.id, c.proposers, deputies)]
    mine = [] if department else [c for c in changes if c.proposer == ask.person.id]
    return body(
        turn.words.locale,
        "todo",
        subject=department.name if department else ask.person.name,
        waiting=[_waiting(turn, change, step) for change, step in waiting],
        mine=[_mine(turn, change) for change in mine],
        conflicts=[] if department else list(_conflicts(turn, ask.person.id)),
        issues=[] if department else [*_issues(turn, ask.person.id), *_agreements(turn, ask.person.id)],
    )


def _of_all(turn: Turn) -> Reply:
    """A line for each open request, the nearest deadline first; of more than there is room for, a department at a time
    is a tap."""
    changes = sorted(turn.uow.changes.open_ones(), key=lambda change: (change.expires_at or turn.now, change.no))
    if not changes:
        return Reply(turn.words("brief.nothing-pending"))
    text = brief(turn, turn.words("brief.all-open", n=len(changes)), [_open(turn, change) for change in changes])
    asked = Counter(step.department for change in changes for step in _undecided(change))
    busiest = [department for department, _ in asked.most_common() if department in turn.organisation.departments]
    wanted = busiest[:MOST_ASKED] if len(changes) > LINES else []
    return Reply(text, (*(f"待办 {named(turn, department)}" for department in wanted), f"影响图 {changes[0].no}"))


def _open(turn: Turn, change: Change) -> str:
    view = turn.view(change)
    waiting = view.departments(change.required or change.returned)
    due = view.at(change.expires_at)
    how = held_row(change, turn.words, turn.hours) or turn.words("brief.waits-for", departments=waiting, due=due)
    return turn.words("brief.request", no=change.no, headline=view.headline, proposer=view.proposer, how=how)


def _conflicts(turn: Turn, person: str) -> Iterator[str]:
    """The open ones in which their word is waited for: a proposer's first, then the arbiter's; who acts for one of
    them on leave included."""
    for conflict in turn.uow.conflicts.open_ones():
        names = names_of(turn, conflict, person)
        if not names:
            continue
        view = view_of(turn, conflict)
        if view.is_tied if names == (ARBITER,) else any(no in conflict.silent for no in names):
            yield turn.words("conflict.todo", pair=view.pair_in_full, fields=view.contested, until=view.until())


def _issues(turn: Turn, person: str) -> Iterator[str]:
    """Those that wait for somebody's answer, the first raised first."""
    for issue in turn.uow.issues.underway():
        lines = IssueLines(turn, issue)
        if turn.deputies().acting(issue.owner) == person and lines.due:
            yield turn.words("issue.todo", no=issue.no, text=issue.text, due=lines.due)


def _agreements(turn: Turn, person: str) -> Iterator[str]:
    """Those that somebody is to confirm, the first written down first."""
    for record in reversed(turn.uow.records.waiting()):
        lines = RecordLines(turn, record)
        if record.other == person:
            yield turn.words("record.todo", no=record.no, pair=lines.pair, text=record.text, due=lines.due)


def _undecided(change: Change) -> tuple[Step, ...]:
    """Steps that may still be decided: one that was sent back waits for its proposer, and its approvers may still
    decide it."""
    return (*change.waiting, *change.returned)


def _waiting(turn: Turn, change: Change, step: Step) -> dict[str, str]:
    view = turn.view(change)
    return {
        "no": change.no,
        "headline": view.headline,
        "department": view.brief(step),
        "since": view.at(step.waits_since),
        "returned": _returned(turn, change, step),
        "due": view.at(change.expires_at),
        "held": held_row(change, turn.words, turn.hours),
    }


def _returned(turn: Turn, change: Change, step: Step) -> str:
    view = turn.view(change)
    return turn.words("modify.returned-todo", proposer=view.proposer) if step in change.returned else view.goes_back


def _mine(turn: Turn, change: Change) -> dict[str, str]:
    view = turn.view(change)
    return {
        "no": change.no,
        "headline": view.headline,
        "waiting": view.departments(change.required or change.waiting) if change.waiting else "",
        "returned": view.returned,
        "due": view.at(change.expires_at),
        "held": held_row(change, turn.words, turn.hours),
    }
