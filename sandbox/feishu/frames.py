"""Binary frames of the long connection: protobuf, read strictly (field numbers as in the platform's SDKs, pbbp2)."""

from collections.abc import Iterator
from dataclasses import dataclass, field

CONTROL, DATA = 0, 1
_VARINT, _BYTES = 0, 2
_NUMBERS = {1: "sequence", 2: "log", 3: "service", 4: "method"}
_WORDS = {6: "encoding", 7: "kind", 9: "log_name"}


class BadFrame(Exception):
    """Bytes that are no frame."""


@dataclass(frozen=True, slots=True)
class Frame:
    """`sequence`, `log`, `service` and `method` are required on the wire, even as 0."""

    sequence: int
    log: int
    service: int
    method: int
    headers: dict[str, str] = field(default_factory=dict)
    payload: bytes = b""
    encoding: str = ""
    kind: str = ""
    log_name: str = ""

    def packed(self) -> bytes:
        numbers = b"".join(_tag(number, _VARINT) + _varint(getattr(self, name)) for number, name in _NUMBERS.items())
        headers = b"".join(
            _chunk(5, _chunk(1, key.encode()) + _chunk(2, value.encode())) for key, value in self.headers.items()
        )
        words = {number: getattr(self, name).encode() for number, name in _WORDS.items()} | {8: self.payload}
        return numbers + headers + b"".join(_chunk(number, words[number]) for number in sorted(words) if words[number])


def read(data: bytes) -> Frame:
    """The frame in these bytes; BadFrame when something is missing, cut or of the wrong type."""
    found: dict[str, int | str | bytes] = {}
    headers: dict[str, str] = {}
    try:
        for number, value in _fields(data):
            if number in _NUMBERS and isinstance(value, int):
                found[_NUMBERS[number]] = value
            elif number == 5 and isinstance(value, bytes):
                pair = dict(_fields(value))
                headers[_text(pair[1])] = _text(pair[2])
            elif number == 8 and isinstance(value, bytes):
                found["payload"] = value
            elif number in _WORDS:
                found[_WORDS[number]] = _text(value)
            else:
                raise BadFrame(f"field {number} has no place in a frame")
        return Frame(headers=headers, **found)  # type: ignore[arg-type]
    except (KeyError, TypeError, UnicodeDecodeError) as error:
        raise BadFrame(f"a field is missing or of the wrong type: {error}") from None


def _fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    at = 0
    while at < len(data):
        tag, at = _number(data, at)
        value, at = _number(data, at)
        if tag & 7 == _VARINT:
            yield tag >> 3, value
        elif tag & 7 == _BYTES and at + value <= len(data):
            yield tag >> 3, data[at : at + value]
            at += value
        else:
            raise BadFrame(f"wire type {tag & 7}, or cut short")


def _number(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data) and shift < 64:
        value |= (data[at] & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if not data[at - 1] & 0x80:
            return value, at
    raise BadFrame("a number is cut short or too long")


def _text(value: int | bytes) -> str:
    if isinstance(value, int):
        raise TypeError("a number where words belong")
    return value.decode()


def _chunk(number: int, value: bytes) -> bytes:
    return _tag(number, _BYTES) + _varint(len(value)) + value


def _tag(number: int, wire: int) -> bytes:
    return _varint(number << 3 | wire)


def _varint(value: int) -> bytes:
    made = bytearray()
    while value > 0x7F:
        made.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*made, value])
