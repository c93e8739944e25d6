"""What a client says about a frame it got (rule D1), read without mercy."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Ack:
    message_id: str
    code: int
    data: Any
    """The parsed JSON of `data`."""

    def settles(self, kind: str) -> bool:
        """Check whether the frame needs no further delivery."""
        later = kind == "EVENT" and isinstance(self.data, dict) and self.data.get("status") == "LATER"
        return self.code == 200 and not later

    @property
    def response(self) -> Any:
        return self.data["response"]


class BadAck(Exception):
    """The sentence says what is wrong with the acknowledgement."""


def read(text: str, kind_of: Callable[[str], str | None]) -> Ack:
    """`kind_of` gives the type of the frame with a message id, None when none was delivered. Raises BadAck."""
    raw = _object(text)
    headers = raw.get("headers")
    message_id = headers.get("messageId") if isinstance(headers, dict) else None
    kind = kind_of(message_id) if isinstance(message_id, str) else None
    if not isinstance(headers, dict) or kind is None:
        raise BadAck(f"headers.messageId names no delivered frame: {message_id!r}")
    if raw.get("code") not in (200, 400, 404, 500) or isinstance(raw.get("code"), bool):
        raise BadAck(f"code must be 200, 400, 404 or 500, found {raw.get('code')!r}")
    if headers.get("contentType") != "application/json":
        raise BadAck("headers.contentType must be application/json")
    data = _data(raw.get("data"))
    if kind == "CALLBACK" and not (isinstance(data, dict) and "response" in data):
        raise BadAck('data of a CALLBACK must be the JSON text of {"response": …}')
    return Ack(str(message_id), raw["code"], data)


def _object(text: str) -> dict[str, Any]:
    try:
        raw = json.loads(text)
    except ValueError as mistake:
        raise BadAck(f"not JSON: {mistake}") from None
    if not isinstance(raw, dict):
        raise BadAck("not a JSON object")
    return raw


def _data(data: object) -> Any:
    if not isinstance(data, str):
        raise BadAck(f"data must be JSON text, found {type(data).__name__}")
    try:
        return json.loads(data)
    except ValueError as mistake:
        raise BadAck(f"data is not JSON text: {mistake}") from None
