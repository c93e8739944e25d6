"""The sync card: the facts of a morning, and a signature for each seat."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cards.action import Action, Verb
from cards.card import Button, Card, Fact, Style, Tone
from cards.faces.view import SEEN
from cards.markdown import body
from cards.words import Words
from planning.rhythm.sync import SyncCard, SyncState

_TONES = {
    SyncState.OPEN: Tone.INFO, SyncState.HALF: Tone.INFO, SyncState.SIGNED: Tone.SUCCESS, SyncState.MISSED: Tone.MUTED,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SyncView:
    card: SyncCard
    title: str
    status: str
    lines: Sequence[str]
    facts: Sequence[Fact]
    words: Words


def sync_card(view: SyncView, card_id: str) -> Card:
    card = view.card
    is_late = card.escalated_at is not None and card.missing and not card.closed_at
    return Card(
        title=view.title,
        status=view.status,
        tone=Tone.WARN if is_late else _TONES[card.state],
        body=body(view.words.locale, "exception", lines=view.lines),
        summary=view.lines[0],
        facts=tuple(view.facts),
        buttons=tuple(_buttons(view, card_id)),
    )


def _buttons(view: SyncView, card_id: str) -> Iterator[Button]:
    """One for each seat that is missing: it signs the content that is shown."""
    card, words = view.card, view.words
    if card.closed_at:
        return
    key = "button.sign-for" if card.escalated_at else "button.sign"
    for place, seat in enumerate(card.seats):
        if seat in card.missing:
            action = Action(card_id, Verb.SIGN, str(place), seen=card.sha256[:SEEN])
            yield Button(words(key, seat=seat.name), action, Style.PRIMARY)
    yield Button(words("button.problem"), Action(card_id, Verb.PROBLEM), asks=words("button.ask.problem"))
