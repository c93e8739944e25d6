"""Steps on an escalation card: where several come to the same readers, they stand on one."""

from handlers.notify.new_cards import homes_of
from handlers.turn import Turn
from planning.change.change import Change, Step
from storage.delivery.cards import CardRow, Purpose


def steps_on(turn: Turn, change: Change, row: CardRow) -> tuple[Step, ...]:
    """The steps that are decided on a card, decided or not: the one it was put up for, as long as it was not opened
    again; on the newest escalation card of a conversation those as well whose people read there and that have no card
    of their own."""
    own = change.step_of(row.department)
    found = [own] if own is not None and own.round == row.round else []
    rows = escalations_in(turn, change, row.conversation) if row.purpose is Purpose.ESCALATION else []
    if row.card_id not in [one.card_id for one in rows[-1:]]:
        return tuple(found)
    carded = {(one.department, one.round) for one in rows}
    ladders = turn.uow.escalations.of_change(change.no)
    for step in change.steps:
        ladder = ladders.get(step.department)
        if ladder is None or ladder.round != step.round or (step.department, step.round) in carded:
            continue
        if row.conversation in homes_of(turn, ladder.asked()):
            found.append(step)
    return tuple(found)


def escalations_in(turn: Turn, change: Change, conversation: str) -> list[CardRow]:
    """Oldest first."""
    rows = turn.uow.cards.about(change.subject)
    return [row for row in rows if row.purpose is Purpose.ESCALATION and row.conversation == conversation]


def asking_in(turn: Turn, change: Change, conversation: str) -> CardRow | None:
    """The escalation card there on which somebody is still to decide; None: there is none."""
    newest = next(reversed(escalations_in(turn, change, conversation)), None)
    asks = newest and any(step.state.is_undecided for step in steps_on(turn, change, newest))
    return newest if asks else None
