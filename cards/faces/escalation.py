"""The card of an escalated step: those who have not answered, for how long, and until when."""

from dataclasses import replace

from cards.action import Action, Verb
from cards.card import Button, Card, Style, Tone
from cards.faces.approval import approval_card, heading_of
from cards.faces.details import with_details
from cards.faces.view import ChangeView
from cards.lead import Lead
from planning.change.change import Step, StepState
from planning.plan.impact import Line

BETWEEN = ","
"""Behind each of the departments that a button decides for."""
FEW = 4
"""Departments that have a button each."""


def escalation_card(
    view: ChangeView, card_id: str, department: str, round: int, steps: tuple[Step, ...] = ()
) -> Card:
    """The escalation card; decided, sent back or replaced, it looks like every card of the step. `steps`: those that
    are decided on it; empty: the department's alone."""
    steps = steps or tuple(filter(None, [view.change.step_of(department)]))
    waiting = tuple(step for step in steps if step.state is StepState.OPEN)
    one = waiting[0] if waiting else None
    card = approval_card(view, card_id, one.department if one else department, one.round if one else round)
    if not card.buttons or one is None or view.change.goes_back:
        return card
    in_effect, several = view.change.state.is_in_effect, len(waiting) > 1
    lead = Lead(
        view.words,
        view.first_line("escalated-ratify" if in_effect else "escalated"),
        [_silent(view, waiting)],
        view.rows.rows(_lines(view, waiting)),
        view.change.impact.late_orders,
    )
    asked = replace(
        card,
        status=view.words("status.escalated", no=view.change.no, department=view.first_departments(waiting)),
        tone=Tone.DANGER,
        buttons=_buttons(view, card_id, waiting),
    )
    heading = view.words("card.changes") if several else heading_of(view, one.department)
    lines = [*view.remarks, *(line for step in waiting for line in view.climbed(step.department))]
    why = view.between.join(_why(view, step) for step in waiting)
    return with_details(view, card_id, asked, lead, heading, lines=lines, departments=several, why=why)


def _silent(view: ChangeView, steps: tuple[Step, ...]) -> str:
    """Those who have not answered, of several departments each with its people, and how long the one asked first."""
    first = min(steps, key=lambda step: step.opened_at or view.now)
    named = [f"{view.department(step.department)} {view.not_answered(step)}" for step in steps]
    names = view.between.join(named) if len(steps) > 1 else view.not_answered(first)
    return view.words("card.silent-since", names=names, waited=view.waited(first), since=view.at(first.opened_at))


def _lines(view: ChangeView, steps: tuple[Step, ...]) -> tuple[Line, ...]:
    """The lines of these departments, in the order of the effect."""
    theirs = {line for step in steps for line in view.change.lines_for(step.department)}
    return tuple(line for line in view.change.impact.lines if line in theirs)


def _why(view: ChangeView, step: Step) -> str:
    escalation = view.escalations.get(step.department)
    last = next((c for c in reversed(escalation.climbs) if c.people), None) if escalation else None
    who = view.rung(last) if last else ""
    return view.words(
        "card.why-you.escalated",
        department=view.department(step.department),
        who=who,
        names=view.not_answered(step),
        waited=view.waited(step),
    )


def _buttons(view: ChangeView, card_id: str, steps: tuple[Step, ...]) -> tuple[Button, ...]:
    """The approval is for the departments that the card names, whoever joined them since; beside the details for one
    of a few. A seat in one of several steps is handed on by word."""
    words, approve = view.words, "ratify" if view.change.state.is_in_effect else "approve"
    reject = view.deciding(card_id, Verb.REJECT)
    others = (
        Button(words("button.reject"), reject, Style.DANGER, asks=words("button.ask.reason-or-suggest")),
        Button(words("button.remind"), Action(card_id, Verb.REMIND)),
    )
    extend = Button(words("button.extend"), Action(card_id, Verb.EXTEND))
    if len(steps) == 1:
        instead = Button(words(f"button.{approve}-instead"), view.deciding(card_id, Verb.APPROVE), Style.PRIMARY)
        return (instead, *others, Button(words("button.transfer"), Action(card_id, Verb.TRANSFER)), extend)

    def for_(text: str, *departments: str) -> Button:
        return Button(text, view.deciding(card_id, Verb.APPROVE, BETWEEN.join((*departments, ""))), Style.PRIMARY)

    every = for_(words(f"button.{approve}-instead-all", n=len(steps)), *(step.department for step in steps))
    one = [
        for_(words(f"button.{approve}-instead-one", department=view.department(step.department)), step.department)
        for step in (steps if len(steps) <= FEW else ())
    ]
    return (every, *others, extend, *one)
