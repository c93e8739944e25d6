"""The card of a change of the settings: whoever may confirms it, or does not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cards.action import Action, Verb
from cards.card import Button, Card, Style, Tone
from cards.markdown import plain
from cards.words import Words
from planning.control.settings_request import SettingsRequest, Standing, Wish

_TONES = {Standing.OPEN: Tone.WARN, Standing.OFFERED: Tone.INFO, Standing.DONE: Tone.SUCCESS}
OFFERED = 3
"""Departments with a button of their own on what somebody unknown is shown."""


@dataclass(frozen=True, slots=True)
class SettingView:
    request: SettingsRequest
    words: Words
    asker: str
    decider: str
    departments: Sequence[tuple[str, str]] = ()
    """Ids and names, of those that somebody unknown may ask to be let into."""
    is_theirs: bool = False
    """It is the card of somebody unknown, who decides nothing on it once they have asked."""

    @property
    def standing(self) -> str:
        """By which its words are chosen."""
        is_over = self.is_theirs and self.request.standing is not Standing.OFFERED
        return "asked" if is_over else self.request.standing.value


def setting_card(view: SettingView, card_id: str) -> Card:
    words, request = view.words, view.request
    names = {"asker": view.asker, "name": view.decider}
    change = str(plain(request.facts.get("change", "")))
    told = words(f"setting.what.{request.wish}-{view.standing}", change=change, **names)
    return Card(
        title=words(f"setting.title.{request.wish}"),
        status=words(f"setting.status.{request.wish}-{view.standing}", **names),
        tone=_TONES.get(request.standing, Tone.MUTED),
        body=told,
        summary=told,
        buttons=tuple(_buttons(view, card_id)),
    )


def _buttons(view: SettingView, card_id: str) -> Iterator[Button]:
    words, request = view.words, view.request
    if request.standing is Standing.OPEN and not view.is_theirs:
        key = "button.bind" if request.wish is Wish.BIND else "button.consent"
        yield Button(words(key), Action(card_id, Verb.CONFIRM), Style.PRIMARY)
        yield Button(words("button.refuse"), Action(card_id, Verb.REFUSE))
    elif request.standing is Standing.OFFERED:
        for id, name in view.departments[:OFFERED]:
            yield Button(words("button.apply", department=name), Action(card_id, Verb.APPLY, id))
