"""What somebody is told who comes too late: when and how the request ended, by whom, and how to go on (rule P4).

Cards, typed words and the API answer with the same sentence.
"""

from dataclasses import replace

from cards.faces.steps import deciding_word
from handlers.actions.change.counter_proposal import about
from handlers.language import Move, Revise, Write, parse, write_in
from handlers.language.respelt import respelt, respelt_name
from handlers.turn import Turn
from planning.change.change import Change, ChangeState, Step, StepState
from planning.refusal import Refusal, Refused

_ENDED = ("change-ended", "already-submitted")
_DECIDED = "already-decided"
_TYPED = {"example", "nearest", "wish", "instead"}
"""Facts that are commands, or forms of one."""
_IN_PLACE = (ChangeState.APPLIED, ChangeState.SUPERSEDED)
"""States in which the wish is fulfilled, or is another request's matter: it is not proposed again."""


def answer(turn: Turn, refusal: Refusal) -> str:
    """A refusal as a sentence, with what became of the request it is about where that is why."""
    refusal = _in_their_words(turn, refusal)
    no = refusal.facts.get("no", "")
    change = turn.uow.changes.get(no) if refusal.code in (*_ENDED, _DECIDED) else None
    if change is None:
        return turn.sentence(refusal)
    if refusal.code == _DECIDED:
        return _decided(turn, change, refusal)
    return turn.sentence(refusal) if change.state.is_open else f"{_ended(turn, change)}{_way_on(turn, change)}"


def _in_their_words(turn: Turn, refusal: Refusal) -> Refusal:
    """With what it shows to be typed in the language of the installation."""
    locale, facts = turn.words.locale, dict(refusal.facts)
    for name in _TYPED.intersection(facts):
        facts[name] = respelt(facts[name], locale, turn.today, turn.vocabulary)
    if "command" in facts:
        facts["command"] = respelt_name(facts["command"], locale, turn.vocabulary)
    return replace(refusal, facts=facts)


def _decided(turn: Turn, change: Change, refusal: Refusal) -> str:
    """Word of this person in the step that they closed, and when."""
    person, view = refusal.facts.get("person", ""), turn.view(change)
    for step in change.steps:
        if step.decisions and not step.state.is_undecided and step.decisions[-1].person == person:
            said = view.said(deciding_word(step))
            return turn.words("late.decided", no=change.no, department=view.department(step.department), said=said)
    return turn.sentence(refusal)


def _ended(turn: Turn, change: Change) -> str:
    view, state = turn.view(change), change.state.value
    if change.state is ChangeState.WITHDRAWN and change.submitted_at is None:
        state = "discarded"
    by = next(filter(_closed_it, change.steps), None)
    facts = {
        "no": change.no,
        "at": view.at(change.expires_at if change.state is ChangeState.EXPIRED else change.ended_at),
        "proposer": view.proposer,
        "revision": change.applied_revision,
        "by_no": change.superseded_by or turn.uow.changes.reverting(change.no),
        "said": f"{view.department(by.department)} {view.said(deciding_word(by))}" if by else "",
    }
    return turn.words(f"late.{state}", **facts)


def _closed_it(step: Step) -> bool:
    return step.state is StepState.REJECTED and not step.optional


def _way_on(turn: Turn, change: Change) -> str:
    if change.state is ChangeState.SUPERSEDED:
        return turn.words("late.see", no=change.superseded_by)
    command = "" if change.state in _IN_PLACE else again(turn, change)
    return turn.words("late.again", command=command) if command else turn.words("late.anew")


def again(turn: Turn, change: Change) -> str:
    """Command its proposer typed, restated so that it means the same today; empty: nothing was typed, or its day is
    over."""
    wanted = _typed(turn, change)
    if wanted is None or (isinstance(wanted, Move) and wanted.to and wanted.to < turn.today):
        return ""
    return turn.spell(replace(wanted, reason=wanted.reason or change.reason))


def _typed(turn: Turn, change: Change) -> Write | None:
    try:
        return about(_read(turn, change), change) if change.text else None
    except Refused:
        return None


def _read(turn: Turn, change: Change) -> Write:
    """Read the command as it was meant on the day it was typed. A suggestion need not have a reason, nor an item of its
    own."""
    that_day = change.created_at.astimezone(turn.environment.zone).date()
    try:
        wanted = parse(change.text, that_day, turn.vocabulary, turn.environment.bot_name)
    except Refused:
        return write_in(change.text, change.reason, that_day, turn.vocabulary)
    if isinstance(wanted, Revise):
        return wanted.inner
    return wanted if isinstance(wanted, Write) else write_in(change.text, change.reason, that_day, turn.vocabulary)
