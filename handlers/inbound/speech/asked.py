"""Asking a language model is counted, and all that is sent recorded, before anything leaves."""

from handlers.call_budget import month_of
from handlers.events import Said
from handlers.inbound.speech.proposals import Inquiry
from handlers.language_budget import language_calls
from handlers.notify.audit import record
from handlers.turn import Turn
from planning.trail.audit import Kind


def take_call(turn: Turn, event: Said, inquiry: Inquiry) -> bool:
    """Count the call, and have the trail say what is sent; False where the month's calls are used up: it is not
    sent."""
    terms = turn.environment.language_model
    if terms is None or not language_calls(turn).take(month_of(turn.today), terms.monthly_calls):
        return False
    person = turn.environment.person_in(event.conversation, event.user_id)
    facts = {"model": terms.model, "sent": inquiry.content}
    record(turn, Kind.MODEL_ASKED, person.id if person else "", event.conversation, facts)
    return True


def note_answer(turn: Turn, tokens_in: int, tokens_out: int) -> None:
    """Note that the model answered, and what it took."""
    language_calls(turn).answered(month_of(turn.today), tokens_in, tokens_out)
