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
DEEPEST = 16
"""Levels of a document; the deepest of WeCom's has eight."""
PIECE = 256
"""Characters that are parsed before the next look: what is refused costs no more than one piece."""
ENCRYPTED = re.compile(rb"<Encrypt>\s*(?:<!\[CDATA\[)?([A-Za-z0-9+/]+={0,2})(?:\]\]>)?\s*</Encrypt>")
NAMES = {"keyname": "KeyName"}
"""XML names that are not the JSON name in CamelCase."""


class XmlWrapping:
    """The outer document around what is encrypted: it is never parsed. The signature is of the one element that counts,
    which holds nothing but base64; the rest of the document could be anybody's."""

    most_bytes = 64 * 1024
    """A message has 2,048 bytes; cards, places and links a few thousand."""

    def encrypted(self, body: bytes) -> str:
        found = ENCRYPTED.search(body)
        if found is None:
            raise Unreadable("no <Encrypt>")
        return found[1].decode()

    def reply(self, sealed: Sealed) -> Response:
        document = {
            "Encrypt": sealed.encrypted,
            "MsgSignature": sealed.stamp.signature,
            "TimeStamp": sealed.stamp.timestamp,
            "Nonce": sealed.stamp.nonce,
        }
        return Response(write(document), media_type="application/xml")


def parse(text: bytes | str) -> ET.Element:
    """Raises Unreadable. WeCom's documents are UTF-8, whatever their first line says, and shallow, and declare nothing.

    The parser itself refuses a DOCTYPE, without which there are no entities: what somebody typed may contain the word.
    """
    builder = _Shallow()
    parser = ET.XMLParser(target=builder)
    try:
        document = text.decode() if isinstance(text, bytes) else text
        for start in range(0, len(document), PIECE):
            parser.feed(document[start : start + PIECE])
        root = parser.close()
    except (ET.ParseError, ValueError):
        raise Unreadable("not the XML of a callback") from None
    assert isinstance(root, ET.Element)
    return root


class _Shallow(ET.TreeBuilder):
    depth = 0

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise Unreadable("a document type")

    def start(self, tag: str, attributes: dict[str, str]) -> ET.Element:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable("too deep")
        return super().start(tag, attributes)

    def end(self, tag: str) -> ET.Element:
        self.depth -= 1
        return super().end(tag)


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
