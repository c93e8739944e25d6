"""Everyday verbs in a command's place: `延期 SO-1042 2天`, `SO-1042 往后推两天`, `SO-1042 砍掉500件`.

One code, one verb, one date or amount and nothing else is unmistakable, and is the command that it means. With a
question, a hedge or somebody's wish around it, it is only what may be meant.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from handlers.language.clean import head_of, split_reason
from handlers.language.everyday.offers import is_asked_back, without_reason_to_give, works
from handlers.language.values.change_numbers import change_number
from handlers.language.values.objects import CODE
from handlers.language.vocabulary import Vocabulary, right_form
from planning.refusal import Refused

_LATER = (
    "推迟|延期|延后|延迟|推后|后推|顺延|拖后|后移|拖延|往后[推延挪移拖放调]|向后[推延挪移]|延|推|拖|晚交?|迟交?"
    "|postpone|delay|push(?: out| back)?"
)
_EARLIER = "提前|提早|前移|往前[提推挪移赶调]|向前[提推挪移]|赶早|早交?|加急|advance|pull in|bring forward"
_TO = (
    "(?:改|调|调整|挪|移|拖|提|推|放|延|定|延期|推迟|延后|顺延|提前|提早|往后[推延挪移拖放]|往前[提推挪移赶])(?:到|至)"
    "|reschedule(?= to)"
)
_UP_TO = "(?:数量)?(?:加|增加|加单|追加|减|减少|降|砍|改|调|调整|变)(?:到|至|成|为)"
_MORE = "加单|追加|增加|多做|再做|加"
_LESS = "减单|减少|砍掉|砍|少做|减"
_DROP = "不做了|不要了|不用做了|不生产了|取消掉|作废|砍掉|撤掉|停掉|撤单|drop|scrap"
_VERBS: tuple[tuple[str, str, str], ...] = (
    (_TO, "move", "到"), (_LATER, "move", "推迟"), (_EARLIER, "move", "提前"),
    (_UP_TO, "qty", "到"), (_MORE, "qty", "+"), (_LESS, "qty", "-"), (_DROP, "cancel", ""),
)  # fmt: skip
"""Verb, key of the command it means, and the word for it there: `SO-1042 推迟 …`."""
_IN_ENGLISH: Mapping[str, str] = {"到": "", "推迟": "+", "提前": "-"}
_ITEM = re.compile(rf"(?<![A-Za-z0-9_./-]){CODE}|(?:本|这|该)(?:张|个)?单子?")
_ABOUT = r"(?:的?(?:交期|交货期|交货|日期|时间|完工|数量))?\s*"
_POLITE = re.compile(r"请|麻烦|帮我|帮忙|帮|把|将|给|一下|谢谢|哈|\bplease\b|\bthanks\b", re.IGNORECASE)
_UNSURE = re.compile(
    r"能不能|可不可以|行不行|好不好|要不要|可以|能否|是否|需要|应该|客户|我们|我|想|要|得|再|就|先|了|行吗|好吗|[吗吧么呢]"
    r"|\b(?:can|could|should|we|you|i)\b",
    re.IGNORECASE,
)
"""Words of a question, a hedge or a report: with one of them nothing is unmistakable."""
_IDLE = re.compile(f"{_POLITE.pattern}|{_UNSURE.pattern}", re.IGNORECASE)
_ASKS = re.compile("[?？]")


def unmistakable(text: str, today: date, vocabulary: Vocabulary) -> str | None:
    """The command in its own words, with or without a reason; None where the text might be anything else. A date or
    number in it may still have to be asked back, or be missing."""
    if _ASKS.search(split_reason(text)[0]):
        return None
    forms = list(_meant(text, _POLITE, vocabulary))
    found = next((form for form in forms if works(form, today, vocabulary)), "") or next(
        (form for form in forms if is_asked_back(form, today, vocabulary)), ""
    )
    return without_reason_to_give(found) or None


def likely(text: str, today: date, vocabulary: Vocabulary) -> str | None:
    """The same of a text that asks, hedges or reports; with `<原因>` where a reason is still to be given."""
    return next((form for form in _meant(text, _IDLE, vocabulary) if works(form, today, vocabulary)), None)


def _meant(text: str, idle: re.Pattern[str], vocabulary: Vocabulary) -> Iterator[str]:
    """Commands the text may mean, likeliest first: with its own verb, then with the one that the command knows."""
    item, words, reason = _parted(text, idle)
    for verb, key, lead, said in _read_as(words) if item else ():
        phrase, is_english = vocabulary.named(key), verb.isascii()
        for about in dict.fromkeys((f"{verb}{said}" if not is_english else f"{lead}{said}", f"{lead}{said}")):
            name = phrase.english if is_english else phrase.zh
            yield right_form(name, f"{item} {about}".strip(), reason, phrase.needs_reason, is_english)


def _parted(text: str, idle: re.Pattern[str]) -> tuple[str, str, str]:
    """The only item, the words about it, and the reason; empty where there is no item, or another."""
    head, reason = split_reason(text)
    try:
        head = head_of(head)
    except Refused:
        return "", "", ""
    items = list(_ITEM.finditer(head))
    if len(items) != 1 or change_number(items[0][0]):
        return "", "", ""
    item = items[0]
    words = f"{head[: item.start()]} {head[item.end() :]}"
    return item[0], " ".join(idle.sub(" ", words).split()), reason


def _read_as(words: str) -> Iterator[tuple[str, str, str, str]]:
    for verbs, key, lead in _VERBS:
        pattern = rf"{_ABOUT}(?P<verb>{verbs})\s*(?:by\s+|to\s+)?(?P<said>(?!了).*)"
        if found := re.fullmatch(pattern, words, re.IGNORECASE):
            is_english = found["verb"].isascii()
            yield found["verb"], key, _IN_ENGLISH.get(lead, lead) if is_english else lead, found["said"]
