"""What follows for people and clocks when a change request has become something else by whatever way."""

from handlers.lifecycle.escalate import watch
from handlers.notify.audit import tell
from handlers.notify.card_updates import refresh
from handlers.notify.new_cards import ask as ask_departments
from handlers.notify.new_cards import inform
from handlers.timers import EXPIRY
from handlers.turn import Turn
from planning.change.change import Change, ChangeState
from storage.timers import Timer


def follow_up(turn: Turn, before: Change, after: Change, *, by: str = "", pressed: str = "") -> None:
    """Record it, bring its cards up to date, ask whom a new round asks, keep its timers. `after` has been saved; `by`:
    whose doing it is, beside the decisions it holds; empty: nobody's."""
    tell(turn, before, after, by)
    refresh(turn, before, after, pressed=pressed)  # before there are new cards, which need none
    if after.round != before.round and after.state.is_deciding:
        turn.uow.timers.start(Timer(EXPIRY, after.no, after.expires_at or turn.now))
        ask_departments(turn, after, [step for step in after.waiting if step.round == after.round])
    watch(turn, after)
    if not after.state.is_deciding:
        turn.uow.timers.stop(EXPIRY, after.no)
    if after.state is ChangeState.APPLIED and not before.state.is_in_effect:
        inform(turn, after)
