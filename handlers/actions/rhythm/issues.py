"""反馈: somebody says what is wrong; it is taken, handed on, answered, solved and reopened, by a button or by word."""

import re

from cards.markdown import plain
from handlers.find_person import find_person
from handlers.govern.readers import price_warning
from handlers.govern.rhythm.abouts import about_of
from handlers.govern.rhythm.issue_people import closes, hours_of, require_may, seat_of
from handlers.language.commands.issues import FollowIssue, RaiseIssue, Word
from handlers.lifecycle.issues import begin, save
from handlers.notify.people.settings_cards import rooms_of
from handlers.notify.rhythm.issue_cards import IssueLines
from handlers.turn import Ask, Turn
from planning.people.organisation import Department, Person
from planning.refusal import Refused
from planning.rhythm.issue import Issue
from planning.rhythm.issue_acts import Act, acted

_ACTS = {Word.TAKE: Act.TAKE, Word.HAND_ON: Act.HAND_ON, Word.ANSWER: Act.ANSWER, Word.UNSOLVED: Act.REOPEN}


def raise_by_word(turn: Turn, ask: Ask, command: RaiseIssue) -> str:
    """Who sees to it and until when; nothing where the card that says so stands in the same conversation.

    Raises "issue-text-missing", "issue-to-self", "issue-nobody", "ambiguous-person".
    """
    to = addressee(turn, ask, command.to) if command.to else None
    text = command.without_whom if to is not None else command.said
    if isinstance(to, Person) and to.id == ask.person.id:
        raise Refused("issue-to-self")
    about = about_of(turn, text) or about_of(turn, ask.quoted)
    issue, is_new = raise_issue(turn, ask.person.id, text, about, to, urgent=command.urgent, room=ask.conversation)
    if not is_new:
        return turn.words("issue.same", no=issue.no, status=IssueLines(turn, issue).status)
    notes = _notes(turn, ask, command, issue, to)
    if ask.conversation in rooms_of(turn, [issue.owner]):
        return notes.strip()
    lines = IssueLines(turn, issue)
    department = turn.organisation.department_name(issue.department)
    return turn.words("issue.raised", no=issue.no, owner=lines.owner, department=department, due=lines.due) + notes


def raise_issue(
    turn: Turn, by: str, text: str, about: str, to: Department | Person | None = None, *, urgent: bool = False,
    room: str = "", key: str = "", heard: str = "",
) -> tuple[Issue, bool]:
    """The issue, and whether it is new: the same words of the same person about the same within ten minutes are
    the one there is.
    `about`: as `about_of` gives it. Raises "issue-text-missing", "issue-nobody"."""
    if not any(letter.isalnum() for letter in _without(turn, text, about)):
        raise Refused("issue-text-missing", offers=(f"反馈 {text} <问题>",), no=text)
    if key and (known := turn.uow.issues.of_call(key)):
        return known, False
    seat = seat_of(turn, about, to, by)
    since = (turn.now, turn.now, turn.now)
    issue = Issue("", text, by, about, seat.department, seat.owner, urgent, room, *since, call=key)
    if again := next((one for one in turn.uow.issues.underway() if one.is_same(issue)), None):
        return again, False
    return begin(turn, issue, heard=heard), True


def _without(turn: Turn, text: str, about: str) -> str:
    """The words that are left beside what they are about."""
    if not about:
        return text
    rest = re.sub(re.escape(about), "", text, count=1, flags=re.IGNORECASE)
    first, _, behind = rest.strip().partition(" ")
    return behind if about_of(turn, first) == about else rest


def follow_by_word(turn: Turn, ask: Ask, command: FollowIssue) -> str:
    """Raises "no-issue", "issue-not-yours", what the act raises and what finding somebody raises."""
    issue = turn.uow.issues.get(command.issue)
    if issue is None:
        raise Refused("no-issue", no=command.issue)
    after = follow(turn, ask, issue, command.word, command.said, heard=ask.conversation)
    return turn.words(f"issue.done.{after.state}", no=after.no, owner=IssueLines(turn, after).owner)


def follow(
    turn: Turn, ask: Ask, issue: Issue, word: Word, said: str = "", *, heard: str = "", pressed: str = ""
) -> Issue:
    """What one word about it makes of it. Raises as `follow_by_word` does."""
    person = ask.person
    if word is Word.SOLVED:
        act = Act.CLOSE if closes(turn, issue, person) else Act.RESOLVE
    else:
        act = _ACTS[word]
    require_may(turn, issue, act, person)
    facts = {"by": person.id}
    if act is Act.ANSWER:
        facts["text"] = said
    if act is Act.HAND_ON:
        facts |= _handed(turn, ask, issue, said)
    after = acted(issue, act, turn.now, hours_of(turn, issue), **facts)
    return save(turn, issue, after, act, by=person.id, heard=heard, pressed=pressed)


def _handed(turn: Turn, ask: Ask, issue: Issue, said: str) -> dict[str, str]:
    to = addressee(turn, ask, said)
    if to is None:
        raise Refused("issue-to-unknown", found=said)
    seat = seat_of(turn, issue.about, to)
    if seat.owner == issue.owner:
        raise Refused("issue-is-theirs", name=turn.organisation.name_of(seat.owner))
    return {"to": seat.owner, "department": seat.department}


def addressee(turn: Turn, ask: Ask, word: str) -> Department | Person | None:
    """A department or a person; None: nobody there is. Raises "ambiguous-person"."""
    if department := turn.organisation.find_department(word):
        return department
    try:
        return find_person(turn, ask, word)
    except Refused as refused:
        if refused.refusal.code == "ambiguous-person":
            raise
        return None


def _notes(turn: Turn, ask: Ask, command: RaiseIssue, issue: Issue, to: Department | Person | None) -> str:
    """What whoever raised it should know besides: whom nobody knows, that a department has nobody, a price."""
    words, found = turn.words, []
    if command.to and to is None:
        found.append(words("issue.note.unknown", found=command.to))
    if seat_of(turn, issue.about, to, issue.by).stands_in:
        department = turn.organisation.department_name(issue.department)
        found.append(words("issue.note.nobody", department=department, owner=turn.organisation.name_of(issue.owner)))
    warned = price_warning(turn, ask.person.id, issue.text, [issue.about])
    return "".join(f" {plain(one)}" for one in found) + warned
