"""The notice of a change to a department told and not asked; in shadow mode also of one still undecided."""

from cards.action import Action, Verb
from cards.card import Button, Card, Tone
from cards.faces.view import ChangeView
from cards.lines.governed import shadow_lines
from cards.markdown import body
from cards.rows import facts_of, shown_rows
from planning.change.change import ChangeState
from planning.change.compensation import given_back


def notice_card(view: ChangeView, card_id: str, department: str) -> Card:
    rows = view.rows.rows(view.change.impact.lines)
    shown, more = shown_rows(view.words, rows)
    done = view.change.state.is_in_effect
    text = body(
        view.words.locale,
        "notice",
        view=view,
        change=view.change,
        rows=shown,
        more=more,
        why=_why(view, department),
        done=view.change.applied_revision is not None,
        verdicts=view.verdicts(),
    )
    return Card(
        title=view.headline,
        status=_status(view),
        tone=Tone.SUCCESS if done and not view.standing() else view.tone,
        body=text,
        summary=_summary(view),
        facts=facts_of(view.words, rows),
        buttons=(Button(view.words("button.received"), Action(card_id, Verb.RECEIVED)),),
    )


def _summary(view: ChangeView) -> str:
    """The notice in one line, shadow mode first: it must not be cut off where there is little room."""
    told = view.words("card.summary.ended", proposer=view.proposer, reason=view.reason, effect=view.effect)
    return " · ".join([*shadow_lines(view.change, view.organisation, view.words)[:1], told])


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
