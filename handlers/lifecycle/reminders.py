"""Reminders: telling those who are waited for that they are."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from cards.faces.steps import deciding_word
from cards.markdown import plain
from handlers.notify.new_cards import asked_in, homes_of, room_of
from handlers.turn import Turn
from planning.change.approvers import awaited
from planning.change.change import Change, Step, StepState
from planning.people.organisation import Person


def reminder(turn: Turn, change: Change, step: Step, by: str = "") -> str:
    """Sentence about who is waited for, since when, until when."""
    view = turn.view(change)
    facts = {
        "no": change.no,
        "headline": view.headline,
        "department": view.department(step.department),
        "names": view.waited_for(step),
        "since": view.at(step.waits_since),
        "deadline": view.at(change.expires_at),
        "name": by,
    }
    if step.state is StepState.CHANGES_REQUESTED:
        example = turn.words("modify.example", no=change.no)
        facts |= {"proposer": view.proposer, "wish": deciding_word(step).comment, "example": example}
    harmless = {name: plain(value) for name, value in facts.items()}
    by_hand = ".by" if by else ""
    return turn.words(f"escalation.reminder{_variant(change, step)}{by_hand}", waited=view.waited(step), **harmless)


def _variant(change: Change, step: Step) -> str:
    if step.state is StepState.CHANGES_REQUESTED:
        return ".returned"
    return ".ratify" if change.state.is_in_effect else ""


def say_reminder(turn: Turn, change: Change, step: Step, text: str, also: Iterable[Person] = ()) -> None:
    """Say the reminder where those read whose word is waited for; `also`: people who are to hear it besides."""
    heard = homes_of(turn, (person.id for person in also))
    for conversation in dict.fromkeys((*_waited_for_in(turn, change, step), *heard)):
        turn.uow.outbox.say(conversation, text, turn.now)


def _waited_for_in(turn: Turn, change: Change, step: Step) -> Iterator[str]:
    """Conversations in which those whose word is waited for were asked, and those of people who were called in or act
    for somebody; of a step that was sent back, the one where its proposer is told."""
    if step.state is StepState.CHANGES_REQUESTED:
        yield from filter(None, [room_of(turn, change)])
        return
    waited_for = awaited(step, change.proposers, turn.organisation, turn.deputies())
    yield from asked_in(turn, replace(step, approvers=tuple(waited_for)))
    yield from homes_of(turn, waited_for.values())
