"""影响: a write command, or its object and arguments alone, asked without doing it."""

import re
from dataclasses import replace
from datetime import date

from handlers.language.commands import WhatIf
from handlers.language.objects import split_object
from handlers.language.quantities import read_quantity
from handlers.language.typed import Typed
from handlers.language.verbs import NAME, spec_named, verb_of
from handlers.language.writes import WRITES, read_when
from planning.refusal import Refused

_INSIDE = re.compile(rf"(?<=[^A-Za-z])({NAME})", re.IGNORECASE)


def what_if(typed: Typed) -> WhatIf:
    """`影响 SO-1042 推迟3天`, `影响 改数量 SO-1042 +500`, `影响 SO-1042 取消`; needs no reason.

    Raises `impact-missing`, `ambiguous-number` (choices) and what the inner command raises.
    """
    if verb := verb_of(typed.rest):
        spec, _, end = verb
        return _asking(typed, spec.english, typed.rest[end:].strip())
    if inside := _INSIDE.search(typed.rest):
        words = f"{typed.rest[: inside.start()]} {typed.rest[inside.end() :]}"
        return _asking(typed, spec_named(inside[1]).english, " ".join(words.split()))
    words, arguments, key = split_object(typed, lambda text: _kind(text, typed.today))
    if key is None:
        raise typed.refused("impact-missing", found=arguments, example=f"{words or '<单号>'} 推迟3天")
    return _asking(typed, key, typed.rest)


def _kind(text: str, today: date) -> str | None:
    """Which write command bare arguments belong to; `+2` may be days or pieces."""
    if re.fullmatch(r"[+-]\s*[0-9.]+", text):
        raise Refused("ambiguous-number", found=text, choices=f"{text}天、{text}件")
    if read_when(text, today):
        return "move"
    return "qty" if read_quantity(text) else None


def _asking(typed: Typed, key: str, rest: str) -> WhatIf:
    if key not in WRITES:
        raise typed.refused("impact-missing", found=rest, example="SO-1042 推迟3天")
    spec = replace(spec_named(key), needs_reason=False)
    return WhatIf(WRITES[key](replace(typed, spec=spec, rest=rest)))
