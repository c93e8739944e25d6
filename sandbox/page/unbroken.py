"""Codes and dates stay in one piece: a browser would break MO-1042 and 12-04 behind their hyphens."""

import re

from markupsafe import Markup, escape

# Short enough to fit a phone's line; `[\w-]` on both sides so that only whole words are taken.
_HYPHENATED = re.compile(r"(?<![\w-])(?=[\w-]{3,20}(?![\w-]))[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+", re.ASCII)


def unbroken(text: str) -> Markup:
    """The text, escaped, with its codes and dates held together."""
    return Markup(_HYPHENATED.sub(r'<span class="unbroken">\g<0></span>', str(escape(text))))
