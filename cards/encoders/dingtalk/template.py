"""Builds `cards/encoders/dingtalk/template.json`, the template to import in DingTalk's card console (rule D12).

    python -m cards.encoders.dingtalk.template

Its variables are the keys of `cards.encoders.dingtalk.encode.param_map`. The format is that of the templates DingTalk
publishes as examples; no schema of it is public, and this one has never been imported in a live console.
"""

import json
from pathlib import Path
from typing import Any

from cards.card import Style, Tone

FILE = Path(__file__).with_name("template.json")
COMPONENTS = ("BaseText", "Tag", "MarkdownBlock", "Loop", "SingleButton", "Input", "Card")
TONES = {Tone.INFO: "blue", Tone.WARN: "orange", Tone.DANGER: "red", Tone.SUCCESS: "green", Tone.MUTED: "gray"}
STYLES = {Style.PRIMARY: "blue", Style.DANGER: "red", Style.DEFAULT: "gray"}
BUTTON_FIELDS = {"text": "按钮文字", "action": "点击后回传的 action", "style": "按钮样式", "input": "先要填写的内容"}

Node = dict[str, Any]


def build() -> Node:
    """The file's content. `editorData` is JSON text inside JSON, as the console exports it."""
    editor_data = json.dumps(_editor_data(), ensure_ascii=False)
    return {"editorData": editor_data, "widgetInfo": "", "type": "im", "mode": "card"}


def _editor_data() -> Node:
    return {
        "schemaVersion": "3.0.0",
        "schema": {
            "version": "1.0.0",
            "componentsMap": [_component(name) for name in COMPONENTS],
            "componentsTree": [_tree()],
            "i18n": {},
        },
        "mockData": {"cardData": _mock(), "cardPrivateData": {}, "localData": {}, "richTextData": {}},
        "editVersion": 0,
        "customWidgetInfo": "",
        "useCustomWidgetInfo": False,
        "variableList": _variables(),
        **{name: [] for name in ("formList", "expList", "localList", "hsfList", "lwpList")},
        "extension": {"extendType": "NORMAL", "fileTypeList": []},
    }


def _mock() -> Node:
    """Sample values for the console's preview."""
    buttons = [{"text": "同意", "action": "c1/approve", "style": "primary", "input": ""}]
    words = {"title": "变更 12：MO-1023 推迟 3 天", "body": "**MO-1023** 12-05 → 12-08"}
    return {**words, "status": "待审批", "tone": "warn", "buttons": buttons}


# -- what stands on the card --------------------------------------------------------------------------------


def _tree() -> Node:
    tags = [_tag(tone, color) for tone, color in TONES.items()]
    return _node("Card", "root", {"summaryContent": _variable("title")}, [_title(), *tags, _body(), _button_list()])


def _title() -> Node:
    props = {"text": _text("${title}"), "bold": True, "maxLine": _fixed("dynamicNumber", 3), "visible": _visible()}
    return _node("BaseText", "title", props | _margins(12, 4))


def _tag(tone: Tone, color: str) -> Node:
    """Tag of one tone: no variable of ours can set a tag's colour, but one can hide the tag."""
    props = {"text": _text("${status}"), "color": _fixed("dynamicSelect", color), "tagStyle": "hollow"}
    return _node("Tag", f"tag_{tone}", {**props, "visible": _visible("tone", "global", "equal", tone)} | _margins(0, 4))


def _body() -> Node:
    content = _variable("body") | {"varType": "markdown"}
    return _node("MarkdownBlock", "body", {"mdVer": 0, "content": content, "isStreaming": False, "visible": _visible()}
                 | _margins(6, 6))  # fmt: skip


def _button_list() -> Node:
    """A button for each row, or an input where it asks for a text, which sends it along."""
    pressed = [_button(style, color) for style, color in STYLES.items()]
    props = {"listData": _variable("buttons"), "direction": "vertical", "visible": _visible()}
    return _node("Loop", "buttons", props | _margins(0, 12), [*pressed, _input()])


def _button(style: Style, color: str) -> Node:
    mine = _condition("buttons[0].style", "loop", "equal", style)
    plain = _condition("buttons[0].input", "loop", "isFalse", "")
    props = {
        "text": _text("${loop.text}"),
        "color": _fixed("dynamicSelect", color),
        "visible": _visible_if(mine, plain),
        **_request(),
    }
    return _node("SingleButton", f"button_{style}", props | _margins(4, 4))


def _input() -> Node:
    """Input of a text, which arrives as the parameter `input`, beside `action`."""
    props = {
        "id": "input",
        "title": _text("${loop.text}"),
        "placeholder": _text("${loop.input}"),
        "message": _text("${loop.input}"),
        "currentValue": _text(""),
        "visible": _visible("buttons[0].input", "loop", "isTrue", ""),
        **_request(),
    }
    return _node("Input", "input", props | _margins(4, 4))


def _request() -> Node:
    """Request of a press, with `params = {"action": …}`."""
    action = {"type": "variable", "variable": "buttons[0].action", "variableType": "loop", "value": ""}
    return {
        "actionType": "request",
        "actionId": _text("${loop.action}"),
        "params": [action | {"name": "action", "id": "1"}],
        "status": _fixed("dynamicSelect", "normal"),
    }


# -- the format's own parts ---------------------------------------------------------------------------------


def _component(name: str) -> Node:
    place = {"package": "@ali/dxComponent", "version": "1.0.0", "main": "./src/index.tsx"}
    return {**place, "exportName": name, "componentName": name, "destructuring": False, "subName": ""}


def _node(component: str, name: str, props: Node, children: list[Node] | None = None) -> Node:
    flags = {"title": "", "hidden": False, "isLocked": False, "condition": True, "conditionGroup": ""}
    node = {"componentName": component, "id": f"node_{name}", "props": props, **flags}
    return node if children is None else node | {"children": children}


def _text(content: str) -> Node:
    return {"type": "dynamicString", "content": content, "i18n": False}


def _fixed(kind: str, value: object) -> Node:
    return {"type": kind, "valueType": "fixed", "value": value, "variable": "", "variableType": "global"}


def _variable(name: str) -> Node:
    return {"type": "variableValue", "variableType": "global", "variable": name}


def _condition(variable: str, scope: str, operator: str, value: str) -> Node:
    place = {"type": "variable", "variable": variable, "variableType": scope}
    return {**place, "op": operator, "value": str(value), "valueType": "fixed", "valueVariableType": "global"}


def _visible(*condition: str) -> Node:
    return _visible_if(*([_condition(*condition)] if condition else []))


def _visible_if(*conditions: Node) -> Node:
    kind = "condition" if conditions else "fixed"
    return {
        "type": "dynamicVisible",
        "value": True,
        "valueType": kind,
        "condition": {"op": "and", "conditions": list(conditions)},
    }


def _margins(top: int, bottom: int) -> Node:
    return {"marginTop": top, "marginBottom": bottom, "marginLeft": 12, "marginRight": 12}


def _variables() -> list[Node]:
    simple = {"title": "标题", "status": "状态", "tone": "状态的颜色：info、warn、danger、success、muted"}
    rows = [_declared(f"buttons[0].{name}", name, "string", about) for name, about in BUTTON_FIELDS.items()]
    return [
        *(_declared(name, name, "string", about) for name, about in simple.items()),
        _declared("body", "body", "markdown", "正文"),
        _declared("buttons", "buttons", "loopArray", "按钮") | {"schema": rows},
    ]


def _declared(id: str, name: str, kind: str, about: str) -> Node:
    flags = {"private": False, "editorVarType": "variables", "disabled": False}
    return {"id": id, "name": name, "type": kind, "description": about, **flags}


if __name__ == "__main__":
    FILE.write_text(json.dumps(build(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
