"""Make typed text readable: no invisible characters, no mentions, one spelling for every digit and dash.

All steps are linear in the length of the text, and the length is checked before anything else.
"""

import re
import unicodedata

from planning.refusal import Refused

MAX_TEXT = 2000
MAX_HEAD = 200
"""The command before its reason: room for a code, a long title, a date."""

BOT = "通盘"

ANY_REASON = " 因为 x"
"""Behind a change that lacks its reason, so that the rest of it can be read."""
_INVISIBLE = {"Cc", "Cf", "Cs"}
_PICTURES = {"So", "Sk", "Me", "Mn", "Co"}
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣"), "-")
# One character for one, so that a place found in the folded text is the same place in the text as typed.
_ONE_TO_ONE = {0xFF01 + i: chr(0x21 + i) for i in range(94)} | {0x3000: " "} | _DASHES
_PUNCTUATION = dict.fromkeys(map(ord, ",;:!?。、·…|\"'“”‘’「」『』【】《》〈〉()[]{}<>#`*"), " ")
_THOUSANDS = re.compile(r"(?<![A-Za-z0-9.-])([+-]?[0-9]{1,3}(?:,[0-9]{3})+)(?![0-9,])")
_OR = re.compile(
    r"(?<![A-Za-z0-9_.-])([0-9]{1,2})、([0-9]{1,2})(?=\s*(?:个|天|日|周|星期|礼拜|工作日|件|台|套|箱))"
    r"|(?<=[一二两三四五六七八])、(?=[二三四五六七八九])"
)
"""`3、4天` is three or four days, not two words."""
_ARROWS = re.compile("-+>|=+>|→|⇒")
_LEADING_MENTIONS = re.compile(r"^(?:\s*@[^\s@,:/、]+(?:\s+|$))+")
_REASON = re.compile(
    r"(?:因为|由于|原因(?:是|[:：\s])|(?<![A-Za-z])(?:because(?:\s+of\b)?|reason\s*[:：])|(?<=[\W天日号件个])因(?!为))[\s:：,，]*",
    re.IGNORECASE,
)


def cleaned(text: str) -> str:
    """The text without control and zero-width characters; lines end in `\\n`, other white space is a space.

    Raises `too-long` (length, limit).
    """
    if len(text) > MAX_TEXT:
        raise Refused("too-long", length=len(text), limit=MAX_TEXT)
    lines = "\n".join(text.splitlines())
    spaced = (c if c == "\n" or not c.isspace() else " " for c in lines)
    return "".join(c for c in spaced if c == "\n" or unicodedata.category(c) not in _INVISIBLE)


def folded(text: str) -> str:
    """Full-width characters and dashes in their ASCII form, every character at its own place."""
    return text.translate(_ONE_TO_ONE)


def without_mentions(text: str, bot: str = BOT) -> str:
    """Drops `@bot` wherever it stands and any other mentions in front."""
    return split_mentions(text, bot)[0]


def split_mentions(text: str, bot: str = BOT) -> tuple[str, tuple[str, ...]]:
    """The text without `@bot` wherever it stands and without the mentions in front, and these."""
    text = without_name(text, bot)
    end = _end_of_mentions(folded(text))
    return text[end:].strip(), tuple(folded(text[:end]).split())


def without_name(text: str, *names: str) -> str:
    """Drops `@name` wherever it stands, whatever it runs into; the longest first, of which another may be the
    beginning."""
    for name in sorted(filter(None, names), key=len, reverse=True):
        for mention in (f"@{name}", f"＠{name}"):
            text = text.replace(mention, " ")
    return text


def _end_of_mentions(text: str) -> int:
    mentions = _LEADING_MENTIONS.match(text)
    return mentions.end() if mentions else 0


def split_reason(text: str) -> tuple[str, str]:
    """The command and its reason, the reason in the words as typed on one line; empty when there is none."""
    head, why = split_why(text)
    return head, why if any(c.isalnum() for c in why) else ""


def split_why(text: str) -> tuple[str, str]:
    """`split_reason`, where signs alone (`因为 👎`) are something that was said."""
    marker = _REASON.search(folded(text))
    if marker is None:
        return text, ""
    return text[: marker.start()], " ".join(text[marker.end() :].split())


def _plain_character(character: str) -> str:
    """NFKC, except for ² and ½ and ①: 10² is no 102."""
    return character if unicodedata.category(character) == "No" else unicodedata.normalize("NFKC", character)


def head_of(text: str) -> str:
    """A command without its reason, ready for the argument readers: NFKC, no pictures, punctuation as spaces.

    Raises `command-too-long` (length, limit).
    """
    text = _OR.sub(lambda either: f"{either[1]}~{either[2]}" if either[1] else "", _ARROWS.sub("到", text))
    plain = "".join(map(_plain_character, text)).translate(_DASHES)
    if len(plain) > MAX_HEAD:
        raise Refused("command-too-long", length=len(plain), limit=MAX_HEAD)
    plain = "".join(" " if unicodedata.category(c) in _PICTURES else c for c in plain)
    plain = _THOUSANDS.sub(lambda number: number[1].replace(",", ""), plain)
    return " ".join(plain.translate(_PUNCTUATION).split())
