"""A card in JSON 2.0, read strictly: what it shows, and what its buttons send back."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.feishu.limits import Limits
from sandbox.feishu.refusal import BAD_CARD, Refusal
from sandbox.world import Button, Face

TONES = {"blue": "info", "orange": "warn", "red": "danger", "green": "success", "grey": "muted"}
STYLES = {"primary": "primary", "danger": "danger", "default": "default"}
_NESTED = {"column_set": "columns", "column": "elements", "form": "elements"}
Part = Mapping[str, Any]
_PARTS = frozenset({"schema", "config", "header", "body"})


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a button sends besides its value."""

    name: str = ""
    field: str = ""
    """The input of its form; empty: it stands in none."""


@dataclass(frozen=True, slots=True)
class Drawn:
    face: Face
    buttons: Mapping[str, Pressed]
    """By the button's value as JSON text, which is its action in the sandbox."""


def drawn(card: object, limits: Limits) -> Drawn:
    """A whole card; Refusal when the platform would not take it, or would leave a part out in silence."""
    whole = _table(card, "card")
    if len(json.dumps(whole, ensure_ascii=False).encode()) > limits.card_bytes:
        raise Refusal(BAD_CARD, f"the card has more than {limits.card_bytes} bytes")
    if unknown := sorted(set(whole) - _PARTS):
        raise Refusal(BAD_CARD, f"unknown parts of a card: {', '.join(unknown)}")
    if whole.get("schema") != "2.0":
        raise Refusal(BAD_CARD, f"schema must be 2.0, found {whole.get('schema')!r}")
    if _table(whole.get("config"), "config").get("update_multi") is not True:
        raise Refusal(BAD_CARD, "config.update_multi must be true, or the card cannot be changed for everybody")
    header = _table(whole.get("header"), "header")
    parts = list(_parts(_table(whole.get("body"), "body").get("elements"), None))
    pressed = [_button(part, form) for part, form in parts if part["tag"] == "button"]
    actions = [button.action for button, _ in pressed]
    if len(set(actions)) < len(actions):
        raise Refusal(BAD_CARD, "two buttons send the same value")
    body = "\n\n".join(_text(part.get("content"), "content") for part, _ in parts if part["tag"] == "markdown")
    face = Face(
        title=_plain(header.get("title"), "header.title"),
        body=body,
        status=_plain(header["subtitle"], "header.subtitle") if "subtitle" in header else "",
        tone=TONES.get(header.get("template", ""), ""),
        buttons=tuple(button for button, _ in pressed),
    )
    return Drawn(face, {button.action: sent for button, sent in pressed})


def _parts(elements: object, form: Part | None) -> Iterator[tuple[Part, Part | None]]:
    """Every element that is shown, with the form that it stands in."""
    if not isinstance(elements, list):
        raise Refusal(BAD_CARD, f"elements must be a list, found {elements!r}")
    for each in elements:
        part = _table(each, "element")
        tag = part.get("tag")
        if tag == "form" and (form is not None or not part.get("name")):
            raise Refusal(BAD_CARD, "a form has a name and stands in no other form")
        if tag in _NESTED:
            yield from _parts(part.get(_NESTED[tag]), part if tag == "form" else form)
        elif tag in ("markdown", "button", "hr"):
            yield part, form
        elif tag == "input" and form is not None:
            yield part, form
        else:
            raise Refusal(BAD_CARD, f"there is no {tag!r} here in schema 2.0")


def _button(part: Part, form: Part | None) -> tuple[Button, Pressed]:
    words, style = _plain(part.get("text"), "button.text"), STYLES.get(part.get("type", "default"), "default")
    action = json.dumps(_value(part), ensure_ascii=False, sort_keys=True)
    if form is None:
        return Button(words, action, style), Pressed(part.get("name", ""))
    name = part.get("name")
    if not name or part.get("form_action_type") != "submit":
        raise Refusal(BAD_CARD, "a form's button has a name and form_action_type submit")
    inputs = [each for each, _ in _parts(form["elements"], form) if each["tag"] == "input"]
    if len(inputs) != 1 or not inputs[0].get("name"):
        raise Refusal(BAD_CARD, "the sandbox draws forms with one input, which has a name")
    asks = _plain(inputs[0]["placeholder"], "placeholder") if "placeholder" in inputs[0] else words
    return Button(words, action, style, asks), Pressed(str(name), str(inputs[0]["name"]))


def _value(part: Part) -> Mapping[str, Any]:
    """On the button itself (the SDK's builder) or in its behaviors (the card documents): both are taken."""
    behaviors = part.get("behaviors") or [{"type": "callback", "value": part.get("value")}]
    first = _table(behaviors[0] if isinstance(behaviors, list) else None, "behavior")
    if first.get("type") == "open_url" and first.get("default_url"):
        return {"url": first["default_url"]}
    if first.get("type") != "callback":
        raise Refusal(BAD_CARD, f"a button calls back or opens an address, found {first.get('type')!r}")
    return _table(first.get("value"), "button value")


def _plain(value: object, where: str) -> str:
    words = _table(value, where)
    if words.get("tag") != "plain_text":
        raise Refusal(BAD_CARD, f"{where} must be plain_text")
    return _text(words.get("content"), where)


def _text(value: object, where: str) -> str:
    if not isinstance(value, str) or not value:
        raise Refusal(BAD_CARD, f"{where} must be words, found {value!r}")
    return value


def _table(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Refusal(BAD_CARD, f"{where} must be an object, found {value!r}")
    return value
