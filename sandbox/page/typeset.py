"""Text as the page sets it: what belongs together stays on one line, and marks look the same on every machine."""

import re

from markupsafe import Markup, escape

# A browser would break MO-1042 and 12-04 behind their hyphens. Twenty characters still fit a phone's line;
# the lookarounds see to it that only whole words are taken.
_HELD = re.compile(
    r"""(?<![\w-])(?:
      \d[\d-]{3,9}[~～]\d[\d-]{3,9}                             # 12-03～12-06
    | (?=[\w-]{3,20}(?![\w-]))[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+    # MO-1042, 12-04
    | (?:计划)?第\ ?\d{1,6}\ ?版
    )(?![\w-])""",
    re.ASCII | re.VERBOSE,
)
MARKS = {
    "✅": "yes", "❌": "no", "⏳": "open", "⚠": "warning", "⛔": "stop", "ℹ": "info",
    "🔒": "lock", "🔓": "unlock", "⏰": "due", "⏫": "up", "📌": "pin", "⚡": "swift", "📣": "told", "📥": "brought",
    "📅": "day", "🔏": "sealed", "🔑": "key", "📦": "goods",
    "🟢": "green", "🟡": "yellow", "🟠": "orange", "🔴": "red", "⚪": "white",
}  # fmt: skip
"""Drawn by `marks.css`: a phone has colourful signs for them, a bare desk has empty boxes."""
_MARK = re.compile(rf"([{''.join(MARKS)}])\ufe0f?")


def typeset(text: str) -> Markup:
    """The text, escaped, with its codes, dates and revisions held together and its marks drawn."""
    held = _HELD.sub(r'<span class="unbroken">\g<0></span>', str(escape(text)))
    return Markup(_MARK.sub(_drawn, held))


def _drawn(match: re.Match[str]) -> str:
    """A mark that leads its line stands in the place of a bullet."""
    lead = "" if match.start() else " lead"
    return f'<span class="mark {MARKS[match[1]]}{lead}">{match[0]}</span>'
