"""A request wants what another pending one wants otherwise: found when it is submitted, shown to those who settle it,
and over by itself when one of the two ends (domain part 4, C7)."""

from cards.card import Card
from cards.faces import ConflictView, conflict_card
from handlers.announcing import homes_of, show_new
from handlers.recording import record
from handlers.turn import Turn
from planning.audit import Kind
from planning.change import Change
from planning.conflict import MOOT, Conflict, arbiters_of, can_give_way, settle
from planning.contest import Contested, contested
from planning.refusal import Refused
from storage.cards import CardRow, Purpose


def open_conflicts(turn: Turn, change: Change) -> None:
    """With every pending request that could still give way; in the unit that submits `change`."""
    if not can_give_way(change.state):
        return
    for wish in turn.uow.conflicts.wishes(besides=change.no):
        fields = contested(wish.operations, change.operations)
        if fields and can_give_way(wish.state):
            _open(turn, turn.change(wish.no), change, fields)


def end_conflicts(turn: Turn, change: Change) -> list[CardRow]:
    """The conflicts of a request that has just ended are moot. The cards that show it, to be sent again: also those of
    the two it may have been merged from."""
    shown = []
    for conflict in turn.uow.conflicts.of_change(change.no):
        if conflict.is_open:
            turn.uow.conflicts.save(settle(conflict, MOOT, "", turn.now))
            record_settled(turn, conflict, "", MOOT, turn.words("choice.moot", no=change.no))
        if conflict.is_open or conflict.is_merged:
            shown += cards_of(turn, conflict)
    return shown


def record_settled(turn: Turn, conflict: Conflict, by: str, stands: str, choice: str) -> None:
    facts = {"other": conflict.newer, "stands": stands, "choice": choice}
    record(turn, Kind.SETTLED, by, conflict.older, facts)


def cards_of(turn: Turn, conflict: Conflict) -> list[CardRow]:
    rows = turn.uow.cards.of_change(conflict.newer)
    return [row for row in rows if row.purpose is Purpose.CONFLICT and row.department == conflict.older]


def conflict_of(turn: Turn, row: CardRow) -> Conflict:
    """What a conflict card is about. Raises "card-unknown" for a card of another kind: an action can be made up."""
    found = turn.uow.conflicts.get(row.department, row.change_no)
    if found is None:
        raise Refused("card-unknown")
    return found


def view_of(turn: Turn, conflict: Conflict) -> ConflictView:
    older, newer = turn.change(conflict.older), turn.change(conflict.newer)
    arbiters = tuple(person.id for person in arbiters_of(older, newer, turn.organisation, turn.deputies()))
    draft = turn.view(turn.change(conflict.settled)) if conflict.is_merged else None
    return ConflictView(conflict, turn.view(older), turn.view(newer), arbiters, draft)


def arbiters_rooms(turn: Turn, view: ConflictView) -> tuple[str, ...]:
    """Where those read who decide when the proposers do not agree."""
    return homes_of(turn, view.arbiters)


def facing(turn: Turn, row: CardRow) -> Card:
    """A conflict card as it shows now."""
    view = view_of(turn, conflict_of(turn, row))
    return conflict_card(view, row.card_id, own_room=row.conversation not in arbiters_rooms(turn, view))


def _open(turn: Turn, older: Change, newer: Change, fields: tuple[Contested, ...]) -> None:
    conflict = Conflict(older.no, newer.no, fields, turn.now)
    turn.uow.conflicts.add(conflict)
    view = view_of(turn, conflict)
    record(turn, Kind.CONFLICT, newer.proposer, newer.no, {"other": older.no, "fields": view.contested})
    for room in dict.fromkeys((older.origin, newer.origin, *arbiters_rooms(turn, view))):
        if room:  # a request that came over the API has none
            show_new(turn, Purpose.CONFLICT, newer, room, older.no)
