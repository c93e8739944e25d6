"""Who decides for those who are away or gone: who acts for them, and who stands in where nobody may.

It is looked at whenever who acts for whom has become different, and whenever a step has come into other hands.
"""

from handlers.announcing import asked_in, homes_of, show_new
from handlers.recording import record
from handlers.refreshing import send_again, updates_in_place
from handlers.turn import Turn
from planning.approval import call_in
from planning.approvers import hands_over_to, to_stand_in
from planning.audit import Kind
from planning.change import Change, Step
from storage.cards import CardRow, Purpose


def look_after_all(turn: Turn) -> list[Change]:
    """`look_after` whatever is being decided; the requests for which somebody was called in. What a freeze holds is
    looked after when that is lifted."""
    before = [change for change in turn.uow.changes.open_ones() if change.state.is_deciding]
    after = [look_after(turn, change) for change in before]
    return [now for was, now in zip(before, after, strict=True) if now != was]


def look_after(turn: Turn, change: Change) -> Change:
    """Call in who stands in for each step that waits for nobody any more, and show every step to those who act for
    its approvers today; the request as it then is."""
    for step in change.required:
        change = _call_in(turn, change, step)
    for step in (*change.waiting, *change.returned):
        show_deputies(turn, change, step)
    return change


def show_deputies(turn: Turn, change: Change, step: Step) -> None:
    """A card of this step wherever those read who act for its approvers today."""
    deputies = hands_over_to(step, change.proposers, turn.deputies())
    here = {row.conversation for row in _cards(turn, change, step)}
    for conversation in homes_of(turn, deputies):
        if conversation not in here | {*asked_in(turn, step)}:
            show_new(turn, Purpose.APPROVAL, change, conversation, step.department)


def _call_in(turn: Turn, change: Change, step: Step) -> Change:
    people = to_stand_in(step, change.proposers, turn.organisation, turn.deputies())
    if not people:
        return change
    names = turn.words.list([turn.organisation.name_of(person) for person in people])
    record(turn, Kind.STOOD_IN, "", change.no, {"department": step.department, "people": names})
    asked = turn.uow.changes.save(call_in(change, step.department, people, standing_in=True))
    for row in _cards(turn, change, step):
        if updates_in_place(row.conversation):
            send_again(turn, row)
    for conversation in homes_of(turn, people):
        show_new(turn, Purpose.APPROVAL, asked, conversation, step.department)
    return asked


def _cards(turn: Turn, change: Change, step: Step) -> list[CardRow]:
    """Those that ask for this step as it was last opened."""
    rows = turn.uow.cards.of_change(change.no)
    return [row for row in rows if (row.department, row.round) == (step.department, step.round)]
