"""The card of an escalated step: those who have not answered, for how long, and until when."""

from dataclasses import replace

from cards.action import Action, Verb
from cards.card import Button, Card, Style, Tone
from cards.faces.approval import approval_card, heading_of
from cards.faces.details import with_details
from cards.faces.view import ChangeView
from cards.lead import Lead
from planning.change.change import Step, StepState


def escalation_card(view: ChangeView, card_id: str, department: str, round: int) -> Card:
    """The escalation card; decided, sent back or replaced, it looks like every card of the step."""
    card, step = approval_card(view, card_id, department, round), view.change.step_of(department)
    if not card.buttons or step is None or step.state is not StepState.OPEN or view.change.goes_back:
        return card
    in_effect = view.change.state.is_in_effect
    silent = view.words(
        "card.silent-since", names=view.not_answered(step), waited=view.waited(step), since=view.at(step.opened_at)
    )
    lead = Lead(
        view.words,
        view.first_line("escalated-ratify" if in_effect else "escalated"),
        [silent],
        view.rows.rows(view.change.lines_for(department)),
        view.change.impact.late_orders,
    )
    asked = replace(
        card,
        status=view.words("status.escalated", no=view.change.no, department=view.department(department)),
        tone=Tone.DANGER,
        buttons=_buttons(view, card_id),
    )
    heading, lines = heading_of(view, department), [*view.remarks, *view.climbed(department)]
    return with_details(view, card_id, asked, lead, heading, lines=lines, why=_why(view, step))


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


def _buttons(view: ChangeView, card_id: str) -> tuple[Button, ...]:
    words = view.words
    why = words("button.ask.reason-or-suggest")
    approve = "button.ratify-instead" if view.change.state.is_in_effect else "button.approve-instead"
    return (
        Button(words(approve), view.deciding(card_id, Verb.APPROVE), Style.PRIMARY),
        Button(words("button.reject"), view.deciding(card_id, Verb.REJECT), Style.DANGER, asks=why),
        Button(words("button.remind"), Action(card_id, Verb.REMIND)),
        Button(words("button.transfer"), Action(card_id, Verb.TRANSFER)),
        Button(words("button.extend"), Action(card_id, Verb.EXTEND)),
    )
