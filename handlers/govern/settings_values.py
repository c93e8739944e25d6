"""Values of the settings as people say them: read into what a document holds, and told in their words."""

import re
from collections.abc import Mapping
from typing import Any

from handlers.govern.settings_entries import listed
from handlers.govern.settings_fields import Field, Option, Way, called, options_of
from handlers.turn import Turn

MOST = 12
"""Choices that are named in a sentence."""
_BETWEEN = re.compile(r"[,，、;；]+")
_ON = {"是": "true", "开": "true", "启用": "true", "否": "false", "关": "false", "停用": "false"}
_NOTHING = {"无", "没有", "none", "-"}
_RUNG = re.compile(r"(?P<after>[0-9]+)\s*(?:小时|h|:|：)?\s*(?P<do>.+)", re.IGNORECASE)


def value_of(turn: Turn, field: Field, said: str, before: Any) -> Any:
    """What the document holds where somebody says this; what is no choice stays as it was said, to be refused by the
    settings' own sentence. `before`: what stands there, whose terms stay. None: nothing."""
    if said.casefold() in _NOTHING:
        return None
    options = options_of(turn)[field.options] if field.options else []
    match field.way:
        case Way.ON | Way.OFF:
            return _ON.get(said, said)
        case Way.CHOICE:
            return _chosen(options, said)
        case Way.MANY | Way.LINES:
            return [_chosen(options, one) for one in _parts(said)]
        case Way.APPROVALS:
            terms = {str(one["who"]): one for one in listed(before) if isinstance(one, Mapping) and "who" in one}
            return [terms.get(who, who) for who in (_chosen(options, one) for one in _parts(said))]
        case Way.LADDER:
            rungs = [(one, _RUNG.fullmatch(one)) for one in _parts(said)]
            return [{"after": found["after"], "do": _chosen(options, found["do"])} if found else one
                    for one, found in rungs]  # fmt: skip
    return said


def in_words(turn: Turn, section: str, field: Field, value: Any) -> str:
    if value in (None, "", [], {}):
        return turn.words("rule.value-none")
    if isinstance(value, list):
        return turn.words.list([in_words(turn, section, field, one) for one in value])
    if isinstance(value, Mapping):
        return " ".join(called(turn, section, field.key, one) for one in value.values())
    return called(turn, section, field.key, value)


def choices_of(turn: Turn, field: Field) -> list[Option]:
    """What there is to choose for it; what is on or off is a choice of two; empty: it is written."""
    if field.way in (Way.ON, Way.OFF):
        return [("true", turn.words("setting.form.yes")), ("false", turn.words("setting.form.no"))]
    return options_of(turn)[field.options] if field.options else []


def _parts(said: str) -> list[str]:
    return [one.strip() for one in _BETWEEN.split(said) if one.strip()]


def _chosen(options: list[Option], said: str) -> str:
    """By what stands in the document, or as people call it."""
    return next((value for value, name in options if said.casefold() in (value.casefold(), name.casefold())), said)
