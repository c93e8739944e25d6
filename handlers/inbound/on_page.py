"""Decisions pressed on a page: the commands of the chat, under their guards, with the effect that the page showed."""

from cards.markdown import plain
from handlers.inbound.messages import carry_out
from handlers.language import Approve, Command, Modify, Reject, Withdraw, split_suggestion
from handlers.language.clean import cleaned
from handlers.turn import Ask, Turn
from planning.change.approval import still_theirs
from planning.change.change import Change
from planning.people.organisation import Person
from planning.refusal import Refused

WEB = "web"
"""Way by which it was said, in the record of a decision."""
APPROVE, REJECT, MODIFY, WITHDRAW = VERBS = ("approve", "reject", "modify", "withdraw")
NEED_WORDS = (REJECT, MODIFY)
LONGEST = 500
"""Characters of a comment."""


def offered(turn: Turn, change: Change, person: Person) -> tuple[str, ...]:
    """What this person may press now."""
    if not change.state.is_deciding:
        return ()
    if person.id == change.proposer:
        return (WITHDRAW,)
    if not still_theirs(change, person.id, turn.deputies()):
        return ()
    return (APPROVE, REJECT) if change.state.is_in_effect else (APPROVE, REJECT, MODIFY)


def press(turn: Turn, person: Person, no: str, verb: str, comment: str, seen: str) -> str:
    """Do what was pressed; what to say of it. Raises Refused and then changes nothing. `seen`: the hash of the effect
    that stood on the page."""
    ask = Ask(person, f"{WEB}:{person.id}", "", single=True, said_at=turn.now, seen=seen)
    told = carry_out(turn, ask, _command(turn, no, verb, cleaned(comment)[:LONGEST].strip()))
    return str(plain(told.text))


def _command(turn: Turn, no: str, verb: str, comment: str) -> Command:
    if verb in NEED_WORDS and not any(c.isalnum() for c in comment):
        raise Refused("web-words-missing", verb=turn.words(f"web.press.{verb}"))
    match verb:
        case "approve":
            return Approve(no, comment)
        case "reject":
            return Reject(no, *split_suggestion(comment, turn.today, turn.vocabulary))
        case "modify":
            return Modify(no, comment)
        case "withdraw":
            return Withdraw(no, comment)
    raise Refused("not-permitted", what=verb)
