"""A card as the variables of our DingTalk template (`cards/encoders/dingtalk/template.json`)."""

import json
from collections.abc import Iterable

from cards.card import Button, Card
from cards.markdown import unlinked

MAX_VALUE_BYTES = 1024
"""One variable of a card (rule D7)."""


def param_map(card: Card) -> dict[str, str]:
    """`cardParamMap`: title, body, status, tone and buttons, all of them strings of at most 1,024 bytes.

    A long body lacks lines in its middle, for it begins with what is asked and ends with by when. Buttons are kept in
    their order while they fit; the builder of a card keeps to six with short actions, which always do.
    """
    return {
        "title": fit(unlinked(f"{card.plan} · {card.title}" if card.plan else card.title)),
        "body": fold(unlinked(card.body)),
        "status": fit(unlinked(card.status)),
        "tone": card.tone.value,
        "buttons": _buttons(card.buttons),
    }


def fit(text: str, limit: int = MAX_VALUE_BYTES) -> str:
    """At most `limit` bytes of UTF-8; what is cut ends after a whole line, if that keeps half of it, and with `…`."""
    raw = text.encode()
    if len(raw) <= limit:
        return text
    room = limit - len("\n…".encode())
    lines, newline, _ = raw[: room + 1].rpartition(b"\n")
    if newline and len(lines) > room // 2:
        return f"{lines.decode()}\n…"
    return f"{raw[:room].decode(errors='ignore')}…"


def fold(text: str, limit: int = MAX_VALUE_BYTES) -> str:
    """At most `limit` bytes of UTF-8: the first and the last lines, whole, and `…` for those between."""
    if len(text.encode()) <= limit:
        return text
    lines, room = text.split("\n"), limit - len("…\n".encode())
    last = _within(reversed(lines), room // 2)
    first = _within(lines, room - _size(last))
    if not (first and last):
        return fit(text, limit)
    return "\n".join([*first, "…", *reversed(last)])


def _within(lines: Iterable[str], room: int) -> list[str]:
    """Keep as many of these lines as there is room for."""
    taken: list[str] = []
    for line in lines:
        if _size([*taken, line]) > room:
            break
        taken.append(line)
    return taken


def _size(lines: Iterable[str]) -> int:
    """Bytes, with a line end each."""
    return sum(len(line.encode()) + 1 for line in lines)


def _buttons(buttons: Iterable[Button]) -> str:
    rows: list[dict[str, str]] = []
    text = "[]"
    for button in buttons:
        rows.append(_row(button))
        longer = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        if len(longer.encode()) > MAX_VALUE_BYTES:
            break
        text = longer
    return text


def _row(button: Button) -> dict[str, str]:
    row = {"text": button.text, "action": button.action.pack(), "style": button.style.value}
    return row | {"input": button.asks} if button.asks else row
