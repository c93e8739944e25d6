"""The DingTalk template in the repository, against what the encoder sends to it."""

import json
import re
from collections.abc import Iterator
from typing import Any

from cards.action import Action, Verb
from cards.card import Button, Card, Style, Tone
from cards.encoders.dingtalk.encode import param_map
from cards.encoders.dingtalk.template import FILE, build

CARD = Card("t", "s", Tone.WARN, "b", buttons=(Button("驳回", Action("c1", Verb.REJECT), asks="原因"),))


def editor_data() -> Any:
    return json.loads(json.loads(FILE.read_text(encoding="utf-8"))["editorData"])


def parts(node: Any) -> Iterator[dict[str, Any]]:
    """Every object in it, at any depth."""
    if isinstance(node, dict):
        yield node
    for value in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from parts(value)


def test_the_file_is_what_the_script_builds() -> None:
    assert json.loads(FILE.read_text(encoding="utf-8")) == build()


def test_the_envelope_is_the_console_s() -> None:
    envelope = json.loads(FILE.read_text(encoding="utf-8"))
    assert (set(envelope), envelope["type"], envelope["mode"]) == (
        {"editorData", "widgetInfo", "type", "mode"}, "im", "card",
    )  # fmt: skip
    assert isinstance(envelope["editorData"], str)


def test_it_has_exactly_the_variables_we_send() -> None:
    assert {variable["id"] for variable in editor_data()["variableList"]} == set(param_map(CARD))


def test_its_buttons_have_exactly_the_fields_we_send() -> None:
    [buttons] = [variable for variable in editor_data()["variableList"] if variable["id"] == "buttons"]
    assert {field["name"] for field in buttons["schema"]} == set(json.loads(param_map(CARD)["buttons"])[0])


def test_every_variable_it_uses_is_declared() -> None:
    data = editor_data()
    declared = {part["id"] for part in parts(data["variableList"]) if "editorVarType" in part}
    tree = data["schema"]["componentsTree"]
    used = {part["variable"] for part in parts(tree) if part.get("variable")}
    named = set(re.findall(r"\$\{([\w.]+)\}", json.dumps(tree)))
    used |= {name.replace("loop.", "buttons[0].") for name in named}
    assert used - declared == set()
    assert declared - used == set()


def test_every_component_it_uses_is_listed() -> None:
    schema = editor_data()["schema"]
    used = {part["componentName"] for part in parts(schema["componentsTree"]) if "componentName" in part}
    assert used == {part["componentName"] for part in schema["componentsMap"]}


def test_every_tone_and_style_has_its_colour() -> None:
    conditions = [part for part in parts(editor_data()["schema"]["componentsTree"]) if part.get("op") == "equal"]
    assert {part["value"] for part in conditions if part["variable"] == "tone"} == set(Tone)
    assert {part["value"] for part in conditions if part["variable"] == "buttons[0].style"} == set(Style)
