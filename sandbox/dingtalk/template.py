"""Our card template as the phone draws it: five string variables become a face.

A real template draws nothing, or draws garbage, for a variable it cannot read. Here that is refused.
"""

import json
from collections.abc import Mapping
from typing import Any

from sandbox.dingtalk.limits import Limits
from sandbox.dingtalk.refusal import Refusal
from sandbox.world import Button, Face

VARIABLES = frozenset({"title", "body", "status", "tone", "buttons"})
TONES = frozenset({"", "info", "warn", "danger", "success", "muted"})
STYLES = frozenset({"default", "primary", "danger"})
BUTTON_FIELDS = frozenset({"text", "action", "style", "input"})

Variables = dict[str, str]


def checked(given: object, limits: Limits, where: str) -> Variables:
    """A cardParamMap that the template can draw; Refusal naming the variable otherwise."""
    if not isinstance(given, dict):
        raise Refusal("param.cardParamMapInvalid", f"{where}.cardParamMap must be an object")
    for key, value in given.items():
        _check(key, value, limits, where)
    buttons(given)
    return dict(given)


def _check(key: str, value: object, limits: Limits, where: str) -> None:
    name = f"{where}.cardParamMap.{key}"
    if not isinstance(value, str):
        raise Refusal("param.cardParamMapInvalid", f"{name} must be a string, found {type(value).__name__}")
    if len(key.encode()) > limits.key_bytes:
        raise Refusal("param.cardParamMapInvalid", f"{name}: the key is longer than {limits.key_bytes} B")
    if key not in VARIABLES:
        raise Refusal("param.cardParamMapInvalid", f"{name}: the template has no such variable")
    if (size := len(value.encode())) > limits.value_bytes:
        raise Refusal("param.cardParamTooLong", f"{name} has {size} B, at most {limits.value_bytes} B")
    if key == "tone" and value not in TONES:
        raise Refusal("param.cardParamMapInvalid", f"{name}: no such tone {value!r}")


def buttons(variables: Mapping[str, str]) -> tuple[Button, ...]:
    """The button list inside its JSON text; an empty or missing text is no buttons."""
    text = variables.get("buttons", "")
    if not text:
        return ()
    try:
        rows = json.loads(text)
    except ValueError:
        raise Refusal("param.cardParamMapInvalid", "buttons is not JSON text") from None
    if not isinstance(rows, list):
        raise Refusal("param.cardParamMapInvalid", "buttons must be a JSON list")
    return tuple(_button(row) for row in rows)


def _button(row: Any) -> Button:
    if not isinstance(row, dict) or not all(isinstance(value, str) for value in row.values()):
        raise Refusal("param.cardParamMapInvalid", f"a button must be an object of strings, found {row!r}")
    if unknown := sorted(set(row) - BUTTON_FIELDS):
        raise Refusal("param.cardParamMapInvalid", f"a button has unknown fields: {', '.join(unknown)}")
    if not row.get("text") or not row.get("action"):
        raise Refusal("param.cardParamMapInvalid", "a button needs text and action")
    if row.get("style", "default") not in STYLES:
        raise Refusal("param.cardParamMapInvalid", f"no such button style {row['style']!r}")
    return Button(row["text"], row["action"], row.get("style", "default"), row.get("input", ""))


def face(variables: Mapping[str, str]) -> Face:
    return Face(
        title=variables.get("title", ""),
        body=variables.get("body", ""),
        status=variables.get("status", ""),
        tone=variables.get("tone", ""),
        buttons=buttons(variables),
    )
