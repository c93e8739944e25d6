"""Items that somebody speaks of: by code, by words of a title, by what was quoted or spoken of before."""

import math
import re
from collections.abc import Iterator
from functools import partial

from handlers.inbound.speech.heard import Heard
from handlers.language import THIS
from handlers.language.speech.glossary import in_chinese
from planning.plan.item import Item

_EAGER = 0.6
_COVERED = 0.3
"""Share of what the words say that an item's title has to hold."""
_AS_WELL = 0.05
"""So much less makes a second item one that may be meant as well."""
_ENDS = re.compile(
    r"^(?:我|说|把|将|给我|帮我|那个|这个|那|这|the\s|my\s|our\s|请|嗰|你)+"
    r"|(?:干脆|索性|直接|还是|也|就|要|得|改|做|推|by|like|to|the)+$"
    r"|(?:那个|这个|那张|嗰张|嗰单|嗰批|那批|这批|那一批|那条|那笔|那单|那边|这边|那里|那儿|张单|这单|几时|什么时候"
    r"|可以|[的那个呢吧单嗰嘅啊都还能是])+$"
)
_CODE = re.compile(r"\b[A-Z]{1,6}-[A-Z0-9-]*\d\b")
_WORD_WITH_DIGITS = re.compile(r"(?<![A-Za-z0-9_./-])(?=[A-Za-z_./-]*[0-9])[A-Za-z0-9_./-]*[A-Za-z0-9]")
_FROM = re.compile(r"(?:从|由|原来|原定|本来|原本|from)\s*$")
_NEAR = 5
_SAME_WORDS = 4
_MANY = 3
_SCRAP = re.compile(r"^.?[说够不就要到是了来给还又先再].?$|^(?:next|this|last|by|like|to)$")
"""Words that no title knows and nothing is called."""
HOLE = "<单号>"


def items_of(heard: Heard, or_this: bool = True, as_said: bool = False) -> list[str]:
    """Codes of the items that may be meant, or the words said for one the plan does not know; likeliest first.
    `as_said`: the words as well, where they mean many."""
    if heard.codes:
        return list(heard.codes)
    words = _words_of_item(heard)
    if len(words) > 1 and (found := alike(heard, words)):
        return [*found[:1], words, *found[1:]] if as_said and _means_many(heard, words) else found
    if quoted := _CODE.search(heard.ask.quoted):
        return [quoted[0]] if not quoted[0].startswith("CR-") else [THIS]
    if len(words) > 1 and not _SCRAP.search(words):
        return [words]
    if last := _spoken_of(heard):
        return [last]
    return [HOLE] if or_this else []


def named_by(heard: Heard) -> list[Item]:
    """Items of the plan that the sentence itself names, by code or by words of a title."""
    items = heard.turn.plan().items if heard.turn.uow.plans.exists() else {}
    whole = [code for found in _WORD_WITH_DIGITS.findall(heard.said) if (code := found.upper()) in items]
    codes = dict.fromkeys((*heard.codes, *whole))
    words = "" if codes else _words_of_item(heard)
    return [items[code] for code in codes or (alike(heard, words) if len(words) > 1 else ()) if code in items]


def _words_of_item(heard: Heard) -> str:
    return _ENDS.sub("", _ENDS.sub("", heard.part("item", _EAGER))) or _words_of_a_title(heard)


def _words_of_a_title(heard: Heard) -> str:
    """What is said in the very words of a title, where no other words are the item's."""
    runs = re.findall(f"[\u4e00-\u9fff]{{{_SAME_WORDS},}}", heard.spoken)
    said = [run[at : at + _SAME_WORDS] for run in runs for at in range(len(run) - _SAME_WORDS + 1)]
    return next((words for words in said if any(words in text for _, text in heard.titles())), "")


def _means_many(heard: Heard, words: str) -> bool:
    return sum(words.lower() in text for _, text in heard.titles()) > _MANY


def alike(heard: Heard, words: str) -> list[str]:
    """Codes of at most two items whose title says the most of these words; of equals, what else was said decides."""
    return heard.once(words, lambda: _alike(heard, words.lower()))


def names_the_plan(heard: Heard) -> bool:
    """Check whether two characters of it stand in a title of the plan."""
    said = [gram for gram in _grams(heard.spoken) if len(gram) > 1]
    return any(gram in text for _, text in heard.titles() for gram in said)


def _alike(heard: Heard, words: str) -> list[str]:
    texts = heard.titles()
    said = dict.fromkeys((words, in_chinese(words)))
    ways = [_weighed(_grams(way), texts) for way in said]
    names = tuple(way for way in said if not way.isascii())
    around = _grams(heard.spoken).difference(*ways)
    scored = []
    for item, text in texts:
        covered = max(map(partial(_covered, text), ways))
        if covered >= _COVERED:
            more = sum(gram in text for gram in around)
            is_it = (_begins_or_ends_as_said(heard, item), text.startswith(names))
            fits = (more, not item.status.is_over, *is_it, -item.finish.toordinal())
            scored.append((round(covered, 2), fits, item.code))
    scored.sort(reverse=True)
    return [code for covered, _, code in scored[:2] if covered >= scored[0][0] - _AS_WELL]


def _weighed(wanted: set[str], texts: list[tuple[Item, str]]) -> dict[str, float]:
    return {gram: _rarity(sum(gram in text for _, text in texts), len(texts)) for gram in wanted}


def _covered(text: str, weights: dict[str, float]) -> float:
    """Share of what the words say that the text holds."""
    total = sum(weights.values())
    return sum(weight for gram, weight in weights.items() if gram in text) / total if total else 0.0


def _begins_or_ends_as_said(heard: Heard, item: Item) -> bool:
    """`从21号算`: the day from which it is counted is one of the plan."""
    said = [day for day in heard.days if _FROM.search(heard.spoken, max(0, day.start - _NEAR), day.start)]
    return any({item.start, item.finish} & set(day.choices) for day in said)


def _grams(words: str) -> set[str]:
    letters = set(re.findall("[a-z]+[0-9]*|[0-9]+", words))
    chinese = [run for run in re.findall("[\u4e00-\u9fff]+", words)]
    pairs = {run[at : at + 2] for run in chinese for at in range(len(run) - 1)}
    return {gram for gram in letters | pairs | {run for run in chinese if len(run) == 1} if gram}


def _rarity(count: int, of: int) -> float:
    """A pair that no title knows counts as if one did: words for another thing are not covered by half a name."""
    return math.log((1 + of) / (1 + count)) if count else math.log(1 + of) * 0.6


def _spoken_of(heard: Heard) -> str:
    """The item of the last next step this person was offered here."""
    turn, ask = heard.turn, heard.ask
    last = turn.uow.questions.newest(ask.conversation, ask.person.id, ask.said_at or turn.now)
    texts: Iterator[str] = iter([last.chosen, *(offer.command for offer in last.offers)] if last else [])
    found = next((code for text in texts if (code := _CODE.search(text)) and not code[0].startswith("CR-")), None)
    return found[0] if found else ""
