"""Conflict cards: what they show, where they are shown, and who settles the conflict."""

from dataclasses import replace

from cards.card import Card
from cards.faces import ConflictView, conflict_card
from handlers.notify.new_cards import homes_of
from handlers.turn import Turn
from planning.change.change import Change
from planning.change.conflict import Conflict, arbiters_of, speaks_for, unheard
from planning.change.contested_fields import merged
from planning.refusal import Refused
from planning.subject import SubjectKind
from storage.delivery.cards import CardRow


def conflict_of(turn: Turn, row: CardRow) -> Conflict:
    """Conflict that a card is about. Raises "card-unknown" for a card of another kind: an action can be made up."""
    is_one = row.subject.kind == SubjectKind.CONFLICT
    found = turn.uow.conflicts.get(*row.subject.changes) if is_one else None
    if found is None:
        raise Refused("card-unknown")
    return found


def view_of(turn: Turn, conflict: Conflict) -> ConflictView:
    older, newer = turn.change(conflict.older), turn.change(conflict.newer)
    deputies = turn.deputies()
    arbiters = tuple(person.id for person in arbiters_of(older, newer, turn.organisation, deputies))
    draft = turn.view(turn.change(conflict.settled)) if conflict.is_merged else None
    voiceless = unheard(older, newer, turn.organisation, deputies)
    return ConflictView(conflict, turn.view(older), turn.view(newer), arbiters, draft, unheard=voiceless)


def with_the_merge(turn: Turn, view: ConflictView) -> ConflictView:
    """The same, with what both in one would come to, where they can be merged."""
    if not view.is_open or not view.can_merge:
        return view
    both = merged(view.older.change.operations, view.newer.change.operations)
    impact = turn.assess(turn.plan(), both)
    if impact.refused:
        return view
    return replace(view, together=turn.view(replace(view.newer.change, operations=both, impact=impact)))


def names_of(turn: Turn, conflict: Conflict, person: str) -> tuple[str, ...]:
    """Names in which this person has a say; empty: they have none."""
    older, newer = turn.change(conflict.older), turn.change(conflict.newer)
    try:
        return speaks_for(person, older, newer, turn.organisation, turn.deputies())
    except Refused:
        return ()


def arbiters_rooms(turn: Turn, view: ConflictView) -> tuple[str, ...]:
    """Conversations of those who decide when the proposers do not agree: the arbiters, and who acts for those on
    leave."""
    deputies = turn.deputies()
    return homes_of(turn, (*view.arbiters, *map(deputies.acting, view.arbiters)))


def stand_ins_rooms(turn: Turn, change: Change) -> tuple[str, ...]:
    """Conversations of those who speak for a proposer on leave."""
    acting = turn.deputies().acting(change.proposer)
    return homes_of(turn, [acting]) if acting != change.proposer else ()


def cards_of(turn: Turn, conflict: Conflict) -> list[CardRow]:
    return turn.uow.cards.about(conflict.subject)


def facing(turn: Turn, row: CardRow) -> Card:
    """A conflict card as it shows now."""
    view = with_the_merge(turn, view_of(turn, conflict_of(turn, row)))
    return conflict_card(view, row.card_id, own_room=row.conversation not in arbiters_rooms(turn, view))
