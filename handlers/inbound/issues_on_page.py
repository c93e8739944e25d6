"""Buttons of an issue's card, pressed on the page: what is said about it, by those who may."""

from cards.markdown import plain
from handlers.actions.rhythm import issues
from handlers.govern.rhythm.issue_people import closes, require_may
from handlers.inbound.on_page import LONGEST
from handlers.language.clean import cleaned
from handlers.language.commands.issues import Word
from handlers.notify.rhythm.issue_cards import IssueLines
from handlers.turn import Ask, Turn
from planning.people.organisation import Person
from planning.refusal import Refused
from planning.rhythm.issue import Issue, IssueState
from planning.rhythm.issue_acts import TABLE, Act

_WORDS = {"see_to": Word.TAKE, "reply": Word.ANSWER, "hand_on": Word.HAND_ON, "solved": Word.SOLVED,
          "unsolved": Word.UNSOLVED}  # fmt: skip
VERBS = tuple(_WORDS)
NEED_WORDS = ("reply", "hand_on")


def offered(turn: Turn, issue: Issue, person: Person) -> tuple[str, ...]:
    """What this person may press."""
    solved = Act.CLOSE if closes(turn, issue, person) else Act.RESOLVE
    acts = {"see_to": Act.TAKE, "reply": Act.ANSWER, "hand_on": Act.HAND_ON, "solved": solved, "unsolved": Act.REOPEN}
    able = [verb for verb, act in acts.items() if act in TABLE[issue.state] and _may(turn, issue, act, person)]
    return tuple(verb for verb in able if verb != "see_to" or issue.state is IssueState.OPEN)


def press(turn: Turn, person: Person, no: str, verb: str, said: str) -> str:
    """Do what was pressed; what to say of it. Raises Refused and then changes nothing."""
    words = cleaned(said)[:LONGEST].strip()
    if verb in NEED_WORDS and not any(c.isalnum() for c in words):
        raise Refused("web-words-missing", verb=turn.words(f"button.{verb}"))
    issue = turn.uow.issues.get(no)
    if issue is None:
        raise Refused("no-issue", no=no)
    after = issues.follow(turn, Ask(person, "", ""), issue, _WORDS[verb], words if verb in NEED_WORDS else "")
    told = turn.words(f"issue.done.{after.state}", no=after.no, owner=IssueLines(turn, after).owner)
    return str(plain(told))


def _may(turn: Turn, issue: Issue, act: Act, person: Person) -> bool:
    try:
        require_may(turn, issue, act, person)
    except Refused:
        return False
    return True
