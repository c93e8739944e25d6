"""Suggestions of what to type instead: the nearest right form for text that is no command, an example that works for
one that is."""

import difflib
import re
from collections.abc import Iterator
from datetime import date

from handlers.language.clean import head_of, split_reason
from handlers.language.commands.reads import HELP
from handlers.language.everyday.offers import in_its_place, keeps, says_no_more, works
from handlers.language.everyday.verbs import likely
from handlers.language.values.change_numbers import change_number, numbers_in
from handlers.language.values.objects import code_in
from handlers.language.vocabulary import Takes, Typed, Vocabulary, right_form
from planning.refusal import Refused

_MISSING = {
    "when-missing": "<日期>", "no-such-date": "<日期>", "quantity-missing": "<数量>", "duration-missing": "<天数>",
    "freeze-dates": "<起~止>",
}  # fmt: skip
"""What is still to be said after a refusal."""
_ALIKE = 0.5
_ALIKE_LETTERS = 0.6
_GUESSES = 10
"""So many misspelt names are tried, likeliest first."""
_AMOUNT = re.compile(r"(?:[+-]|[加减增少]|到)\s*[0-9一二两三四五六七八九十]")
_NOT = r"(?:不要?|别|勿|莫|没有?|甭|无需|not|don't|never)\s*(?:再|给|先|想|用|能|可以?|需要?|必|会)?\s*"
"""Before a command's name: whoever says so wants anything but that."""
_NO = "不别勿莫没未"
_DROPPED = re.compile(r"取消|不要(?=了|$|\s*[A-Z])|不做了|撤单|砍掉|作废|cancel", re.IGNORECASE)
_KEPT = re.compile(rf"(?:{_NOT}|先\s*)(?:不?做|取消|撤单|砍掉|作废|cancel)", re.IGNORECASE)
"""不要取消 and 先不做 are no wish to drop it."""
_DENIES = re.compile(
    r"[不别勿莫甭未没]|无法|拒绝|反对|禁止|停止|暂缓|(?<![a-z])(?:dis(?=[a-z])|un(?=appro))"
    r"|(?:do|did|does|wo|ca|should|must)n['’ ]?t(?![a-z])"
    r"|(?<![a-z])(?:no|not|never|cannot|dont|wont|stop|hold|wait)(?![a-z])",
    re.IGNORECASE,
)
_NO_DENIAL = re.compile("不同意|能不能|可不可以|要不要|是不是|行不行|好不好|不好意思|没问题|不错|[特分区级类]别")
_SPACED_CODE = re.compile(r"[A-Z]{2,4} +[0-9]{3,}(?![0-9])", re.IGNORECASE)
"""MO 2432 is a code with a blank in it, and no slip for move."""
_CHINESE_RUN = re.compile("[\u4e00-\u9fff]+")
_COURTESY = re.compile(
    "请|麻烦|帮我|帮忙|帮|能不能|可不可以|可以|需要|应该|把|将|给|想|要|得|吗|吧|一下|这个|那个|我们|客户|交期|的|\\bplease\\b",
    re.IGNORECASE,
)


def nearest(text: str, today: date, vocabulary: Vocabulary) -> str:
    """A form that would be understood, with `<原因>` where a reason is still to be given; `帮助` when none is near."""
    head, reason = split_reason(text)
    try:
        head = head_of(head)
    except Refused:
        return HELP.zh
    if _denies(head):
        guesses = _said_no(head)
    elif form := likely(text, today, vocabulary):
        return form
    else:
        guesses = _guesses(head, vocabulary)
    for name, rest in guesses:
        phrase = vocabulary.named(name)
        if phrase is HELP or _is_refused(name, head) or (phrase.takes is not Takes.WORDS and code_in(rest)):
            continue
        english = name.isascii() and name != phrase.pinyin
        words = "" if phrase.takes is Takes.ANYTHING else rest
        because = reason if phrase.needs_reason else ""
        form = right_form(name, words, because, phrase.needs_reason, english)
        if works(form, today, vocabulary) and keeps(head, form):
            return form
    return HELP.zh


def _is_refused(name: str, head: str) -> bool:
    """不要取消, 别改期: the name is there, and is not wanted."""
    return re.search(rf"{_NOT}{re.escape(name)}", head, re.IGNORECASE) is not None


def with_next_steps(refused: Refused, typed: Typed) -> Refused:
    """An `example` among its facts is made of the person's words where that makes a command that works, else it is the
    phrase's own; what can be done with one tap is offered."""
    code, facts, offers = refused.refusal.code, dict(refused.refusal.facts), refused.refusal.offers
    said = f"{typed.raw} {typed.reason}"
    if "example" in facts and not works(facts["example"], typed.today, typed.vocabulary):
        facts["example"] = typed.phrase.example_en if typed.is_english else typed.phrase.example
    elif "example" in facts and says_no_more(facts["example"], said) and keeps(said, facts["example"]):
        offers = offers or (facts["example"],)
    return Refused(code, offers=offers or in_its_place(refused, typed) or _to_complete(refused, typed), **facts)


def _to_complete(refused: Refused, typed: Typed) -> tuple[str, ...]:
    """The command with a hole where what is missing, or no such day, is still to be said; none where it is not clear
    what the rest is about."""
    hole, found = _MISSING.get(refused.refusal.code, ""), refused.refusal.facts.get("found", "")
    if not hole:
        return ()
    wrong = rf"(?:[改推挪]?[到至]|\bto)?\s*{re.escape(found)}$" if refused.refusal.code == "no-such-date" else "$"
    about = re.sub(wrong, "", typed.rest, count=1).strip()
    is_clear = about == code_in(about) if typed.phrase.needs_reason else bool(about)
    form = typed.example(f"{about} {hole}")
    return (form,) if is_clear and works(form, typed.today, typed.vocabulary) else ()


def _guesses(head: str, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Commands that may be meant with the words they leave, likeliest first."""
    inside = list(_in_the_middle(head, vocabulary))
    code = code_in(head)
    yield from (guess for guess in inside if code)
    yield from _misspelt(head, vocabulary)
    yield from inside
    yield from (guess for guess in _unnamed(head, code) if guess[0] in vocabulary.by_name)


def _denies(head: str) -> bool:
    """Check whether somebody wants a command not to be done: none that does it is suggested."""
    return bool(_DENIES.search(_NO_DENIAL.sub(" ", head)))


def _said_no(head: str) -> Iterator[tuple[str, str]]:
    """What may be asked by somebody who says no; `不要 SO-1042 了` cancels it."""
    if changes := numbers_in(head):
        yield "谁知道", changes[0]
    elif code := code_in(head):
        if _DROPPED.search(head) and not _KEPT.search(head):
            yield "取消", code
        yield "查计划", code


def _in_the_middle(head: str, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """`把 SO-1042 改期到 12-05`, `请帮我改期 SO-1042 …`: the name is there, only not in front."""
    if found := re.search(vocabulary.any_name, head, re.IGNORECASE):
        before, after = head[: found.start()], head[found.end() :].strip()
        code = code_in(before)
        about = before[max(0, before.find(code)) :]  # what stands before the code is no part of its name
        yield found[0].lower(), f"{_plain_words(about)} {after}".strip() if code else after


def _unnamed(head: str, code: str) -> Iterator[tuple[str, str]]:
    """No command's name at all: what its code, date, number or verb speaks for."""
    if change := change_number(code):
        yield "谁知道", change
    elif code:
        yield from _about(code, head)
        return
    yield "改期", _plain_words(head)
    if _AMOUNT.search(head):
        yield "改数量", _plain_words(head)


def _about(code: str, head: str) -> Iterator[tuple[str, str]]:
    """An item's code, and words around it."""
    before, after = head.split(code, 1)
    for name in ("改期", "改数量"):
        for words in dict.fromkeys((f"{after} {before}", f"{before} {after}")):
            yield name, f"{code} {_plain_words(words)}"
    if _DROPPED.search(head) and not _KEPT.search(head):
        yield "取消", code
    yield "查计划", code


def _plain_words(text: str) -> str:
    return " ".join(_COURTESY.sub(" ", text).split())


def _misspelt(head: str, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """The first word, or the first two to four Chinese characters, as a command's name written wrongly."""
    word = head.lstrip("/").split(" ", 1)[0]
    if _SPACED_CODE.match(head):
        return
    if word.isascii():
        letters = [name for name in vocabulary.telling if name.isascii()]
        for name in difflib.get_close_matches(word.lower(), letters, n=3, cutoff=_ALIKE_LETTERS):
            if not word.lower().endswith(name) or word.lower() == name:
                yield name, head.lstrip("/")[len(word) :].strip()
        return
    run = _CHINESE_RUN.match(head.lstrip("/"))
    start = run[0] if run else ""
    names = [name for name in vocabulary.telling if not name.isascii()]
    pairs = [(name, start if len(start) <= 4 else start[: len(name)]) for name in names]
    pairs += [(name, start[: len(name)]) for name, _ in pairs]
    ranked = sorted(((_alike(name, part), name, part) for name, part in set(pairs)), reverse=True)
    for ratio, name, part in ranked[:_GUESSES]:
        left = head.lstrip("/")[len(part) :]
        if ratio >= _ALIKE and _is_a_slip(name, part) and not _CHINESE_RUN.match(left):
            yield name, left.strip()


def _is_a_slip(name: str, typed: str) -> bool:
    """One character other, too many or missing; but 不批 is no slip for 批准, nor `disapprove` for `approve`."""
    if typed[:1] != name[:1] and (typed[:1] in _NO or typed.endswith(name)):
        return False
    same = sum(block.size for block in difflib.SequenceMatcher(None, name, typed).get_matching_blocks())
    return same >= max(len(name), len(typed)) - 1


def _alike(name: str, typed: str) -> float:
    return difflib.SequenceMatcher(None, name, typed).ratio()
