"""影响: a write command, or its object and arguments alone, asked without doing it."""

import re
from dataclasses import replace
from datetime import date
from functools import partial

from handlers.language.commands import WhatIf
from handlers.language.numbers import read_quantity
from handlers.language.objects import not_read, split_object
from handlers.language.typed import Typed
from handlers.language.verbs import COMMANDS, spec_named, verb_of
from handlers.language.writes import WRITES, read_when
from planning.refusal import Refused

_ASKING = re.compile(
    r"如果|假如|要是|(?:会|将)?影响(?:到)?(?:谁|哪些人?|什么)|会?怎么?样|的话|呢$|\bif\b", re.IGNORECASE
)
_INSIDE = re.compile("|".join(spec.zh for spec in COMMANDS if spec.english in WRITES))


def what_if(typed: Typed) -> WhatIf:
    """`影响 SO-1042 推迟3天`, `影响 改数量 SO-1042 +500`, `影响 SO-1042 取消`; needs no reason.

    Raises `impact-missing`, `ambiguous-number` (choices) and what the inner command raises.
    """
    typed = replace(typed, rest=" ".join(_ASKING.sub(" ", typed.rest).split()))
    if (verb := verb_of(typed.rest)) and verb[0].english in WRITES:
        spec, _, end = verb
        return _asking(typed, spec.english, typed.rest[end:].strip())
    if inside := _INSIDE.search(typed.rest):
        words = f"{typed.rest[: inside.start()]} {typed.rest[inside.end() :]}"
        return _asking(typed, spec_named(inside[0]).english, " ".join(words.split()))
    read = partial(_kind, today=typed.today)
    words, arguments, key = split_object(typed, read)
    if key is None:
        raise not_read(typed, (words, arguments), read, "impact-missing", "+3d" if typed.is_english else "推迟3天")
    return _asking(typed, key, typed.rest)


def _kind(text: str, today: date) -> str | None:
    """Which write command bare arguments belong to; `+2` may be days or pieces."""
    if re.fullmatch(r"[+-]\s*[0-9.]+", text):
        raise Refused("ambiguous-number", found=text, choices=f"{text}天、{text}件")
    if read_when(text, today):
        return "move"
    return "qty" if read_quantity(text) else None


def _asking(typed: Typed, key: str, rest: str) -> WhatIf:
    spec = replace(spec_named(key), needs_reason=False)
    return WhatIf(WRITES[key](replace(typed, spec=spec, rest=rest)))
