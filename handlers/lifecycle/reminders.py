"""Reminders: telling those who are waited for that they are, once in each place for all they are waited for."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from cards.faces.steps import deciding_word
from cards.markdown import plain
from handlers.notify.best_before import today_only
from handlers.notify.new_cards import asked_in, homes_of, room_of
from handlers.turn import Turn
from planning.change.approvers import awaited
from planning.change.change import Change, Step, StepState


def remind_of(
    turn: Turn, change: Change, steps: Iterable[Step], *, by: str = "", also: Collection[str] = ()
) -> None:
    """Say where those read whose word is waited for that these steps wait. `also`: people who are to hear it besides;
    `by`: whose wish it is."""
    rooms = dict[str, list[Step]]()
    for step in steps:
        for room in dict.fromkeys((*_waited_for_in(turn, change, step), *homes_of(turn, also))):
            rooms.setdefault(room, []).append(step)
    today = today_only(turn)
    over = min(today, change.expires_at or today)
    for room, waiting in rooms.items():
        for _, alike in groupby(sorted(waiting, key=_is_returned), key=_is_returned):
            turn.uow.outbox.say(room, _reminder(turn, change, tuple(alike), by), turn.now, best_before=over)


def _reminder(turn: Turn, change: Change, steps: tuple[Step, ...], by: str) -> str:
    """Sentence about who is waited for, since when, until when; of several steps since the first."""
    view, first = turn.view(change), min(steps, key=lambda step: step.waits_since or turn.now)
    facts = {
        "no": change.no,
        "headline": view.headline,
        "department": view.departments(steps),
        "names": view.waited_for(*steps),
        "since": view.at(first.waits_since),
        "deadline": view.at(change.expires_at),
        "name": by,
    }
    if _is_returned(first):
        wishes = view.between.join(dict.fromkeys(deciding_word(step).comment for step in steps))
        example = turn.words("modify.example", no=change.no)
        facts |= {"proposer": view.proposer, "wish": wishes, "example": example}
    harmless = {name: plain(value) for name, value in facts.items()}
    by_hand = ".by" if by else ""
    return turn.words(f"escalation.reminder{_variant(change, first)}{by_hand}", waited=view.waited(first), **harmless)


def _is_returned(step: Step) -> bool:
    return step.state is StepState.CHANGES_REQUESTED


def _variant(change: Change, step: Step) -> str:
    if _is_returned(step):
        return ".returned"
    return ".ratify" if change.state.is_in_effect else ""


def _waited_for_in(turn: Turn, change: Change, step: Step) -> Iterator[str]:
    """Conversations in which those whose word is waited for were asked, and those of people who were called in or act
    for somebody; of a step that was sent back, the one where its proposer is told."""
    if _is_returned(step):
        yield from filter(None, [room_of(turn, change)])
        return
    waited_for = awaited(step, change.proposers, turn.organisation, turn.deputies())
    yield from asked_in(turn, replace(step, approvers=tuple(waited_for)))
    yield from homes_of(turn, waited_for.values())
