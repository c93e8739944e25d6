"""A group that no setting names: nothing of the plan is told or done there."""

from handlers.events import Clicked, Said
from handlers.turn import Turn
from planning.people.organisation import Person, Role
from planning.refusal import Refusal, Refused

UNNAMED = "unnamed-group"
STRANGER = "stranger"
UNNAMED_ADMIN = "unnamed-group-admin"
UNNAMED_BIND = "unnamed-group-bind"


def require_named(turn: Turn, event: Said | Clicked, person: Person) -> None:
    """Raises for an admin "unnamed-group-bind", or "unnamed-group-admin" with the lines for the settings where the file
    keeps them; "unnamed-group" for everybody else."""
    if event.single or turn.organisation.department_in(event.conversation):
        return
    if person.has(Role.ADMIN) and turn.environment.settings is not None:
        raise Refused(UNNAMED_BIND)
    if person.has(Role.ADMIN):
        raise Refused(UNNAMED_ADMIN, conversation=event.conversation)
    admins = [admin.name for admin in turn.organisation.with_role(Role.ADMIN)]
    raise Refused(UNNAMED, admins=turn.words.list(admins) or turn.words("approver.role.admin"))


def once_a_day(turn: Turn, event: Said, refusal: Refusal) -> str:
    """Key of an answer that a person gets once a day, however often they speak: in such a group, and a stranger
    anywhere; empty of another."""
    where = {UNNAMED: event.conversation, STRANGER: "" if event.user_id else event.conversation}
    if refusal.code not in where:
        return ""
    platform = turn.environment.platforms.serving(event.conversation).platform
    return f"{refusal.code}:{turn.today}:{platform}:{event.user_id}:{where[refusal.code]}"
