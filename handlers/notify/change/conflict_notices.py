"""Notices of a conflict while people take their stances: on its cards, and in words where a card stands still."""

from datetime import timedelta

from handlers.notify.card_updates import ANSWER_GRACE, answers_everyone, send_again, updates_in_place
from handlers.notify.change.conflict_cards import arbiters_rooms, cards_of, view_of, with_the_merge
from handlers.turn import Turn
from planning.change.conflict import MERGE, Conflict


def show_conflict(turn: Turn, conflict: Conflict, pressed: str) -> None:
    """Bring the cards of a conflict up to date; where one cannot be changed in place, send only how it ended."""
    for row in cards_of(turn, conflict):
        if row.card_id == pressed:
            send_again(turn, row, ANSWER_GRACE if answers_everyone(turn, row) else timedelta(0))
        elif not conflict.is_open or updates_in_place(turn, row):
            send_again(turn, row)


def tell_where_cards_stand_still(turn: Turn, conflict: Conflict, room: str) -> None:
    """Tell who said what so far to those whose card cannot show it: it is their turn. `room` hears it anyway."""
    view = view_of(turn, conflict)
    facts = {"no": conflict.older, "other": conflict.newer, "until": view.until()}
    text = turn.words("conflict.heard", stances=turn.words.list(view.stances()), **facts)
    text += comes_to(turn, conflict)
    for row in cards_of(turn, conflict):
        if row.conversation != room and not updates_in_place(turn, row):
            turn.uow.outbox.say(row.conversation, text, turn.now)


def comes_to(turn: Turn, conflict: Conflict) -> str:
    """Sentence about what a merge would come to, where somebody wants it; empty: nobody does, or it moves nothing."""
    wanted = conflict.is_open and MERGE in conflict.stances.values()
    sums = with_the_merge(turn, view_of(turn, conflict)).sums if wanted else ""
    return f"\n{sums}" if sums else ""


def call_arbiter(turn: Turn, conflict: Conflict) -> None:
    """Both have spoken and do not agree: who decides is told, with the deadline."""
    view = view_of(turn, conflict)
    text = turn.words(
        "conflict.unheard" if view.unheard else "conflict.tied",
        no=conflict.older,
        other=conflict.newer,
        first=view.older.proposer,
        second=view.newer.proposer,
        fields=view.contested,
        names=view.names,
        until=view.otherwise(),
    )
    for room in arbiters_rooms(turn, view):
        turn.uow.outbox.say(room, text, turn.now)
