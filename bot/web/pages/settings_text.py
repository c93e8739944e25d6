"""A section of the settings as text: as it is exported, and read back with the lines of what is wrong."""

from typing import Any

import yaml

from bot.settings.document import Document
from cards.words import Words

LONGEST = 100_000


class Unreadable(ValueError):
    """The text is no section; as a sentence."""


def as_text(document: Any) -> str:
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=100) if document else ""


def read(text: str, words: Words) -> Any:
    """Values as they are typed in a settings file. Raises Unreadable."""
    if len(text) > LONGEST:
        raise Unreadable(words("setting.text.long", most=LONGEST))
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text)):
            raise Unreadable(words("setting.text.alias"))
        document = Document(text)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        if isinstance(error, Unreadable):
            raise
        mark = getattr(error, "problem_mark", None)
        raise Unreadable(words("setting.text.unreadable", line=mark.line + 1 if mark else 1)) from None
    if document.findings:
        first = document.findings[0]
        raise Unreadable(words("setting.text.twice", name=first.facts["name"], line=document.line_of(first.path)))
    return _without_empty(document.values)


def _without_empty(value: Any) -> Any:
    """Empty keys are dropped, as in a file."""
    if isinstance(value, dict):
        return {str(key): _without_empty(part) for key, part in value.items() if part is not None}
    return [_without_empty(part) for part in value] if isinstance(value, list) else value
