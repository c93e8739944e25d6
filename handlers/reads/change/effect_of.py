"""影响图: what a change request does to the plan, from item to item, in words."""

from collections.abc import Iterator

from cards.markdown import body
from cards.path import explain, in_one
from handlers.language import EffectOf
from handlers.reads.brief import named
from handlers.reads.rhythm.announcements import said_first
from handlers.reply import Reply
from handlers.turn import Ask, Turn
from planning.change.approvers import may_remind, owes
from planning.change.change import Change
from planning.people.organisation import Person
from planning.plan.impact import Line
from planning.schedule.cause_steps import Passing

SHOWN = 8


def effect_of(turn: Turn, ask: Ask, command: EffectOf) -> Reply:
    """The lines it moves with their departments, late orders by name, how it spreads, and whom it waits for."""
    change = turn.change(command.change_no)
    view = turn.view(change)
    rows = view.rows.rows(change.impact.lines)
    text = body(
        turn.words.locale,
        "effect",
        view=view,
        change=change,
        rows=[(row, named(turn, row.department)) for row in rows[:SHOWN]],
        more=turn.words("card.more", n=len(rows) - SHOWN) if len(rows) > SHOWN else "",
        passed_on=_spread(turn, change),
        announced=said_first(turn, change.no),
        note=view.rows.note(rows[:SHOWN]),
    )
    return Reply(text, tuple(_steps(turn, change, ask.person)))


def _spread(turn: Turn, change: Change) -> str:
    """How it came from what was asked for to what moves farthest; empty: nothing else moves."""
    passed = [line for line in change.impact.lines if len(line.path) > 1 and line.field in ("start", "finish")]
    farthest = max(passed, key=_distance, default=None)
    if farthest is None:
        return ""
    return in_one(explain(farthest, Passing(turn.plan(), change.impact), turn.rows()))


def _distance(line: Line) -> tuple[int, int]:
    return len(line.path), abs(line.days or 0)


def _steps(turn: Turn, change: Change, person: Person) -> Iterator[str]:
    """What this person may do about it: a word that is theirs, a reminder, who knows of it."""
    deputies = turn.deputies()
    if change.state.is_deciding:
        if any(owes(step, person.id, change.proposers, deputies) for step in change.waiting):
            yield f"同意 {change.no}"
        elif may_remind(change, person, deputies):
            yield f"催办 {change.no}"
    yield f"谁知道 {change.no}"
