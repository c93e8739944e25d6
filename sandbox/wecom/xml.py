"""The XML that goes to an app's callback and the XML that may come back."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from typing import Any

Tree = Mapping[str, "str | int | Tree | list[Tree]"]

LISTS = frozenset(
    {
        "horizontal_content_list", "jump_list", "vertical_content_list", "button_list", "select_list",
        "option_list", "action_list",
    }
)  # fmt: skip
NUMBERS = frozenset({"type", "style", "desc_color", "mode"})


class BadXml(ValueError):
    """The text is not the XML that belongs here."""


def write(tree: Tree) -> str:
    """`{"MsgType": "text", "AgentID": 1}` as an `<xml>` document: text in CDATA, numbers bare."""
    return f"<xml>{_inner(tree)}</xml>"


def _inner(tree: Tree) -> str:
    return "".join(_element(name, each) for name, value in tree.items() for each in _many(value))


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _element(name: str, value: Any) -> str:
    if isinstance(value, Mapping):
        return f"<{name}>{_inner(value)}</{name}>"
    if isinstance(value, int):
        return f"<{name}>{value}</{name}>"
    return f"<{name}><![CDATA[{str(value).replace(']]>', ']]]]><![CDATA[>')}]]></{name}>"


def read(text: str) -> ET.Element:
    try:
        root = ET.fromstring(text)
    except ET.ParseError as mistake:
        raise BadXml(f"not XML: {mistake}") from None
    if root.tag != "xml":
        raise BadXml(f"the root must be <xml>, found <{root.tag}>")
    return root


def field(root: ET.Element, name: str) -> str:
    """A required, non-empty child's text."""
    value = root.findtext(name)
    if not value:
        raise BadXml(f"<{name}> is missing or empty")
    return value


def card(element: ET.Element) -> dict[str, Any]:
    """`<TemplateCard>` with its CamelCase names as the JSON that the sending API takes."""
    table: dict[str, Any] = {}
    for child in element:
        name = _json_name(child.tag)
        value = card(child) if len(child) else _scalar(name, child.text or "")
        if name in LISTS:
            table.setdefault(name, []).append(value)
        else:
            table[name] = value
    return table


def _json_name(tag: str) -> str:
    """`SubTitleText` is sub_title_text; only `KeyName` is spelt keyname there (doc 90241 against 90236)."""
    return "keyname" if tag == "KeyName" else re.sub(r"(?<!^)(?=[A-Z])", "_", tag).lower()


def _scalar(name: str, text: str) -> str | int:
    return int(text) if name in NUMBERS and text.strip().isdigit() else text
