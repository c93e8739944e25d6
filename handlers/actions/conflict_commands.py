"""冲突: the open ones, and settling one by word where its card is out of reach."""

from dataclasses import replace

from handlers.actions.settle_conflict import take
from handlers.language import SettleConflict, ShowConflicts
from handlers.notify.conflict_cards import names_of, view_of
from handlers.turn import Ask, Turn
from planning.change.conflict import ARBITER, MERGE, Conflict
from planning.refusal import Refused


def show(turn: Turn, ask: Ask, command: ShowConflicts) -> str:
    found = turn.uow.conflicts.open_ones()
    if not found:
        return turn.words("conflict.none")
    rows = [f"- {_row(turn, conflict)}" for conflict in found]
    how = next(filter(None, (_how(turn, conflict, ask.person.id) for conflict in found)), "")
    return "\n".join([turn.words("conflict.open", n=len(found)), *rows, *(["", how] if how else [])])


def settle(turn: Turn, ask: Ask, command: SettleConflict) -> str:
    """Take a stance; says what it led to."""
    before = _meant(turn, command)
    after = take(turn, before, ask.person, command.wanted, room=ask.conversation)
    view = view_of(turn, after)
    facts = {"no": after.older, "other": after.newer}
    if not after.is_open:
        return turn.words("conflict.over", outcome=view.outcome(), **facts)
    wanted = after.stances[names_of(turn, after, ask.person.id)[0]]
    stance = turn.words("conflict.choice-merge") if wanted == MERGE else turn.words("conflict.choice-mine", no=wanted)
    return turn.words("conflict.noted", name=ask.person.name, stance=stance, until=view.until(), **facts)


def _how(turn: Turn, conflict: Conflict, person: str) -> str:
    """How this person settles it; empty: they have no say."""
    names = names_of(turn, conflict, person)
    if not names:
        return ""
    both = {conflict.older, conflict.newer}
    if names == (ARBITER,) or set(names) == both:
        return turn.words("conflict.how-arbiter", no=conflict.older, other=conflict.newer)
    return turn.words("conflict.how", no=names[0])


def _meant(turn: Turn, command: SettleConflict) -> Conflict:
    """The conflict a command is about; of those that are over the newest, so that it can be said how it ended."""
    no, other = turn.change(command.change_no).no, command.other
    if command.wanted.startswith("CR-") and command.wanted != no:
        other = other or command.wanted
    found = [conflict for conflict in turn.uow.conflicts.of_change(no) if no in (conflict.older, conflict.newer)]
    if other:
        found = [conflict for conflict in found if conflict.other(no) == other]
        if not found:
            raise Refused("no-conflict-between", no=no, other=other)
    still = [conflict for conflict in found if conflict.is_open]
    if not found:
        raise Refused("no-conflict", no=no)
    if len(still) > 1:
        others = [conflict.other(no) for conflict in still]
        example = turn.vocabulary.spell(replace(command, other=others[0]))
        raise Refused("which-conflict", no=no, others=turn.words.list(others), example=example)
    return (still or found)[-1]


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
