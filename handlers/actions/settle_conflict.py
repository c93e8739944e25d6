"""Settling a conflict, on its card or by word: each proposer takes a stance, a coordinator decides."""

from collections.abc import Collection
from datetime import timedelta

from cards.faces.conflict import MINE, THEIRS
from handlers.actions.propose import draft
from handlers.lifecycle.after_change import give_way
from handlers.lifecycle.conflicts import record_settled
from handlers.lifecycle.expire import in_time
from handlers.notify.audit import record
from handlers.notify.card_updates import ANSWER_GRACE, answers_everyone, send_again, updates_in_place
from handlers.notify.conflict_cards import arbiters_rooms, cards_of, conflict_of, view_of
from handlers.notify.new_cards import show_new
from handlers.turn import Turn
from planning.change.change import Change
from planning.change.conflict import (
    ARBITER,
    MERGE,
    Conflict,
    agreed,
    can_give_way,
    settle,
    speaks_for,
    take_stance,
    unheard,
)
from planning.change.contested_fields import merged
from planning.people.organisation import Person
from planning.refusal import Refused
from planning.trail.audit import Kind
from storage.cards import CardRow, Purpose


def press(turn: Turn, row: CardRow, person: Person, choice: str) -> Conflict:
    """A button of a conflict card."""
    return take(turn, conflict_of(turn, row), person, choice, pressed=row.card_id, room=row.conversation)


def take(
    turn: Turn, conflict: Conflict, person: Person, choice: str, *, pressed: str = "", room: str = ""
) -> Conflict:
    """Take a stance and do what it leads to. `choice`: MINE, THEIRS, MERGE, or the number of one of the two; `room`:
    where it is answered.

    Raises Refused and then changes nothing. The same word again is no other word.
    """
    older, newer = (in_time(turn, turn.change(no)) for no in (conflict.older, conflict.newer))
    conflict = turn.uow.conflicts.get(older.no, newer.no) or conflict
    names = speaks_for(person.id, older, newer, turn.organisation, turn.deputies())
    wanted = _wanted(conflict, names, choice)
    said_before = all(conflict.stances.get(name) == wanted for name in names)
    if said_before and (conflict.is_open or conflict.settled_by == person.id):
        return conflict
    said = take_stance(conflict, names, wanted)
    if wanted == MERGE:
        _require_mergeable(older, newer)
    match agreed(said):
        case "":
            _note(turn, said, person, wanted, pressed)
            voiceless = unheard(older, newer, turn.organisation, turn.deputies())
            if said.is_tied(voiceless) and not conflict.is_tied(voiceless):
                _call_arbiter(turn, said)
            _tell_where_cards_stand_still(turn, said, room)
            return said
        case str(outcome) if outcome == MERGE:
            return _settle_by_merging(turn, said, older, newer, person, pressed)
        case stands:
            return _settle_by_giving_way(turn, said, stands, person, pressed)


def _note(turn: Turn, said: Conflict, person: Person, wanted: str, pressed: str) -> None:
    record(turn, Kind.STANCE, person.id, said.older, {"other": said.newer, "choice": _choice(turn, wanted)})
    turn.uow.conflicts.save(said)
    _show(turn, said, pressed)


def _settle_by_giving_way(turn: Turn, said: Conflict, stands: str, person: Person, pressed: str) -> Conflict:
    done = _settled(turn, said, stands, person, turn.words("choice.stands", no=stands), pressed)
    give_way(turn, turn.change(done.other(stands)), stands, person.id)
    return done


def _settle_by_merging(
    turn: Turn, said: Conflict, older: Change, newer: Change, person: Person, pressed: str
) -> Conflict:
    """The two go on being decided until what they were merged into is submitted."""
    drafted = _merge(turn, older, newer)  # first: it may be refused
    done = _settled(turn, said, drafted.no, person, turn.words("choice.merged", no=drafted.no), pressed)
    show_new(turn, Purpose.PROPOSAL, drafted, drafted.origin)
    return done


def _settled(turn: Turn, said: Conflict, stands: str, person: Person, choice: str, pressed: str) -> Conflict:
    done = settle(said, stands, person.id, turn.now)
    turn.uow.conflicts.save(done)
    record_settled(turn, done, person.id, stands, choice)
    _show(turn, done, pressed)
    return done


def _wanted(conflict: Conflict, names: Collection[str], choice: str) -> str:
    """The request that shall stand, or MERGE, whoever says “mine”."""
    if choice in (conflict.older, conflict.newer, MERGE):
        return choice
    (own, *more) = names
    if choice not in (MINE, THEIRS) or more or own == ARBITER:
        raise Refused("conflict-whose", no=conflict.older, other=conflict.newer)
    return own if choice == MINE else conflict.other(own)


def _require_mergeable(older: Change, newer: Change) -> None:
    if not (can_give_way(older.state) and can_give_way(newer.state)):
        raise Refused("conflict-merge-in-effect", no=older.no, other=newer.no)
    if merged(older.operations, newer.operations) == newer.operations:
        raise Refused("conflict-merge-same", no=older.no, other=newer.no)


def _merge(turn: Turn, older: Change, newer: Change) -> Change:
    """A draft of both, for the newer one's proposer to look at and submit: only then it takes their place."""
    people = turn.organisation.people
    whose = next((change for change in (newer, older) if change.proposer in people), None)
    if whose is None:
        raise Refused("conflict-merge-nobody", no=older.no, other=newer.no)
    reasons = {"first": older.reason, "second": newer.reason}
    reason = turn.words("conflict.merge-reason", older=older.no, newer=newer.no, **reasons)
    operations = merged(older.operations, newer.operations)
    both = (older.no, newer.no)
    return draft(turn, turn.plan(), operations, whose.proposer, reason, "", whose.origin, supersedes=both)


def _show(turn: Turn, conflict: Conflict, pressed: str) -> None:
    """Where a card cannot be changed in place, only how it ended is sent."""
    for row in cards_of(turn, conflict):
        if row.card_id == pressed:
            send_again(turn, row, ANSWER_GRACE if answers_everyone(row.conversation) else timedelta(0))
        elif not conflict.is_open or updates_in_place(row.conversation):
            send_again(turn, row)


def _tell_where_cards_stand_still(turn: Turn, conflict: Conflict, room: str) -> None:
    """Who said what so far, to those whose card cannot show it: it is their turn. `room` hears it anyway."""
    view = view_of(turn, conflict)
    facts = {"no": conflict.older, "other": conflict.newer, "until": view.until()}
    text = turn.words("conflict.heard", stances=turn.words.list(view.stances()), **facts)
    for row in cards_of(turn, conflict):
        if row.conversation != room and not updates_in_place(row.conversation):
            turn.uow.outbox.say(row.conversation, text, turn.now)


def _call_arbiter(turn: Turn, conflict: Conflict) -> None:
    """Both have spoken and do not agree: who decides is told, with the deadline (R48)."""
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


def _choice(turn: Turn, wanted: str) -> str:
    return turn.words("choice.merge") if wanted == MERGE else turn.words("choice.stands", no=wanted)
