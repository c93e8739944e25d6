"""The card of a change of the settings: whoever may confirms it, or does not."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cards.action import Action, Verb
from cards.card import Button, Card, Style, Tone
from cards.markdown import plain
from cards.words import Words
from planning.control.settings_request import SettingsRequest, Standing, Wish

_TONES = {Standing.OPEN: Tone.WARN, Standing.OFFERED: Tone.INFO, Standing.DONE: Tone.SUCCESS}
_CONFIRMS = {Wish.BIND: "button.bind", Wish.DIRECTORY: "button.sync"}
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
    begins: str = ""
    """The day on which it takes effect; empty: at once."""
    can_be_stopped: bool = False
    """It is agreed to, and its day has not come."""
    page: str = ""
    """Address of all that stands about it."""

    @property
    def standing(self) -> str:
        """By which its words are chosen."""
        standing = self.request.standing
        if self.is_theirs and standing is not Standing.OFFERED:
            return "asked"
        if self.request.facts.get("since") and standing is Standing.REFUSED:
            return "stopped"
        if self.request.facts.get("since") and standing is Standing.DONE:
            return "alone" if self.request.facts.get("alone") else "later"
        return standing.value

    @property
    def facts(self) -> dict[str, str]:
        """What its sentences name."""
        words, begins = self.words, self.begins
        when = words("setting.draft.from", **{"from": begins}) if begins else words("setting.draft.at-once")
        change = str(plain(self.request.facts.get("change", "")))
        return {"asker": self.asker, "name": self.decider, "change": change, "from": begins, "when": when}


def setting_card(view: SettingView, card_id: str) -> Card:
    words, request = view.words, view.request
    told = words(f"setting.what.{request.wish}-{view.standing}", **view.facts)
    body = "\n\n".join([told, *_more(view)])
    return Card(
        title=words(f"setting.title.{request.wish}"),
        status=words(f"setting.status.{request.wish}-{view.standing}", **view.facts),
        tone=_TONES.get(request.standing, Tone.MUTED),
        body=body,
        summary=told,
        buttons=tuple(_buttons(view, card_id)),
    )


def _more(view: SettingView) -> Iterator[str]:
    """Why, what it would have meant, and where all of it stands."""
    facts, words = view.request.facts, view.words
    if facts.get("why"):
        yield words("setting.draft.why", why=str(plain(facts["why"])))
    if facts.get("trial") and view.request.standing is Standing.OPEN:
        yield facts["trial"]
    if facts.get("lines") and view.request.standing is Standing.OPEN:
        yield facts["lines"]
    if view.page:
        yield words("setting.draft.page", address=view.page)


def _buttons(view: SettingView, card_id: str) -> Iterator[Button]:
    words, request = view.words, view.request
    if request.wish is Wish.CHECK:
        if request.standing is Standing.OPEN:
            yield Button(words("button.check"), Action(card_id, Verb.APPLY, "check"), Style.PRIMARY)
    elif request.standing is Standing.OPEN and not view.is_theirs:
        yield Button(words(_CONFIRMS.get(request.wish, "button.consent")), Action(card_id, Verb.CONFIRM), Style.PRIMARY)
        yield from _choices(view, card_id)
        yield Button(words("button.refuse"), Action(card_id, Verb.REFUSE))
    elif view.can_be_stopped:
        yield Button(words("button.stop"), Action(card_id, Verb.REFUSE), Style.DANGER)
    elif request.standing is Standing.OFFERED:
        for id, name in view.departments[:OFFERED]:
            yield Button(words("button.apply", department=name), Action(card_id, Verb.APPLY, id))


def _choices(view: SettingView, card_id: str) -> Iterator[Button]:
    """Departments of a directory that are none of the plan's yet, and managers that it knows."""
    words, facts = view.words, view.request.facts
    if facts.get("offers"):
        yield Button(words("button.managers"), Action(card_id, Verb.APPLY, "managers"))
    for unit, name in json.loads(facts.get("outside") or "[]"):
        yield Button(words("button.unit", department=name), Action(card_id, Verb.APPLY, f"unit:{unit}"))
