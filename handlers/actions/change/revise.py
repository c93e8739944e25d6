"""修改: another proposal in a request's place."""

from handlers.actions.change.counter_proposal import about
from handlers.actions.change.propose import draft, words_of
from handlers.actions.change.withdraw import drop
from handlers.language import Revise, operations_of
from handlers.notify.new_cards import show_new
from handlers.turn import Ask, Turn
from planning.change.change import Change, ChangeState
from planning.change.guards import require_open, require_submitted
from planning.people.organisation import Person, Role
from planning.refusal import Refused
from storage.delivery.cards import Purpose


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
