"""The one door for a change of state: a change request is saved here, and all that follows is done.

Callers load a request, have a rule of `planning.change` say what it becomes, and hand both over. What is due for the
trail, cards, conflicts, ladders, timers and people is read from the state before and after.
"""

from dataclasses import replace
from itertools import chain

from handlers.govern.classify import applies_to_open
from handlers.lifecycle.announcements import note_submitted
from handlers.lifecycle.conclude import conclude
from handlers.lifecycle.conflicts import end_conflicts, open_conflicts, show_deadline
from handlers.lifecycle.issues import note_change
from handlers.lifecycle.ladders import keep_ladders
from handlers.lifecycle.rebase import renewals, revisions
from handlers.lifecycle.scan import touch
from handlers.lifecycle.supersede import replaced_by
from handlers.lifecycle.take_back import call_coordinator, compensating, given, why_taken_back
from handlers.notify.audit import record_change, record_stopped
from handlers.notify.card_updates import refresh
from handlers.notify.new_cards import ask, ask_successors, ask_where_submitted, inform
from handlers.timers import EXPIRY
from handlers.turn import Turn
from planning.change.approval import supersede
from planning.change.change import Change, ChangeState
from planning.change.emergency import fell_through, revert
from storage.timers import Timer


def begin(turn: Turn, drafted: Change, by: str) -> Change:
    """Keep a new request. `by`: who brings it about, which need not be its proposer."""
    added = turn.uow.changes.add(drafted)
    record_change(turn, None, added, by)
    if added.impact.refused:
        record_stopped(turn, added, added.impact.refused[0])
    return added


def save(turn: Turn, before: Change, after: Change, *, by: str = "", why: str = "", pressed: str = "") -> Change:
    """Save what a request has become, with what is due by that (`conclude`), and do all that follows.

    `by`: whose doing it is, beside the decisions it holds; empty: nobody's. `why`: what they said for it.
    `pressed`: the card whose click caused it. Raises `StaleChange` where somebody saved in between.
    """
    ended = conclude(turn, _numbered(turn, before, after))
    fallen = fell_through(ended)
    saved = turn.uow.changes.save(revert(ended, turn.now) if fallen else ended)
    in_effect = saved.state.is_in_effect and not before.state.is_in_effect
    if fallen:  # first: the trail and the cards of this one name the change that took it back
        _take_back(turn, ended)
    if saved.reverts and in_effect:
        _end_original(turn, saved)
    record_change(turn, before, saved, by, why)
    for _, decision in saved.decisions_since(before):
        turn.uow.changes.acknowledge(saved.no, decision.person, turn.now)
    if before.state is ChangeState.DRAFT:
        ask_where_submitted(turn, saved, pressed)
    refresh(turn, before, saved, pressed=pressed)  # before there are new cards, which need none
    end_conflicts(turn, before, saved)
    show_deadline(turn, before, saved)
    if before.state is ChangeState.DRAFT:
        _take_places(turn, saved)
    _ask(turn, before, saved)
    keep_ladders(turn, before, saved)
    _keep_deadline(turn, before, saved)
    if in_effect:
        inform(turn, saved)
    note_change(turn, before, saved)
    note_submitted(turn, before, saved)
    if before.state is ChangeState.DRAFT:
        open_conflicts(turn, saved)
    if saved.applied_revision != before.applied_revision:
        plan_moved(turn)
    if saved.state is not before.state or saved.decisions_since(before):
        touch(turn, {saved.no, *(line.item for line in saved.impact.lines)})
    return saved


def _numbered(turn: Turn, before: Change, after: Change) -> Change:
    """A preview that is submitted, by the number it has from now on."""
    if after.is_numbered or after.submitted_at is None:
        return after
    kept = turn.uow.changes.number(before, turn.today)
    return replace(after, no=kept.no, row_version=kept.row_version)


def give_way(turn: Turn, change: Change, to: str, by: str, *, pressed: str = "") -> Change:
    """End a request because the request `to` has its place; an emergency that is in effect is taken back.

    `by`: whose doing that is. Raises Refused when it has ended.
    """
    return save(turn, change, supersede(change, to, turn.now), by=by, pressed=pressed)


def plan_moved(turn: Turn) -> None:
    """Have the other open requests looked at again, once, at the end of the unit of work: the plan is another, or its
    fences are."""
    turn.uow.at_end("look again", lambda: look_again(turn))


def rules_moved(turn: Turn) -> None:
    """Have the open requests looked at again where a rule in force asks more of them than they were submitted under.
    Called whenever other settings are in force."""
    if applies_to_open(turn) and turn.uow.plans.exists():
        plan_moved(turn)


def look_again(turn: Turn) -> None:
    """Bring the requests in approval up to the newest plan (`renewals`) and under the fences and stricter rules of now
    (`revisions`)."""
    for before, after in chain(renewals(turn), revisions(turn)):
        save(turn, before, after)


def _take_back(turn: Turn, ended: Change) -> None:
    """Take an emergency back: nobody is asked, and no fence is in the way, for this gives back what everybody had, and
    what a fence came to hold meanwhile was never approved for it. What cannot be given back stays: the compensating
    change says so, fails where that is everything, and the coordinator is called."""
    why, by = why_taken_back(turn, ended)
    added = begin(turn, compensating(turn, ended, why, by), by)
    done = save(turn, added, given(turn, added), by=by)
    if not done.state.is_in_effect:
        inform(turn, done)  # who was told of the emergency hears, too, that it cannot be undone
    call_coordinator(turn, ended, done)


def _end_original(turn: Turn, compensating: Change) -> None:
    """A compensating change is in effect: what it takes back is over."""
    original = turn.change(compensating.reverts)
    if original.state.is_in_effect:
        save(turn, original, revert(original, turn.now), by=compensating.proposer)


def _take_places(turn: Turn, submitted: Change) -> None:
    """End the requests whose place it takes, as far as people are still to decide on them."""
    for old in replaced_by(turn, submitted):
        give_way(turn, old, submitted.no, submitted.proposer)


def _ask(turn: Turn, before: Change, after: Change) -> None:
    if not after.state.is_deciding:
        return
    if before.state is ChangeState.DRAFT or after.round != before.round:
        ask(turn, after, [step for step in after.waiting if step.round == after.round])
    ask_successors(turn, before, after)


def _keep_deadline(turn: Turn, before: Change, after: Change) -> None:
    if not after.state.is_deciding:
        turn.uow.timers.stop(EXPIRY, after.no)
    elif after.expires_at != before.expires_at or not before.state.is_deciding:
        turn.uow.timers.start(Timer(EXPIRY, after.no, after.expires_at or turn.now))
