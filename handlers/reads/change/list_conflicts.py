"""冲突: which there are, and how whoever asks settles them."""


from handlers.language import ShowConflicts
from handlers.notify.change.conflict_cards import names_of, view_of
from handlers.turn import Ask, Turn
from planning.change.conflict import ARBITER, Conflict


def list_conflicts(turn: Turn, ask: Ask, command: ShowConflicts) -> str:
    found = turn.uow.conflicts.open_ones()
    if not found:
        return turn.words("conflict.none")
    rows = [f"- {_row(turn, conflict)}" for conflict in found]
    how = next(filter(None, (_how(turn, conflict, ask.person.id) for conflict in found)), "")
    return "\n".join([turn.words("conflict.open", n=len(found)), *rows, *(["", how] if how else [])])


def _how(turn: Turn, conflict: Conflict, person: str) -> str:
    """Hint on how this person settles it; empty: they have no say."""
    names = names_of(turn, conflict, person)
    if not names:
        return ""
    both = {conflict.older, conflict.newer}
    if names == (ARBITER,) or set(names) == both:
        return turn.words("conflict.how-arbiter", no=conflict.older, other=conflict.newer)
    return turn.words("conflict.how", no=names[0])


def _row(turn: Turn, conflict: Conflict) -> str:
    view = view_of(turn, conflict)
    return turn.words(
        "conflict.row",
        older=conflict.older,
        first=view.older.proposer,
        newer=conflict.newer,
        second=view.newer.proposer,
        fields=view.contested,
        stances=turn.words.list(view.stances()),
        until=view.until(),
    )
