"""撤回: a request is taken back by its proposer while it is open; a draft is discarded."""

from handlers.language import Withdraw
from handlers.lifecycle.after_change import save
from handlers.turn import Ask, Turn
from planning.change.approval import discard
from planning.change.change import Change, ChangeState


def withdraw(turn: Turn, ask: Ask, command: Withdraw) -> str:
    change = drop(turn, turn.change(command.change_no), ask.person.id, command.reason)
    if change.state is ChangeState.REVERTED:
        return turn.words("answer.withdrawn-reverted", no=change.no, given_back=turn.view(change).given_back)
    return turn.words("answer.withdrawn", no=change.no)


def drop(turn: Turn, change: Change, person: str, why: str = "", *, pressed: str = "") -> Change:
    """Discard a draft, or take back what is being decided, also an emergency that is in effect."""
    return save(turn, change, discard(change, person, turn.now), by=person, why=why, pressed=pressed)
