"""Words of a quoted message, wherever its platform puts them: a text, a rich text, a card's tree, the caption of a
picture, the name of a file, or the messages that were forwarded together."""

import json
from collections.abc import Iterator
from typing import Any

from handlers.events import WORDLESS

MAX_WORDS = 4000
_MAX_DEPTH = 60
_WORDS = frozenset(
    "atname body caption content desc description filename file_name keyname markdown name recognition sub_title_text "
    "summary text title value".split()
)
"""Names of the fields that hold words, in small letters; addresses, ids and codes stand in others."""
_VARIABLES = frozenset({"cardparammap"})
"""Tables whose fields are a template's variables: all of them are words."""


def words_of(quote: Any) -> str:
    """All words of it, in their order; WORDLESS of a quote that the platform hands over without any, empty of none."""
    if not quote:
        return ""
    return " ".join(filter(None, (" ".join(words.split()) for words in _words(quote, True, 0))))[:MAX_WORDS] or WORDLESS


def _words(value: Any, is_word: bool, depth: int, all_words: bool = False) -> Iterator[str]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _words(part, all_words or name.lower() in _WORDS, depth + 1, name.lower() in _VARIABLES)
    elif isinstance(value, list):
        for part in value:
            yield from _words(part, is_word, depth + 1)
    elif isinstance(value, str):
        inner = _json(value)
        if inner is not None:
            yield from _words(inner, False, depth + 1)
        elif is_word and not value.startswith(("http://", "https://")):
            yield value


def _json(text: str) -> Any:
    """What a text holds that is JSON of several parts: cards and forwarded messages come so."""
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict | list) else None
