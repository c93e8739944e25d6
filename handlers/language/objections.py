"""驳回, 要求修改 and 修改: saying no, saying what instead, and proposing that."""

import re
from dataclasses import replace
from datetime import date

from handlers.language.clean import folded, head_of, split_reason
from handlers.language.commands import THIS, Modify, Reject, Revise, Write
from handlers.language.decisions import clear_words, number_and_words
from handlers.language.objects import code_in
from handlers.language.typed import Typed
from handlers.language.verbs import spec_named, verb_of
from handlers.language.what_if import what_if
from handlers.language.writes import WRITES, read_when
from planning.refusal import Refused

_INSTEAD = re.compile(
    r"(?:^|(?<=[\s,;.:!?，。；：！？、)）]))(?:建议|suggest(?:ion)?)(?=[\s:：,，0-9+-]|[^\x00-\x7f])[\s:：,，]*",
    re.IGNORECASE,
)
_AROUND = " ,，.。:：;；、"
_ASKS = re.compile(r"[吗么呢?？\s]+")


def reject(typed: Typed) -> Reject:
    """Words after the number are the reason, with or without 因为; `建议 <命令>` at their end is what to do instead.

    Raises `reason-missing`, `decision-unclear`.
    """
    change_no, words = clear_words(typed)
    said, suggestion = split_suggestion(words, typed.today)
    reason = typed.reason
    if suggestion:
        suggestion = f"{suggestion} 因为 {reason}" if reason else suggestion
        reason = said or reason
    else:
        reason, suggestion = split_suggestion(" ".join([words, reason]).strip(), typed.today)
    if not reason:
        raise typed.refused("reason-missing", example=change_no)
    return Reject(change_no, reason, suggestion)


def modify(typed: Typed) -> Modify:
    """Words after the number are what to propose instead, with or without 因为. Raises `reason-missing`,
    `decision-unclear`."""
    change_no, words = number_and_words(typed)
    if words and not _ASKS.sub("", words):
        raise typed.refused("decision-unclear", found=typed.raw, example=change_no)
    wish = " ".join([words, typed.reason]).strip()
    if not wish:
        raise typed.refused("reason-missing", example=change_no)
    return Modify(change_no, wish)


def revise(typed: Typed) -> Revise:
    """What follows the number is the command to propose instead; without an item it is about the same one.

    Raises `change-missing`, `revise-missing`, and what the command raises.
    """
    change_no, words = number_and_words(typed)
    command = f"{change_no} " + ("move this +2d" if typed.is_english else f"改期 {THIS} 推迟2天")
    if not words:
        raise typed.refused("revise-missing", example=command)
    try:
        return Revise(change_no, write_in(words, typed.reason, typed.today))
    except Refused as refused:
        facts = dict(refused.refusal.facts)
        if "example" not in facts:
            raise
        raise typed.refused("revise-missing", found=words, example=command) from None


def split_suggestion(text: str, today: date) -> tuple[str, str]:
    """A reason and the command it ends in after 建议 or suggest, or only its date or days (`推迟3天`); empty: it only
    speaks of suggesting something."""
    plain = folded(text)
    for mark in _INSTEAD.finditer(plain):
        suggested = plain[mark.end() :]
        if _reads_like_a_command(suggested) or _reads_like_a_date(suggested, today):
            return text[: mark.start()].strip(_AROUND), " ".join(text[mark.end() :].split())
    return text, ""


def speaks_of_suggesting(text: str) -> bool:
    """Whether 建议 stands in it as if something were to follow."""
    return any(text[mark.end() :].strip(_AROUND) for mark in _INSTEAD.finditer(folded(text)))


def write_in(words: str, reason: str, today: date) -> Write:
    """The change that words ask for; it needs no reason, and no item: `本单` then stands for what is spoken about.

    `reason` is taken where the words give none. Raises what the readers of commands raise.
    """
    head, own = split_reason(words)
    try:
        return _read(head, own or reason, today)
    except Refused as refused:
        if refused.refusal.code != "object-missing":
            raise
    verb = verb_of(folded(head))
    arguments = head[verb[2] :] if verb else head
    return _read(f"{verb[1] if verb else ''} {THIS} {arguments}", own or reason, today)


def _read(head: str, reason: str, today: date) -> Write:
    verb = verb_of(folded(head))
    if verb is None or verb[0].english not in WRITES:
        spec = spec_named("影响")
        return what_if(Typed(spec, spec.zh, head_of(head), reason, today, " ".join(head.split()))).inner
    spec, name, end = verb
    rest = head[end:]
    typed = Typed(replace(spec, needs_reason=False), name, head_of(rest), reason, today, " ".join(rest.split()))
    return WRITES[spec.english](typed)


def _reads_like_a_date(text: str, today: date) -> bool:
    """All of it; one that cannot be, or may be two, is one all the same: whoever wrote it is asked."""
    try:
        return read_when(head_of(split_reason(text)[0]), today) is not None
    except Refused:
        return True


def _reads_like_a_command(text: str) -> bool:
    """`改期 SO-1042 到 12-08`, `SO-1042 推迟3天`; but not `取消` or `改期再说`, which are prose."""
    verb = verb_of(text)
    if verb is None:
        return bool(code_in(text.split(" ", 1)[0]))
    rest = text[verb[2] :]
    return verb[0].english in WRITES and (any(c.isdigit() for c in rest) or (rest[:1].isspace() and bool(rest.strip())))
