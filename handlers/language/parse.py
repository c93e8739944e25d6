"""The entrance: what someone typed in a group, as a command or as a refusal that says what to type instead."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from handlers.language.clean import BOT, MAX_HEAD, cleaned, folded, split_mentions, split_reason
from handlers.language.commands.reads import HELP, Help
from handlers.language.commands.writes import WRITES
from handlers.language.everyday.offers import says_no_more, works
from handlers.language.everyday.plain_questions import command_for
from handlers.language.everyday.plain_reasons import with_because
from handlers.language.everyday.suggestions import nearest, with_next_steps
from handlers.language.everyday.verbs import unmistakable
from handlers.language.values.objects import CODE, code_in
from handlers.language.vocabulary import Command, Typed, Vocabulary
from planning.refusal import Refused

UNCLEAR = "report-unclear"
_PLAIN = ("报工", "bg", "dh")
"""Names of reports that no sentence begins with."""
_SHOWN = 40
_MOST_SHOWN = 5
_DOES = {*WRITES, "approve", "reject", "modify", "transfer", "revise", "withdraw", "undo", "extend", "remind"}
"""Commands that do something: what only asks may stand in a reason."""
_ABOUT_REQUESTS = {*_DOES} - {*WRITES}
_SHORT_NUMBER = r"(?:[0-9]{3}(?![0-9A-Za-z])|[0-9]{1,3}号)"
"""Last digits of a request's number: `催办 007`."""
_BETWEEN = r"(?:一下|(?:\s+[a-z]+){1,4})?\s*"
"""What may stand before them: `remind Zhou Ming on 007`."""
_JOINT = re.compile(r"[\s,，、]*(?:\b(?:and|then)|然后|另外|顺便)[\s,，、]*$", re.IGNORECASE)
_NEEDS_NO_MORE = {"cancel"}
"""A name and a code say no more than that it happened: `因为 取消 SO-1043`."""
_TELLS = re.compile(r"(?:了|过|后|时|的)\W*$")
# 修改 CR-… 改期 … and 驳回 CR-… 建议 改期 … hold a command.
_HOLDS = re.compile(
    rf"(?:建议|suggest(?:ion)?|(?:修改|modify|xg|yqxg|revise)\s*{CODE})[\s:：,，]*$", re.IGNORECASE
)


def parse(
    text: str, today: date, vocabulary: Vocabulary, bot: str = BOT, mentions: tuple[str, ...] = ()
) -> Command:
    """The command in a group message. `today` is the local date; `bot` the name people mention the bot by; `mentions`
    those who are mentioned beside the text, `@…`.

    Raises `planning.refusal.Refused` for anything that is not exactly one command in a form we are sure of: nothing
    is guessed and then done. An empty message asks for help.
    """
    asked, in_front = split_mentions(cleaned(text), bot)
    if not any(c.isalnum() for c in asked):
        return Help()
    _refuse_two(asked, today, vocabulary)
    asked = command_for(asked) or with_because(asked, today, vocabulary) or asked
    typed = _typed(asked, today, vocabulary) or _in_everyday_words(asked, today, vocabulary)
    if typed is None:
        form = nearest(asked, today, vocabulary)
        offers = [form] if form != HELP.zh and says_no_more(form, asked) else []
        raise Refused("not-understood", offers=offers, found=cut_short(asked), nearest=form)
    typed = replace(typed, mentions=tuple(dict.fromkeys((*in_front, *mentions))))
    try:
        return typed.phrase.read(typed)
    except Refused as refused:
        raise with_next_steps(refused, typed) from None


def _typed(text: str, today: date, vocabulary: Vocabulary) -> Typed | None:
    """What begins with a command's name; where that is an everyday word, only what is wholly read."""
    typed = Typed.of(text, today, vocabulary)
    if typed is None or not typed.phrase.everyday:
        return typed
    try:
        typed.phrase.read(typed)
    except Refused as refused:
        if refused.refusal.code == UNCLEAR and not _is_plainly(typed):
            return None
    return typed


def _is_plainly(typed: Typed) -> bool:
    """报工 with a code behind it is nothing else, whatever follows."""
    return typed.name.lower() in _PLAIN and bool(code_in(typed.rest.split(" ")[0]))


def _in_everyday_words(text: str, today: date, vocabulary: Vocabulary) -> Typed | None:
    restated = unmistakable(text, today, vocabulary)
    return Typed.of(restated, today, vocabulary) if restated else None


def _refuse_two(text: str, today: date, vocabulary: Vocabulary) -> None:
    """Several commands in one message would be several changes with one reason: one at a time."""
    commands = _parts(text, today, vocabulary)
    if len(commands) > 1:
        shown = "、".join(f"「{cut_short(command)}」" for command in commands[:_MOST_SHOWN])
        offers = _by_themselves(commands, today, vocabulary)
        raise Refused("two-commands", offers=offers, count=len(commands), commands=shown)


def _by_themselves(commands: list[str], today: date, vocabulary: Vocabulary) -> list[str]:
    """Each command as it can be sent; a reason that was given once is that of all."""
    reasons = {reason for command in commands if (reason := split_reason(command)[1])}
    offers = []
    for command in commands[:_MOST_SHOWN]:
        typed = Typed.of(command, today, vocabulary)
        if typed is None:
            continue
        reason = typed.reason or (next(iter(reasons)) if len(reasons) == 1 and typed.phrase.needs_reason else "")
        sample = reason or ("x" if typed.phrase.needs_reason else "")
        for said in (typed, _of_its_number_alone(typed)):
            if works(replace(said, reason=sample).spelt, today, vocabulary):
                offers.append(replace(said, reason=reason).spelt)
                break
    return offers


def _of_its_number_alone(typed: Typed) -> Typed:
    number = re.search(_SHORT_NUMBER, typed.raw)
    return replace(typed, raw=number[0]) if number else typed


def _parts(text: str, today: date, vocabulary: Vocabulary) -> list[str]:
    """The pieces that are commands: the first, and later lines or clauses that could stand alone."""
    lines = text.split("\n")
    return [
        _JOINT.sub("", piece).strip()
        for line in lines
        for place, clause in enumerate(re.split("[;；。]", line))
        for piece in _within(clause, today, vocabulary)
        if _stands_alone(piece, vocabulary, is_line=place == 0) or _reports(piece, today, vocabulary)
    ]


def _within(clause: str, today: date, vocabulary: Vocabulary) -> Iterator[str]:
    """`改期 SO-1042 +2天，改数量 SO-1043 3000 因为 …` is two commands; what a reason only mentions is none."""
    plain, head = folded(clause), len(split_reason(clause)[0])
    found = list(re.finditer(rf"{vocabulary.any_name}\s*{CODE}", plain, re.IGNORECASE))[1:]
    found += list(_of_requests(plain, vocabulary))[1:]
    found.sort(key=re.Match.start)
    starts = [one.start() for one in found if not _HOLDS.search(plain, 0, one.start())]
    pieces = pairwise([*starts, len(clause)])
    starts = [at for at, end in pieces if at < head or _is_given(clause, at, end, today, vocabulary)]
    for start, end in pairwise([0, *starts, len(clause)]):
        yield clause[start:end]


def _of_requests(plain: str, vocabulary: Vocabulary) -> Iterator[re.Match[str]]:
    """`驳回 012，催办 007`: what is to become of requests that are named by their last digits."""
    for found in re.finditer(rf"(?P<name>{vocabulary.any_name}){_BETWEEN}{_SHORT_NUMBER}", plain, re.IGNORECASE):
        if vocabulary.named(found["name"].lower()).english in _ABOUT_REQUESTS:
            yield found


def _is_given(clause: str, start: int, end: int, today: date, vocabulary: Vocabulary) -> bool:
    """Check whether what stands in a reason is a command all the same: it reads as one, and has a reason of its own, or
    begins a word and says all that is needed. `取消 SO-1043 了` and `客户改期 SO-1043 推迟2天` tell of something; what
    要求修改 wishes for is its own."""
    typed = Typed.of(clause[start:end], today, vocabulary) if end - start <= MAX_HEAD else None
    if typed is None or typed.phrase.english not in _DOES:
        return False
    if not typed.reason and (_TELLS.search(clause[start:end]) or clause[start - 1].isalnum()):
        return False
    if not typed.reason and (typed.phrase.english in _NEEDS_NO_MORE or _wishes(clause, typed, vocabulary)):
        return False
    try:
        return bool(typed.phrase.read(replace(typed, reason=typed.reason or "x")))
    except Refused:
        return False


def _wishes(clause: str, inner: Typed, vocabulary: Vocabulary) -> bool:
    outer = vocabulary.verb_of(folded(clause))
    return outer is not None and outer[0].english == "modify" and inner.phrase.english in WRITES


def _stands_alone(piece: str, vocabulary: Vocabulary, is_line: bool) -> bool:
    """A command's name with a code after it, or on its own line with a number or nothing.

    `取消展会` and `取消2个展位` in a reason are no second command.
    """
    verb = vocabulary.verb_of(folded(piece))
    if verb is None:
        return False
    rest = folded(piece[verb[2] :]).strip()
    if is_line and (not rest or any(c.isdigit() for c in rest) or folded(piece).lstrip().startswith("/")):
        return True
    return bool(code_in(rest)) or (
        verb[0].english in _ABOUT_REQUESTS and bool(re.match(rf"{_BETWEEN}{_SHORT_NUMBER}", rest, re.IGNORECASE))
    )


def _reports(piece: str, today: date, vocabulary: Vocabulary) -> bool:
    typed = Typed.of(piece, today, vocabulary) if len(piece) <= MAX_HEAD else None
    return typed is not None and typed.phrase.everyday and works(piece, today, vocabulary)


def cut_short(text: str) -> str:
    """A text in one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
