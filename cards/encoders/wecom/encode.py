"""A card as a WeCom `template_card`: `button_interaction` while something can be decided, else `text_notice`."""

import re
from dataclasses import dataclass
from typing import Any

from cards.card import Button, Card, Fact, Style, Tone
from cards.markdown import unlinked

SOURCE = "通盘"
SOURCE_TEXT = 13
MAX_FACTS = 6
MAX_BUTTONS = 6
FACT_NAME = 5
BUTTON_TEXT = 10


@dataclass(frozen=True, slots=True)
class Limits:
    """Characters WeCom draws; its two interfaces differ (rule W12)."""

    title: int
    description: int
    sub_title: int
    value: int


AIBOT = Limits(title=26, description=30, sub_title=112, value=26)
APP = Limits(title=36, description=44, sub_title=160, value=30)

_TONES = {Tone.DANGER: 2, Tone.WARN: 2, Tone.SUCCESS: 3, Tone.INFO: 1, Tone.MUTED: 0}
"""`source.desc_color`: 0 grey, 1 black, 2 red, 3 green. The status says the same in words."""
_STYLES = {Style.PRIMARY: 1, Style.DEFAULT: 2, Style.DANGER: 3}
_MARKS = re.compile(r"[*_`#>|]+|^\s*[-+]\s+", re.MULTILINE)


def template_card(card: Card, task_id: str, limits: Limits, url: str) -> dict[str, Any]:
    """`url` is where a press on the card leads: WeCom draws no `text_notice` without one (42045).

    Forms do not exist here: a button that asks for a text sends its action alone, and the bot asks in the chat.
    """
    facts = [fact for fact in card.facts if fact.name]
    encoded: dict[str, Any] = {
        "card_type": "button_interaction" if card.buttons else "text_notice",
        "source": {"desc": clip(card.plan, SOURCE_TEXT) or SOURCE, "desc_color": _TONES[card.tone]},
        "main_title": {"title": clip(card.title, limits.title), "desc": clip(card.status, limits.description)},
        "sub_title_text": clip(card.summary or plain(card.body), limits.sub_title),
        "horizontal_content_list": [_fact(fact, limits) for fact in facts[:MAX_FACTS]],
        "card_action": {"type": 1, "url": url},
        "task_id": task_id,
    }
    if card.buttons:
        encoded["button_list"] = [_button(button) for button in card.buttons[:MAX_BUTTONS]]
    return encoded


def clip(text: str, limit: int) -> str:
    """At most `limit` characters, the last of them `…` when something was cut; no address in it is a link."""
    text = unlinked(text)
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def plain(markdown: str) -> str:
    """The words of a markdown text, on one line."""
    return " ".join(_MARKS.sub("", markdown).split())


def _fact(fact: Fact, limits: Limits) -> dict[str, str]:
    return {"keyname": clip(fact.name, FACT_NAME), "value": _value(fact, limits.value)}


def _value(fact: Fact, limit: int) -> str:
    """The value cut to what its tail leaves."""
    if not fact.tail:
        return clip(fact.value, limit)
    room = limit - len(fact.tail) - 1
    return f"{clip(fact.value, room)} {fact.tail}" if room > 0 else clip(fact.tail, limit)


def _button(button: Button) -> dict[str, Any]:
    return {"text": clip(button.text, BUTTON_TEXT), "style": _STYLES[button.style], "key": button.action.pack()}
