"""The approval card of a department with its own lines, and its two second pages."""

from dataclasses import replace

from cards.action import Action, Verb
from cards.card import Button, Card, Style, Tone
from cards.faces.details import with_details
from cards.faces.steps import count, deciding_word
from cards.faces.view import ChangeView
from cards.lead import Lead
from cards.markdown import plain
from planning.change.change import Step, StepState

COLLEAGUES = 5
"""Colleagues with a button of their own."""
REASONS = ("capacity", "material", "budget", "quality", "customer")


def approval_card(view: ChangeView, card_id: str, department: str, round: int) -> Card:
    """The approval card. `round` is the one it was made for: in a later round a newer card replaces it."""
    change = view.change
    step = change.step_of(department)
    rows = view.rows.rows(change.lines_for(department))
    asking = step is not None and _asks(view, step, round)
    how = _how(view, step) if asking and step else []
    card = Card(
        title=view.title_line,
        status=_status(view, step, department, round),
        tone=_tone(view, step, round),
        body="",
        buttons=_buttons(view, card_id) if asking else (),
    )
    first, late = _first(view, step if asking else None), change.impact.late_orders
    answered = _answered(view, step) if step and change.state.is_deciding and not asking else []
    lead = Lead(view.words, first, _notes(view, step, asking), rows, late, answered)
    lines, why = [*how, *view.remarks, *view.climbed(department)], _why(view, step, department, len(rows))
    return with_details(view, card_id, card, lead, heading_of(view, department), lines=lines, why=why)


def heading_of(view: ChangeView, department: str) -> str:
    """Heading of the rows of the department asked; of a role all rows are told."""
    if department not in view.organisation.departments:
        return view.words("card.changes")
    return view.words("card.changes-of", department=view.department(department))


def reasons_page(view: ChangeView, card: Card, card_id: str) -> Card:
    """Page of reasons for a rejection: one tap, for platforms without a form."""
    words = view.words
    choices = [
        Button(words(f"value.reason.{reason}"), view.deciding(card_id, Verb.REJECT, reason), Style.DANGER)
        for reason in REASONS
    ]
    return replace(
        card, status=words("status.reasons", no=view.change.no), buttons=(*choices, _back(view, card_id))
    )


def colleagues_page(view: ChangeView, card: Card, card_id: str, people: tuple[str, ...]) -> Card:
    """Page of colleagues for a transfer: the first five, those present first; others can be named."""
    there_first = sorted(people, key=lambda person: person in view.deputies.away)
    shown = there_first[:COLLEAGUES]
    choices = [Button(_colleague(view, one), view.deciding(card_id, Verb.TRANSFER, one)) for one in shown]
    status = view.words("status.colleagues", no=view.change.no)
    page = replace(card, status=status, buttons=(*choices, _back(view, card_id)))
    if len(people) <= COLLEAGUES:
        return page
    how = str(plain(view.words("card.transfer.how", no=view.change.no)))
    return replace(page, body=f"**{how}**\n\n{card.body}", summary=how)


def _colleague(view: ChangeView, person: str) -> str:
    name = view.organisation.name_of(person)
    return view.words("card.transfer.away", name=name) if person in view.deputies.away else name


def _asks(view: ChangeView, step: Step, round: int) -> bool:
    deciding = view.change.state.is_deciding
    return deciding and step.state.is_undecided and round == step.round


def _how(view: ChangeView, step: Step) -> list[str]:
    """Particulars of a step beyond the ordinary: its mode, its votes, a wish to modify."""
    return [*_special(view, step), *([view.progress(step)] if len(step.approvers) > 1 and step.needs == 1 else [])]


def _special(view: ChangeView, step: Step) -> list[str]:
    """Those of them to know before deciding."""
    lines = [view.words("card.round-again", round=step.round)] if _is_again(view, step) else []
    lines += [view.words("approver.optional.yours")] if step.optional else []
    lines += [view.verdict(step)] if step.state is StepState.CHANGES_REQUESTED else list(filter(None, [view.goes_back]))
    return [*lines, *([view.progress(step)] if step.needs > 1 else [])]


def _notes(view: ChangeView, step: Step | None, asking: bool) -> list[str]:
    """What stands above who and why: the standing of the request, and what is special about the step."""
    told = [*filter(None, [view.held or view.standing(asking)]), *view.rejection]
    if step is None:
        return told
    if not asking:
        return told
    return [*told, *view.compared, *_special(view, step), *view.in_other_hands(step), *_four_eyes(view, step)]


def _four_eyes(view: ChangeView, step: Step) -> list[str]:
    """Who may press, where the proposer reads the card as well: in the group of their own department."""
    people = view.organisation.people
    theirs = any(people[one].department == step.department for one in view.change.proposers if one in people)
    names = view.waited_for(step)
    return [view.words("card.not-yours", names=names, proposer=view.proposer)] if theirs else []


def _answered(view: ChangeView, step: Step) -> list[str]:
    """What the step said, and whom the request still waits for."""
    if step.state not in (StepState.APPROVED, StepState.REJECTED):
        return []
    last, missing = deciding_word(step), view.change.required or view.change.returned or view.change.waiting
    facts = {"at": view.at(last.at), "departments": view.departments(missing)}
    said = view.words("card.said", verdict=view.words(f"value.verdict.{last.verdict.value}"), **facts)
    if step.state is StepState.REJECTED and last.comment:
        return [view.words("card.objection", comment=last.comment), said]
    return [said]


def _is_again(view: ChangeView, step: Step) -> bool:
    """Tell a step asked again, on new content, from one a fence calls in for the first time."""
    return step.round > 1 and bool(step.decisions or view.change.impact.lines_of(step.department))


def _status(view: ChangeView, step: Step | None, department: str, round: int) -> str:
    change, words = view.change, view.words
    if not change.state.is_deciding:
        return view.status
    if step is None or step.state is StepState.NOT_REQUIRED:
        return words("status.not-required", no=change.no)
    if round != step.round:
        return words("status.replaced", no=change.no)
    if step.state is StepState.OPEN and change.goes_back:
        return words("status.goes-back", no=change.no, departments=view.departments(change.returned))
    if step.state is StepState.OPEN:
        code = "status.optional" if step.optional else "status.ratify" if change.state.is_in_effect else "status.yours"
        return count(words, words(code, no=change.no, department=view.department(department)), step)
    last = deciding_word(step)
    facts = {"name": view.by(last)}
    if step.state is StepState.CHANGES_REQUESTED:
        return words("status.modify", no=change.no, **facts)
    if step.state is StepState.REJECTED:
        return words("status.objected", no=change.no, department=view.department(department), **facts)
    return words("status.approved", no=change.no, department=view.department(department), **facts)


def _tone(view: ChangeView, step: Step | None, round: int) -> Tone:
    if not view.change.state.is_deciding:
        return view.tone
    if step is None or step.state is StepState.NOT_REQUIRED or round != step.round:
        return Tone.MUTED
    return Tone.INFO if step.state is StepState.APPROVED else view.tone  # green is what is done for everybody


def _first(view: ChangeView, asked: Step | None) -> str:
    """Who and why, and by when. `asked`: the step that waits for its readers; None: nothing is asked of them."""
    if asked is None or view.change.goes_back or view.change.state.is_in_effect:  # which says it in a line of its own
        return view.first_line("told")
    return view.first_line("opinion" if asked.optional else "asked")


def _why(view: ChangeView, step: Step | None, department: str, lines: int) -> str:
    """Reason for asking the department, and the way to those asked."""
    hands = view.in_other_hands(step) if step is not None and step.state.is_undecided else []
    return view.between.join([_concern(view, step, department, lines), *hands])


def _concern(view: ChangeView, step: Step | None, department: str, lines: int) -> str:
    name = view.department(department)
    if named := why_named(view, department):
        return named
    if step is not None and step.fallback:
        return view.words("card.why-you.fallback", department=name, names=view.words.list(_stand_ins(view, step)))
    return view.words("card.why-you.owner" if lines else "card.why-you.slack", n=lines, department=name)


def _stand_ins(view: ChangeView, step: Step) -> list[str]:
    known = [view.organisation.people[person] for person in step.approvers if person in view.organisation.people]
    return [person.name for person in known if person.department != step.department]


def why_named(view: ChangeView, department: str) -> str:
    """Fence or rule behind an approval; empty: the department is asked for its own lines."""
    policy = view.change.policy
    fences = dict.fromkeys(breach.name for breach in policy.breaches if department in breach.approvals)
    if fences:
        named = view.words.list(list(fences))
        return view.words("card.why-you.fence", fences=named, department=view.department(department))
    if department in policy.approvals:
        step = view.change.step_of(department)
        code = "card.why-you.rule-optional" if step and step.optional else "card.why-you.rule"
        return view.words(code, rule=policy.rule, department=view.department(department))
    return ""


def _buttons(view: ChangeView, card_id: str) -> tuple[Button, ...]:
    """Buttons of the decision; a change in effect is not sent back."""
    words = view.words
    modify = [Button(words("button.modify"), view.deciding(card_id, Verb.MODIFY), asks=words("button.ask.modify"))]
    in_effect = view.change.state.is_in_effect
    modify = [] if in_effect else modify
    approve = words("button.ratify" if in_effect else "button.approve")
    why = words("button.ask.reason-or-suggest")
    return (
        Button(approve, view.deciding(card_id, Verb.APPROVE), Style.PRIMARY),
        Button(words("button.reject"), view.deciding(card_id, Verb.REJECT), Style.DANGER, asks=why),
        *modify,
        Button(words("button.transfer"), Action(card_id, Verb.TRANSFER)),
        Button(words("button.received"), Action(card_id, Verb.RECEIVED)),
    )


def _back(view: ChangeView, card_id: str) -> Button:
    return Button(view.words("button.back"), Action(card_id, Verb.BACK))
