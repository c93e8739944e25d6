"""The card of a record: what two people agreed on, and what the other of them says to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cards.action import Action, Verb
from cards.card import Button, Card, Fact, Style, Tone
from cards.markdown import body
from cards.words import Words
from planning.rhythm.record import Record, RecordState

_TONES = {
    RecordState.WAITING: Tone.INFO, RecordState.CONFIRMED: Tone.SUCCESS, RecordState.DISPUTED: Tone.WARN,
    RecordState.ONE_SIDED: Tone.MUTED, RecordState.LATE_CONFIRMED: Tone.MUTED, RecordState.LATE_DISPUTED: Tone.WARN,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RecordView:
    record: Record
    title: str
    status: str
    lines: Sequence[str]
    facts: Sequence[Fact]
    words: Words
    to_asked: bool
    """Among its readers is who is asked."""
    can_change: bool
    """It names an item whose change can be proposed."""


def record_card(view: RecordView, card_id: str) -> Card:
    return Card(
        title=view.title,
        status=view.status,
        tone=_TONES[view.record.state],
        body=body(view.words.locale, "exception", lines=view.lines),
        summary=view.lines[0],
        facts=tuple(view.facts),
        buttons=tuple(_buttons(view, card_id)),
    )


def _buttons(view: RecordView, card_id: str) -> Iterator[Button]:
    words = view.words
    if view.to_asked and view.record.state.is_open:
        yield Button(words("button.agree"), Action(card_id, Verb.AGREE), Style.PRIMARY)
        yield Button(words("button.dispute"), Action(card_id, Verb.DISPUTE), asks=words("button.ask.dispute"))
    if view.can_change:
        yield Button(words("button.draft"), Action(card_id, Verb.DRAFT))
