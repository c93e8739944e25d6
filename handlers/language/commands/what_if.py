"""A change inside other words: asked about without doing it (影响), suggested, or put in another one's place."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from handlers.language.clean import folded, head_of, split_reason
from handlers.language.commands.writes import WRITES, Write, read_when, spell_write
from handlers.language.values.objects import not_read, split_object
from handlers.language.values.quantities import read_quantity
from handlers.language.vocabulary import THIS, Command, Phrase, Typed, Vocabulary
from planning.refusal import Refused


@dataclass(frozen=True, slots=True)
class WhatIf(Command):
    """The inner command's effect, without a change request; its reason may be empty."""

    inner: Write


_ASKING = re.compile(
    r"如果|假如|要是|(?:会|将)?影响(?:到)?(?:谁|哪些人?|什么)|会?怎么?样|的话|呢$|(?<!\S)if(?!\S)", re.IGNORECASE
)
_INSIDE = re.compile("|".join(phrase.zh for phrase in WRITES.values()))
_BY_CHINESE_NAME = {phrase.zh: phrase for phrase in WRITES.values()}


def what_if(typed: Typed) -> WhatIf:
    """`影响 SO-1042 推迟3天`, `影响 改数量 SO-1042 +500`, `影响 SO-1042 取消`; needs no reason.

    Raises `impact-missing`, `ambiguous-number` (choices) and what the inner command raises.
    """
    typed = replace(typed, rest=" ".join(_ASKING.sub(" ", typed.rest).split()))
    if (verb := typed.vocabulary.verb_of(typed.rest)) and verb[0].english in WRITES:
        phrase, _, end = verb
        return _asking(typed, phrase, typed.rest[end:].strip())
    if inside := _INSIDE.search(typed.rest):
        words = f"{typed.rest[: inside.start()]} {typed.rest[inside.end() :]}"
        return _asking(typed, _BY_CHINESE_NAME[inside[0]], " ".join(words.split()))
    read = partial(_kind, today=typed.today)
    words, arguments, key = split_object(typed, read)
    if key is None:
        raise not_read(typed, (words, arguments), read, "impact-missing", "+3d" if typed.is_english else "推迟3天")
    return _asking(typed, WRITES[key], typed.rest)


def write_in(words: str, reason: str, today: date, vocabulary: Vocabulary) -> Write:
    """The change that words ask for; it needs no reason, and no item: `本单` then stands for what is spoken about.

    `reason` is taken where the words give none. Raises what the readers of commands raise.
    """
    head, own = split_reason(words)
    try:
        return _read(head, own or reason, today, vocabulary)
    except Refused as refused:
        if refused.refusal.code != "object-missing":
            raise
    verb = vocabulary.verb_of(folded(head))
    arguments = head[verb[2] :] if verb else head
    return _read(f"{verb[1] if verb else ''} {THIS} {arguments}", own or reason, today, vocabulary)


def _kind(text: str, today: date) -> str | None:
    """Name of the write command that bare arguments belong to; `+2` may be days or pieces."""
    if re.fullmatch(r"[+-]\s*[0-9.]+", text):
        raise Refused("ambiguous-number", found=text, choices=f"{text}天、{text}件")
    if read_when(text, today):
        return "move"
    return "qty" if read_quantity(text) else None


def _asking(typed: Typed, phrase: Phrase, rest: str) -> WhatIf:
    inner = phrase.read(replace(typed, phrase=replace(phrase, needs_reason=False), rest=rest))
    assert isinstance(inner, Write)
    return WhatIf(inner)


def _read(head: str, reason: str, today: date, vocabulary: Vocabulary) -> Write:
    verb = vocabulary.verb_of(folded(head))
    phrase, name, end = verb if verb and verb[0].english in WRITES else (WHAT_IF, WHAT_IF.zh, 0)
    rest = head[end:]
    phrase = replace(phrase, needs_reason=False)
    wanted = phrase.read(Typed(phrase, name, head_of(rest), reason, today, vocabulary, " ".join(rest.split())))
    wanted = wanted.inner if isinstance(wanted, WhatIf) else wanted
    assert isinstance(wanted, Write)
    return wanted


WHAT_IF = Phrase(
    "影响", "yx", "impact",
    "影响 <单号> 推迟N天｜到 <日期>｜+500件", "impact <code> +Nd|to <date>|+500pcs",
    "影响 SO-1042 推迟3天", "impact SO-1042 +3d",
    "只算不改：看看会影响谁、晚几天", "what if: who and what would be affected, nothing is changed",
    read=what_if, spells={WhatIf: lambda command, say: spell_write(command.inner, say)}, aliases=("whatif", "what-if"),
)  # fmt: skip
