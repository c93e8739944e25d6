"""A request wants what another pending one wants otherwise: found when it is submitted, shown to those who settle it,
and over by itself when one of the two ends (rule P3)."""

from dataclasses import replace
from itertools import takewhile

from cards.markdown import plain
from handlers.notify.audit import record
from handlers.notify.card_updates import send_again, updates_in_place
from handlers.notify.change.conflict_cards import arbiters_rooms, cards_of, stand_ins_rooms, view_of
from handlers.notify.new_cards import add_card, room_of
from handlers.turn import Turn
from planning.change.change import Change
from planning.change.conflict import (
    MOOT,
    Conflict,
    can_be_at_odds,
    can_give_way,
    settle,
)
from planning.change.contested_fields import Contested, contested
from planning.trail.audit import Kind
from storage.change.conflicts import Wish
from storage.delivery.cards import Purpose


def open_conflicts(turn: Turn, change: Change) -> None:
    """Open a conflict over each field with the last request before it that wants it otherwise, where one of the two
    could still give way; in the unit that submits `change`. Those before that one are at odds with it already: who is
    left of them is asked in its place once it has ended."""
    if not change.state.is_pending:
        return
    known = [one for one in turn.uow.conflicts.of_change(change.no) if one.newer == change.no]
    asked = {where for conflict in known if conflict.is_open for where in conflict.fields}
    for wish in reversed(_wishes_before(turn, change)):
        fields = contested(wish.operations, change.operations)
        if not {*fields} - asked or not can_be_at_odds(wish.state, change.state):
            continue
        asked.update(fields)
        if all(conflict.older != wish.no for conflict in known):
            _open(turn, turn.change(wish.no), change, fields)


def _wishes_before(turn: Turn, change: Change) -> list[Wish]:
    """Wishes of the pending requests that were submitted before it."""
    return list(takewhile(lambda wish: wish.no != change.no, turn.uow.conflicts.wishes()))


def end_conflicts(turn: Turn, before: Change, change: Change) -> None:
    """The conflicts of a request that has just ended are moot; if it has taken effect, the proposer of the other one is
    told what that leads to now. The cards that show it are sent again: also those of the two it may have been merged
    from."""
    if not before.state.is_open or change.state.is_open:
        return
    for conflict in turn.uow.conflicts.of_change(change.no):
        if (conflict.is_open or conflict.is_merged) and change.state.is_in_effect:
            _ask_whether_still(turn, conflict, change)
        if conflict.is_open:
            turn.uow.conflicts.save(settle(conflict, MOOT, "", turn.now))
            record_settled(turn, conflict, "", MOOT, turn.words("conflict.choice.moot", no=change.no))
        if conflict.is_open or conflict.is_merged:
            for row in cards_of(turn, conflict):
                send_again(turn, row)
        if conflict.is_open and conflict.older == change.no:
            open_conflicts(turn, turn.change(conflict.newer))


def show_deadline(turn: Turn, before: Change, change: Change) -> None:
    """Send the cards of open conflicts again, which tell the deadline, where they can be changed in place."""
    if change.expires_at == before.expires_at or not change.state.is_deciding:
        return
    still = (conflict for conflict in turn.uow.conflicts.of_change(change.no) if conflict.is_open)
    for row in (row for conflict in still for row in cards_of(turn, conflict)):
        if updates_in_place(turn, row):
            send_again(turn, row)


def _ask_whether_still(turn: Turn, conflict: Conflict, done: Change) -> None:
    """What the other one wants comes on top of what has just taken effect, and only its proposer
    knows whether that is meant."""
    other = turn.uow.changes.get(conflict.other(done.no))
    if other is None or not can_give_way(other.state) or done.no not in (conflict.older, conflict.newer):
        return
    impact = turn.assess(turn.plan(), other.operations)
    if impact.refused or not impact.lines:
        return  # it can no longer be done, and is told so
    view, example = view_of(turn, conflict), turn.words("modify.example", no=other.no)
    names = {"first": view.view(done.no).proposer, "second": view.view(other.no).proposer}
    wants = view.wants(turn.view(replace(other, impact=impact)))
    facts = {"no": done.no, "other": other.no, "wants": wants, "example": example, **names}
    text = turn.words("conflict.still", **{name: plain(fact) for name, fact in facts.items()})
    for room in dict.fromkeys((room_of(turn, other), *stand_ins_rooms(turn, other))):
        turn.uow.outbox.say(room, text, turn.now)


def record_settled(turn: Turn, conflict: Conflict, by: str, stands: str, choice: str) -> None:
    facts = {"other": conflict.newer, "stands": stands, "choice": choice}
    record(turn, Kind.SETTLED, by, conflict.older, facts)


def _open(turn: Turn, older: Change, newer: Change, fields: tuple[Contested, ...]) -> None:
    conflict = Conflict(older.no, newer.no, fields, turn.now)
    turn.uow.conflicts.add(conflict)
    view = view_of(turn, conflict)
    record(turn, Kind.CONFLICT, newer.proposer, newer.no, {"other": older.no, "fields": view.contested})
    proposers = (older.origin, newer.origin, *stand_ins_rooms(turn, older), *stand_ins_rooms(turn, newer))
    for room in dict.fromkeys((*proposers, *arbiters_rooms(turn, view))):
        if room:  # a request that came over the API has none
            add_card(turn, Purpose.CONFLICT, conflict.subject, room)
