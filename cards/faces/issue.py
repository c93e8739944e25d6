"""The card of an issue: what somebody found wrong, who sees to it, what was answered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cards.action import Action, Verb
from cards.card import Button, Card, Fact, Style, Tone
from cards.markdown import body
from cards.words import Words
from planning.rhythm.issue import Issue, IssueState

_TONES = {
    IssueState.OPEN: Tone.WARN, IssueState.ASSIGNED: Tone.INFO, IssueState.ANSWERED: Tone.INFO,
    IssueState.RESOLVED: Tone.SUCCESS, IssueState.CLOSED: Tone.MUTED,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class IssueView:
    issue: Issue
    title: str
    status: str
    lines: Sequence[str]
    facts: Sequence[Fact]
    words: Words
    to_owner: bool
    """Its readers see to it, or to its being seen to."""
    to_raiser: bool
    can_change: bool
    """It is about an item whose change can be proposed."""


def issue_card(view: IssueView, card_id: str) -> Card:
    issue = view.issue
    is_pressing = issue.urgent and issue.state.is_underway
    return Card(
        title=view.title,
        status=view.status,
        tone=Tone.DANGER if is_pressing else _TONES[issue.state],
        body=body(view.words.locale, "exception", lines=view.lines),
        summary=view.lines[0],
        facts=tuple(view.facts),
        buttons=tuple(_buttons(view, card_id)),
    )


def _buttons(view: IssueView, card_id: str) -> Iterator[Button]:
    """Four at most: what is likeliest comes first."""
    words, state = view.words, view.issue.state

    def button(key: str, verb: Verb, style: Style = Style.DEFAULT, asks: str = "") -> Button:
        return Button(words(f"button.{key}"), Action(card_id, verb), style, words(asks) if asks else "")

    if state is IssueState.RESOLVED and view.to_raiser:
        yield button("solved", Verb.SOLVED, Style.PRIMARY)
        yield button("unsolved", Verb.UNSOLVED)
    if not state.is_underway:
        return
    if view.to_owner:
        if state is IssueState.OPEN:
            yield button("see_to", Verb.SEE_TO, Style.PRIMARY)
        yield button("reply", Verb.REPLY, asks="button.ask.reply")
        if view.can_change:
            yield button("change", Verb.CHANGE)
        yield button("hand_on", Verb.HAND_ON, asks="button.ask.hand_on")
    if state is not IssueState.OPEN:
        yield button("solved", Verb.SOLVED)
