"""The notice of a change to a department told and not asked; in shadow mode also of one still undecided."""

from cards.action import Action, Verb
from cards.card import Button, Card, Tone
from cards.faces.details import with_details
from cards.faces.view import ChangeView
from cards.lead import Lead
from cards.lines.governed import shadow_lines
from planning.change.change import ChangeState
from planning.change.compensation import given_back


def notice_card(view: ChangeView, card_id: str, department: str) -> Card:
    """What was changed; the department's own items where it has some, else all of them."""
    change, applied = view.change, view.change.applied_revision is not None
    card = Card(
        title=view.title_line,
        status=_status(view),
        tone=Tone.SUCCESS if change.state.is_in_effect and not view.standing() else view.tone,
        body="",
        buttons=(
            Button(view.words("button.received"), Action(card_id, Verb.RECEIVED)),
            Button(view.words("button.problem"), Action(card_id, Verb.PROBLEM), asks=view.words("button.ask.problem")),
        ),
    )
    rows = view.rows.rows(change.impact.lines)
    own = view.rows.rows(change.lines_for(department)) or rows
    lead = Lead(view.words, view.first_line("told"), _notes(view), own, change.impact.late_orders)
    return with_details(
        view, card_id, card, lead, view.words("card.changes" if applied else "card.changes-if"),
        rows=rows, lines=view.governed, left=view.left, departments=True, why=_why(view, department),
    )  # fmt: skip


def _notes(view: ChangeView) -> list[str]:
    """Shadow mode first, then where it stands, and what could not be given back."""
    shadow = shadow_lines(view.change, view.organisation, view.words)[:1]
    return [*shadow, *filter(None, [view.standing()]), *view.rejection, *_left(view)]


def _left(view: ChangeView) -> list[str]:
    if not (left := view.left):
        return []
    more = view.words("card.more", n=len(left) - 1) if len(left) > 1 else ""
    return [view.words("card.left-line", left=left[0]) + more]


def _status(view: ChangeView) -> str:
    match view.change.state:
        case ChangeState.PROVISIONAL:
            return view.words("status.notice-provisional", no=view.change.no)
        case ChangeState.APPLIED:
            code = f"status.notice-reverts-{given_back(view.change).value}" if view.change.reverts else "status.notice"
            return view.words(code, no=view.change.no)
        case _:
            return view.status


def _why(view: ChangeView, department: str) -> str:
    if no := view.change.reverts:
        return view.words("card.why-you.reverts", department=view.department(department), no=no)
    name, own = view.department(department), view.rows.rows(view.change.lines_for(department))
    if department in view.change.policy.shadowed:
        return view.words("card.why-you.shadow", department=name)
    if view.change.policy.rule and department in view.change.policy.inform:
        return view.words("card.why-you.inform-rule", rule=view.change.policy.rule, department=name)
    if own and department in view.organisation.departments:
        return view.words("card.why-you.owner", n=len(own), department=name)
    return view.words("card.why-you.informed", department=name)
