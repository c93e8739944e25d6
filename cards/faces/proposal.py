"""The proposer's card: the command understood and its effect; afterwards, the state of the request."""

from collections.abc import Sequence

from cards.action import Action, Verb
from cards.card import Button, Card, Style, Tone
from cards.faces.details import with_details
from cards.faces.view import ChangeView
from cards.lead import NOTES, Lead
from cards.lines.governed import shadow_lines
from cards.words.dates import day
from planning.change.change import ChangeState
from planning.control.rules import Class


def proposal_card(
    view: ChangeView, card_id: str, caution: str = "", nearby: Sequence[str] = (), urgent: bool = False
) -> Card:
    """The proposer's card. `caution`: a warning before submitting; empty: none. `nearby`: requests under way.
    `urgent`: there is a rule under which it could go as an emergency."""
    change, draft = view.change, view.change.state is ChangeState.DRAFT
    refused = [view.words("card.refused", why=view.words.refusal(refusal)) for refusal in change.impact.refused]
    instead = [view.words("card.instead", line=line) for line in _instead(view)]
    near = [view.words("card.nearby", line=line) for line in nearby]
    warned = [view.words("card.caution", line=caution)] if caution else []
    here = [*refused, *warned, *view.days_off, *instead, *near]
    if draft:
        here += [*view.at_once, *view.fenced, *_shadow(view)]
    lead = Lead(
        view.words,
        view.first_line("proposal" if draft else "asked" if change.state is ChangeState.IN_APPROVAL else "told"),
        [*filter(None, [view.held or view.standing()]), *view.rejection, *here],
        view.rows.rows(change.impact.lines),
        change.impact.late_orders,
    )
    buttons = _buttons(view, card_id, urgent) if draft and not _is_systems(view) else ()
    tone = Tone.DANGER if refused else Tone.WARN if draft and change.impact.late_orders else view.tone
    card = Card(view.title_line, view.status, tone, "", buttons=buttons)
    heading, lines = view.words("card.changes"), [*here[NOTES:], *(line for line in view.remarks if line not in here)]
    return with_details(view, card_id, card, lead, heading, lines=lines, departments=True)


def _shadow(view: ChangeView) -> list[str]:
    return shadow_lines(view.change, view.organisation, view.words)


def _buttons(view: ChangeView, card_id: str, urgent: bool) -> tuple[Button, ...]:
    """Where a fence is touched: its special approval, the way round it, the way through as an emergency."""
    words, policy, found = view.words, view.change.policy, list[Button]()
    if not view.change.impact.refused:
        submit = words("button.special" if policy.special else "button.submit")
        found.append(Button(submit, Action(card_id, Verb.SUBMIT), Style.PRIMARY))
    if policy.way_out:
        outside = words("button.detour", date=day(policy.way_out, view.today))
        found.append(Button(outside, Action(card_id, Verb.DETOUR)))
    if urgent and policy.special and view.change.klass != Class.EMERGENCY.value and not view.change.impact.refused:
        found.append(Button(words("button.urgent"), Action(card_id, Verb.URGENT), Style.DANGER))
    return (*found, Button(words("button.discard"), Action(card_id, Verb.DISCARD)))


def _instead(view: ChangeView) -> list[str]:
    """Lines on the requests it takes the place of, its suggester, and the answer to a wish to modify."""
    change, words = view.change, view.words
    nos, draft = words.list(change.supersedes), change.state is ChangeState.DRAFT
    lines = []
    if change.suggested_by:
        lines.append(words("card.suggested", name=_with_department(view, change.suggested_by), no=nos))
        if draft and _is_systems(view):
            lines.append(words("card.suggested-by-system", proposer=view.proposer, no=change.no))
    elif nos:
        lines.append(words("card.supersedes" if draft else "card.superseded", nos=nos))
        lines += view.compared
    if change.state.is_deciding and change.returned:
        lines.append(words("card.answer", example=words("modify.example", no=change.no)))
    return lines


def _is_systems(view: ChangeView) -> bool:
    """Tell a proposal of another system, which presses no buttons, from a person's."""
    return view.change.author.is_token


def _with_department(view: ChangeView, person: str) -> str:
    known = view.organisation.people.get(person)
    department = view.organisation.department_name(known.department) if known else ""
    return f"{department} {view.organisation.name_of(person)}".strip()
