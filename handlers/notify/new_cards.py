"""Putting new cards where they belong: asking, and telling those who are only informed.

Platform calls are money: see `handlers.notify.card_updates` for when a card is sent again.
"""

from collections.abc import Iterable

from handlers.turn import Turn
from planning.change.approvers import hands_over_to
from planning.change.change import Change, Step, Verdict
from planning.people.delegation import Deputies
from planning.people.principal import Principal
from planning.subject import Subject
from storage.delivery.cards import CardRow, Purpose


def show_new(turn: Turn, purpose: Purpose, change: Change, conversation: str, department: str = "") -> CardRow:
    """A new card in a conversation, of the round in which the department's step was opened."""
    step = change.step_of(department)
    round = step.round if step else change.round
    return add_card(turn, purpose, change.subject, conversation, department, round)


def add_card(
    turn: Turn, purpose: Purpose, subject: Subject, conversation: str, department: str = "", round: int = 1
) -> CardRow:
    """A new card in a conversation, about whatever it is."""
    row = turn.uow.cards.add(purpose, subject, conversation, turn.now, department, round)
    turn.uow.outbox.show(row, turn.now)
    return row


def ask(turn: Turn, change: Change, steps: Iterable[Step]) -> None:
    """One card for each of these steps in every conversation of those who decide it; whom shadow mode leaves out sees
    what it would be asked."""
    for step in steps:
        asked = {row.conversation for row in cards_of_step(turn, change, step)}
        for conversation in asked_in(turn, step):
            if conversation not in asked:
                show_new(turn, Purpose.APPROVAL, change, conversation, step.department)
    _notify(turn, change, change.policy.shadowed)


def ask_where_submitted(turn: Turn, change: Change, pressed: str) -> None:
    """Have a department that reads where its request was submitted asked on the card that was pressed for it, where
    everybody there gets that by the answer: another one would be another message."""
    row = turn.uow.cards.get(pressed) if pressed else None
    if row is None or row.purpose is not Purpose.PROPOSAL or not change.state.is_deciding:
        return
    if not turn.environment.platforms.serving(row.conversation).answers_everyone:
        return
    step = next((step for step in change.waiting if row.conversation in asked_in(turn, step)), None)
    if step is not None:
        turn.uow.cards.ask_on(row, step.department, step.round)


def ask_successors(turn: Turn, before: Change, after: Change) -> None:
    """A card of a step that was handed on, where those read it was handed to, unless they read where it was asked."""
    for department, decision in after.decisions_since(before):
        old, step = before.step_of(department), after.step_of(department)
        if decision.verdict is not Verdict.TRANSFER or old is None or step is None or not step.state.is_undecided:
            continue
        for home in homes_of(turn, [decision.to]):
            if home not in asked_in(turn, old):
                show_new(turn, Purpose.APPROVAL, after, home, department)


def asked_in(turn: Turn, step: Step) -> tuple[str, ...]:
    """Conversations in which a step is asked: the department's own, and those of the people who stand in for it; of
    `role:…`, those of the people who have the role."""
    people = turn.organisation.people
    if Principal.parse(step.department).is_role:
        return homes_of(turn, step.approvers)
    if not step.fallback:
        return _each([turn.environment.conversation_of(step.department)])
    own = [person for person in step.approvers if person in people and people[person].department == step.department]
    others = [person for person in step.approvers if person not in own]
    return _each([*homes_of(turn, own), *homes_of(turn, others)])


def homes_of(turn: Turn, people: Iterable[str]) -> tuple[str, ...]:
    """The conversations these people read, each once."""
    known = (turn.organisation.people.get(person) for person in people)
    return _each(turn.environment.conversation_of(person.department) for person in known if person)


def room_of(turn: Turn, change: Change) -> str:
    """Conversation where its proposer is told: the one they typed it in; of another system's, the coordinator's."""
    stand_in = turn.environment.coordinators_department()
    return change.origin or (stand_in.conversation if stand_in else "")


def _each(conversations: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(conversation for conversation in conversations if conversation))


def show_deputies(turn: Turn, change: Change, step: Step, deputies: Deputies) -> None:
    """A card of this step wherever those read who act for its approvers today."""
    homes = homes_of(turn, hands_over_to(step, change.proposers, deputies))
    here = {row.conversation for row in cards_of_step(turn, change, step)} if homes else set[str]()
    for conversation in homes:
        if conversation not in here | {*asked_in(turn, step)}:
            show_new(turn, Purpose.APPROVAL, change, conversation, step.department)


def cards_of_step(turn: Turn, change: Change, step: Step) -> list[CardRow]:
    """Cards that ask for this step as it was last opened."""
    rows = turn.uow.cards.about(change.subject)
    asked = step.department, step.round
    return [row for row in rows if row.purpose.asks and (row.department, row.round) == asked]


def inform(turn: Turn, change: Change) -> None:
    """Tell the departments that are to know, once, when it is in effect."""
    _notify(turn, change, change.informed)


def shows_all(row: CardRow, change: Change) -> bool:
    """A card that asks for the whole effect: who reads there needs no notice of it besides."""
    step, lines = change.step_of(row.department), change.impact.lines
    asks = row.purpose.asks and step is not None and step.round == row.round
    return asks and bool(lines) and change.lines_for(row.department) == lines


def _notify(turn: Turn, change: Change, departments: Iterable[str]) -> None:
    """A notice to each who is not asked and has none yet, where nobody is asked for the whole of it and no proposer has
    it before them; who is in shadow sees there what they would be asked. Of somebody who is no department (`role:…`,
    nobody's items) the coordinator's conversation hears, once."""
    rows = turn.uow.cards.about(change.subject)
    notices = [row for row in rows if row.purpose is Purpose.NOTICE]
    known = {*(step.department for step in change.steps), *(row.department for row in notices)}
    rooms = {row.conversation for row in notices}
    shown = {row.conversation for row in rows if row.purpose is Purpose.PROPOSAL or shows_all(row, change)}
    shown |= {row.conversation for row in rows if row.conversation == change.origin}
    for department in sorted(departments, key=lambda who: who not in turn.organisation.departments):
        room = turn.environment.conversation_of(department)
        heard = room in rooms and department not in turn.organisation.departments
        heard = heard or (room in shown and department not in change.policy.shadowed)
        if room and department not in known and not heard:
            show_new(turn, Purpose.NOTICE, change, room, department)
            rooms.add(room)
