"""Presses on a card of an issue, and [有问题] on a card of a request."""

from cards.markdown import plain
from handlers.actions.rhythm import issues
from handlers.events import Answer
from handlers.inbound.messages import Response, tell
from handlers.inbound.press import Press
from handlers.inbound.questions import question_of
from handlers.language.commands.issues import FollowIssue, RaiseIssue, Word
from handlers.notify.rhythm.issue_cards import IssueLines, issue_on
from handlers.turn import Ask
from planning.refusal import Refused


def see_to(press: Press) -> Answer:
    return _follow(press, Word.TAKE)


def reply(press: Press) -> Answer:
    return _with_words(press, Word.ANSWER, "issue.words")


def hand_on(press: Press) -> Answer:
    return _with_words(press, Word.HAND_ON, "issue.whom")


def solved(press: Press) -> Answer:
    return _follow(press, Word.SOLVED)


def unsolved(press: Press) -> Answer:
    return _follow(press, Word.UNSOLVED)


def change(press: Press) -> Answer:
    """A change of its item is asked of whoever pressed, with the issue as its reason; their next words complete it."""
    issue = issue_on(press.turn, press.row)
    item = IssueLines(press.turn, issue).item
    if item is None:
        raise Refused("issue-no-item", no=issue.no)
    form = f"改期 {item.code} 到 <日期> 因为 {issue.no} {issue.text}"
    ask = _ask(press)
    sentence = press.turn.words("issue.propose", no=issue.no, item=item.code)
    asks = question_of(press.turn, ask, str(plain(sentence)), [form])
    tell(press.turn, press.row.conversation, Response(sentence, asks=asks))
    return press.shown()


def problem(press: Press) -> Answer:
    """Somebody who reads about a request says what is wrong with it."""
    words = press.event.inputs.get("input", "").strip()
    no = press.change.no
    if not words:
        how = press.turn.spell(RaiseIssue(f"{no} {press.turn.words('issue.words')}"))
        return press.noted(str(plain(press.turn.words("issue.how-to-say", command=how))), mark="✏️")
    turn, person = press.turn, press.person
    issue, _ = issues.raise_issue(turn, person.id, words, no, room=press.row.conversation)
    lines = IssueLines(turn, issue)
    department = turn.organisation.department_name(issue.department)
    told = turn.words("issue.raised", no=issue.no, owner=lines.owner, department=department, due=lines.due)
    return press.noted(str(plain(told)), mark="✅")


def _follow(press: Press, word: Word, said: str = "") -> Answer:
    issue = issue_on(press.turn, press.row)
    issues.follow(press.turn, _ask(press), issue, word, said, pressed=press.row.card_id)
    return press.shown()


def _with_words(press: Press, word: Word, hole: str) -> Answer:
    """Where a button cannot ask for them, how they are said."""
    said = press.event.inputs.get("input", "").strip()
    if said:
        return _follow(press, word, said)
    issue, words = issue_on(press.turn, press.row), press.turn.words
    command = press.turn.spell(FollowIssue(issue.no, word, words(hole)))
    return press.noted(str(plain(words("issue.how-to-say", command=command))), mark="✏️")


def _ask(press: Press) -> Ask:
    department = press.turn.organisation.department_in(press.row.conversation)
    return Ask(press.person, press.row.conversation, "", department=department, said_at=press.turn.now)
