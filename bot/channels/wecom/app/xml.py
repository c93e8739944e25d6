"""The XML that a self-built app's callbacks come and are answered in."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from bot.channels.wecom.callback_door import Unreadable
from bot.channels.wecom.seal import Sealed

ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 has no way to write."""
NAMES = {"keyname": "KeyName"}
"""XML names that are not the JSON name in CamelCase."""


class XmlWrapping:
    """The outer document around what is encrypted."""

    def encrypted(self, body: bytes) -> str:
        found = parse(body).findtext("Encrypt")
        if not found:
            raise Unreadable("no <Encrypt>")
        return found

    def reply(self, sealed: Sealed) -> Response:
        document = {
            "Encrypt": sealed.encrypted,
            "MsgSignature": sealed.stamp.signature,
            "TimeStamp": sealed.stamp.timestamp,
            "Nonce": sealed.stamp.nonce,
        }
        return Response(write(document), media_type="application/xml")


def parse(text: bytes | str) -> ET.Element:
    """Raises Unreadable. Documents that declare entities are none of WeCom's, whatever they are."""
    doctype = b"<!DOCTYPE" in text if isinstance(text, bytes) else "<!DOCTYPE" in text
    try:
        if not doctype:
            return ET.fromstring(text)
    except (ET.ParseError, ValueError):
        pass
    raise Unreadable("not the XML of a callback")


def write(fields: Mapping[str, Any]) -> str:
    """`<xml>` with these fields; a list repeats its element."""
    root = ET.Element("xml")
    _fill(root, fields)
    return ET.tostring(root, encoding="unicode")


def camel(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The sending API's JSON as the callback's XML spells it: `main_title` becomes `MainTitle`, all the way down."""
    return {_camel_name(name): _camel_value(value) for name, value in fields.items()}


def _camel_name(name: str) -> str:
    return NAMES.get(name) or "".join(part.capitalize() for part in name.split("_"))


def _camel_value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return camel(value)
    return [_camel_value(each) for each in value] if isinstance(value, list) else value


def _fill(parent: ET.Element, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        for each in value if isinstance(value, list) else [value]:
            child = ET.SubElement(parent, name)
            if isinstance(each, Mapping):
                _fill(child, each)
            else:
                child.text = ILLEGAL.sub("", str(each))
