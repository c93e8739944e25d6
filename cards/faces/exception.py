"""The card of what is going wrong: what, from what, who sees to it; several for one reader are a list."""

from collections.abc import Sequence
from dataclasses import dataclass

from cards.action import Action, Verb
from cards.card import Button, Card, Fact, Style, Tone
from cards.markdown import body
from cards.words import Words

TONES = {"critical": Tone.DANGER, "high": Tone.DANGER, "warn": Tone.WARN, "info": Tone.INFO}


@dataclass(frozen=True, slots=True)
class ExceptionView:
    title: str
    status: str
    lines: Sequence[str]
    words: Words
    facts: Sequence[Fact] = ()
    severity: str = ""
    """Empty: it is over."""
    can_cure: bool = False
    can_wait: bool = False


def exception_card(view: ExceptionView, card_id: str) -> Card:
    return Card(
        title=view.title,
        status=view.status,
        tone=TONES[view.severity] if view.severity else Tone.SUCCESS,
        body=body(view.words.locale, "exception", lines=view.lines),
        summary=view.lines[0] if view.facts else view.words.clauses(view.lines) or view.status,
        facts=tuple(view.facts),
        buttons=tuple(_buttons(view, card_id)) if view.severity else (),
    )


def _buttons(view: ExceptionView, card_id: str) -> list[Button]:
    words = view.words
    cure = Button(words("button.cure"), Action(card_id, Verb.CURE), Style.PRIMARY)
    take = Button(words("button.take"), Action(card_id, Verb.TAKE))
    snooze = Button(words("button.snooze"), Action(card_id, Verb.SNOOZE), asks=words("button.ask.snooze"))
    mute = Button(words("button.mute"), Action(card_id, Verb.MUTE), asks=words("button.ask.mute"))
    return [*([cure] if view.can_cure else []), take, *([snooze] if view.can_wait else []), mute]
