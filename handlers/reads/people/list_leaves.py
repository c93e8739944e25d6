"""代理: who acts for whom, now and in the days to come."""

from handlers.language import ShowLeaves
from handlers.turn import Ask, Turn
from planning.people.delegation import Delegation


def list_leaves(turn: Turn, ask: Ask, command: ShowLeaves) -> str:
    """List who acts for whom."""
    known = turn.uow.delegations.current(turn.today)
    return "\n".join(f"- {_line(turn, delegation)}" for delegation in known) or turn.words("leave.none")


def in_a_line(turn: Turn, delegations: list[Delegation]) -> str:
    """Several, inside a sentence."""
    return turn.words.clauses(_line(turn, delegation) for delegation in delegations)


def _line(turn: Turn, delegation: Delegation) -> str:
    name_of = turn.organisation.name_of
    return turn.words(
        "leave.line" if delegation.accepted_at else "leave.line-asked",
        name=name_of(delegation.person),
        deputy=name_of(delegation.deputy),
        first=delegation.first,
        last=delegation.last,
    )
