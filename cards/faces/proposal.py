"""The proposer's card: the command understood and its effect; afterwards, the state of the request."""

from collections.abc import Sequence

from cards.action import Action, Verb
from cards.card import Button, Card, Style, Tone
from cards.faces.view import ChangeView
from cards.lines.governed import shadow_lines
from cards.markdown import body
from cards.rows import facts_of, shown_rows
from cards.words.dates import day
from planning.change.change import ChangeState
from planning.control.rules import Class


def proposal_card(
    view: ChangeView, card_id: str, caution: str = "", nearby: Sequence[str] = (), urgent: bool = False
) -> Card:
    """The proposer's card. `caution`: a warning before submitting; empty: none. `nearby`: requests under way.
    `urgent`: there is a rule under which it could go as an emergency."""
    change = view.change
    rows = view.rows.rows(change.impact.lines)
    shown, more = shown_rows(view.words, rows)
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
        instead=_instead(view),
        nearby=nearby,
        refusals=refusals,
        verdicts=view.verdicts(),
    )
    summary = refusals[0] if refusals else _summary(view, draft, [*_instead(view), *nearby, *_shadow(view)])
    buttons = _buttons(view, card_id, urgent) if draft and not _is_systems(view) else ()
    tone = Tone.DANGER if refusals else Tone.WARN if draft and change.impact.late_orders else view.tone
    return Card(view.headline, view.status, tone, text, summary, facts_of(view.words, rows), buttons)


def _summary(view: ChangeView, draft: bool, nearby: Sequence[str]) -> str:
    """The proposal in one line: the nearest request first, then the effect of submitting, then the fence touched: they
    must not be cut off where there is little room."""
    at_once = view.at_once
    code = "ended" if not draft else "proposal-at-once" if at_once else "proposal"
    told = view.words(f"card.summary.{code}", proposer=view.proposer, reason=view.reason, effect=view.effect)
    return " · ".join([*nearby[:1], *at_once, *(view.fenced[:1] if draft else []), told])


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
