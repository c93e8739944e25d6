"""Settling a conflict, on its card or by word: each proposer takes a stance, a coordinator decides."""

from collections.abc import Collection
from dataclasses import replace

from cards.faces.conflict import MINE, THEIRS
from handlers.actions.change.propose import draft
from handlers.language import SettleConflict
from handlers.lifecycle.after_change import give_way
from handlers.lifecycle.conflicts import record_settled
from handlers.lifecycle.expire import in_time
from handlers.notify.audit import record
from handlers.notify.change.conflict_cards import conflict_of, names_of, view_of
from handlers.notify.change.conflict_notices import call_arbiter, comes_to, show_conflict, tell_where_cards_stand_still
from handlers.notify.new_cards import show_new
from handlers.turn import Ask, Turn
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
from storage.delivery.cards import CardRow, Purpose


def by_word(turn: Turn, ask: Ask, command: SettleConflict) -> str:
    """Settle a conflict by a typed command, where its card is out of reach; the answer says what it led to."""
    before = _meant(turn, command)
    after = take(turn, before, ask.person, command.wanted, room=ask.conversation)
    view = view_of(turn, after)
    facts = {"no": after.older, "other": after.newer}
    if not after.is_open:
        return turn.words("conflict.over", outcome=view.outcome(), **facts)
    wanted = after.stances[names_of(turn, after, ask.person.id)[0]]
    stance = turn.words("conflict.choice-merge") if wanted == MERGE else turn.words("conflict.choice-mine", no=wanted)
    noted = turn.words("conflict.noted", name=ask.person.name, stance=stance, until=view.until(), **facts)
    return f"{noted}{comes_to(turn, after)}"


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
                call_arbiter(turn, said)
            tell_where_cards_stand_still(turn, said, room)
            return said
        case str(outcome) if outcome == MERGE:
            return _settle_by_merging(turn, said, older, newer, person, pressed)
        case stands:
            return _settle_by_giving_way(turn, said, stands, person, pressed)


def _note(turn: Turn, said: Conflict, person: Person, wanted: str, pressed: str) -> None:
    record(turn, Kind.STANCE, person.id, said.older, {"other": said.newer, "choice": _choice(turn, wanted)})
    turn.uow.conflicts.save(said)
    show_conflict(turn, said, pressed)


def _settle_by_giving_way(turn: Turn, said: Conflict, stands: str, person: Person, pressed: str) -> Conflict:
    done = _settled(turn, said, stands, person, turn.words("conflict.choice.stands", no=stands), pressed)
    give_way(turn, turn.change(done.other(stands)), stands, person.id)
    return done


def _settle_by_merging(
    turn: Turn, said: Conflict, older: Change, newer: Change, person: Person, pressed: str
) -> Conflict:
    """The two go on being decided until what they were merged into is submitted."""
    drafted = _merge(turn, older, newer)  # first: it may be refused
    done = _settled(turn, said, drafted.no, person, turn.words("conflict.choice.merged", no=drafted.no), pressed)
    show_new(turn, Purpose.PROPOSAL, drafted, drafted.origin)
    return done


def _settled(turn: Turn, said: Conflict, stands: str, person: Person, choice: str, pressed: str) -> Conflict:
    done = settle(said, stands, person.id, turn.now)
    turn.uow.conflicts.save(done)
    record_settled(turn, done, person.id, stands, choice)
    show_conflict(turn, done, pressed)
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


def _choice(turn: Turn, wanted: str) -> str:
    return turn.words("conflict.choice.merge") if wanted == MERGE else turn.words("conflict.choice.stands", no=wanted)


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
        example = turn.spell(replace(command, other=others[0]))
        raise Refused("which-conflict", no=no, others=turn.words.list(others), example=example)
    return (still or found)[-1]
