"""C1: what was understood and what it would do, to its proposer; afterwards, how the request stands."""

from cards.action import Action, Verb
from cards.card import Button, Card, Style, Tone
from cards.faces.layout import facts_of, shown_rows
from cards.faces.view import ChangeView
from cards.markdown import body
from planning.change import ChangeState


def proposal_card(view: ChangeView, card_id: str, caution: str = "") -> Card:
    """`caution`: what the proposer should mind before submitting; empty: nothing."""
    change = view.change
    rows = view.rows.rows(change.impact.lines)
    shown, more = shown_rows(view, rows)
    draft = change.state is ChangeState.DRAFT
    refusals = [view.words.refusal(refusal) for refusal in change.impact.refused]
    text = body(
        view.words.locale,
        "proposal",
        view=view,
        change=change,
        rows=shown,
        more=more,
        draft=draft,
        caution=caution,
        refusals=refusals,
        verdicts=view.verdicts(),
    )
    summary = refusals[0] if refusals else _summary(view, draft)
    buttons = _buttons(view, card_id) if draft else ()
    tone = Tone.DANGER if refusals else Tone.WARN if draft and change.impact.late_orders else view.tone
    return Card(view.headline, view.status, tone, text, summary, facts_of(view, rows), buttons)


def _summary(view: ChangeView, draft: bool) -> str:
    if draft:
        return view.words("summary.proposal", effect=view.effect)
    return view.words("summary.ended", proposer=view.proposer, reason=view.reason, effect=view.effect)


def _buttons(view: ChangeView, card_id: str) -> tuple[Button, ...]:
    discard = Button(view.words("button.discard"), Action(card_id, Verb.DISCARD))
    if view.change.impact.refused:
        return (discard,)
    return Button(view.words("button.submit"), Action(card_id, Verb.SUBMIT), Style.PRIMARY), discard
