"""Presses on a sync card."""

from cards.faces.view import SEEN
from cards.markdown import plain
from handlers.actions.rhythm import issues
from handlers.actions.rhythm.sign import sign_seat
from handlers.events import Answer
from handlers.govern.rhythm.abouts import about_of
from handlers.govern.rhythm.sync_people import may_sign
from handlers.inbound.press import Press
from handlers.language.commands.issues import RaiseIssue
from handlers.lifecycle.sync import up_to_date
from handlers.notify.rhythm.issue_cards import IssueLines
from handlers.notify.rhythm.sync_cards import sync_on
from handlers.turn import Turn
from planning.people.organisation import Person
from planning.rhythm.sync import SyncCard


def sign(press: Press) -> Answer:
    """Nobody signs what they have not seen: content that is newer than the button's is shown instead."""
    card = up_to_date(press.turn, sync_on(press.turn, press.row), pressed=press.row.card_id)
    if press.action.seen != card.sha256[:SEEN]:
        press.read_again()
        return press.noted(str(plain(press.turn.words("sync.renewed"))), mark="✏️")
    sign_seat(press.turn, card, press.action.choice, press.person.id, press.row.card_id)
    return press.shown()


def problem(press: Press) -> Answer:
    """Somebody says what is wrong with the facts: the other seat sees to it."""
    turn, words = press.turn, press.event.inputs.get("input", "").strip()
    card = sync_on(turn, press.row)
    to = _other_seat(turn, card, press.person)
    if not words:
        how = turn.spell(RaiseIssue(f"{turn.words('issue.words')}"))
        return press.noted(str(plain(turn.words("issue.how-to-say", command=how))), mark="✏️")
    about = about_of(turn, words)
    issue, _ = issues.raise_issue(turn, press.person.id, words, about, to, room=press.row.conversation)
    lines = IssueLines(turn, issue)
    department = turn.organisation.department_name(issue.department)
    told = turn.words("issue.raised", no=issue.no, owner=lines.owner, department=department, due=lines.due)
    return press.noted(str(plain(told)), mark="✅")


def _other_seat(turn: Turn, card: SyncCard, person: Person) -> Person | None:
    """Whoever has the seat that is not this person's; None: nobody who is still here."""
    others = [seat for seat in card.seats if not may_sign(turn, seat, person.id)]
    there = (turn.organisation.people.get(seat.person) for seat in others)
    return next((one for one in there if one is not None), None)
