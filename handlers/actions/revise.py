"""要求修改 and 修改: an approver sends a request back, its proposer proposes another in its place."""

from cards.markdown import plain
from handlers.actions.counter_proposal import about
from handlers.actions.decide import by_word, decide, recorded
from handlers.actions.propose import draft, words_of
from handlers.actions.withdraw import drop
from handlers.language import Modify, Revise, operations_of
from handlers.notify.new_cards import room_of, show_new
from handlers.turn import Ask, Turn
from planning.change.change import Change, ChangeState, Decision, Verdict
from planning.change.guards import require_open, require_submitted
from planning.people.organisation import Person, Role
from planning.refusal import Refused
from storage.cards import Purpose


def modify(turn: Turn, ask: Ask, command: Modify) -> str:
    return by_word(turn, ask, command.change_no, Verdict.MODIFY, command.wish, send_back)


def send_back(turn: Turn, change: Change, department: str, decision: Decision, *, pressed: str = "") -> Change:
    """Record that the approver wants another proposal, and tell its proposer how to answer. Raises as `decide`."""
    returned = decide(turn, change, department, decision, pressed=pressed)
    if room := room_of(turn, change):
        turn.uow.outbox.say(room, _told(turn, returned, department, decision), turn.now)
    return returned


def revise(turn: Turn, ask: Ask, command: Revise) -> None:
    """Preview what takes the place of a request when it is submitted. Raises Refused: "not-yours-to-revise", whatever
    its state is in the way of, and what a proposal raises."""
    old = turn.change(command.change_no)
    _require_right(old, ask.person)
    plan, wanted = turn.plan(), about(command.inner, old)
    said = wanted.reason or old.reason, words_of(turn, ask, command), ask.conversation
    is_draft = old.state is ChangeState.DRAFT
    taken = old.supersedes if is_draft else (old.no,)
    drafted = draft(turn, plan, operations_of(wanted, plan), ask.person.id, *said, preview=True, supersedes=taken)
    if is_draft and ask.person.id == old.proposer:
        drop(turn, old, old.proposer)
    show_new(turn, Purpose.PROPOSAL, drafted, ask.conversation)


def _require_right(change: Change, person: Person) -> None:
    """Allow only the proposer, or a coordinator; a draft is its proposer's alone, unless that is another system."""
    require_open(change)
    if person.id != change.proposer and not person.has(Role.COORDINATOR):
        raise Refused("not-yours-to-revise", no=change.no)
    if person.id != change.proposer and not change.author.is_token:
        require_submitted(change)
    if change.state is ChangeState.PROVISIONAL:
        raise Refused("already-in-effect", no=change.no)


def _told(turn: Turn, change: Change, department: str, decision: Decision) -> str:
    view = turn.view(change)
    facts = {
        "department": view.department(department),
        "name": view.by(recorded(change, department, decision)),
        "no": change.no,
        "headline": view.headline,
        "comment": decision.comment,
        "proposer": view.proposer,
        "example": turn.words("modify.example", no=change.no),
    }
    return turn.words("modify.told", **{name: plain(fact) for name, fact in facts.items()})
