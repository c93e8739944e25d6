"""Items that somebody speaks of: by code, by words of a title, by what was quoted or spoken of before."""

import math
import re
from collections.abc import Iterator

from handlers.inbound.speech.heard import Heard
from handlers.language import THIS

_EAGER = 0.6
_COVERED = 0.3
"""Share of what the words say that an item's title has to hold."""
_AS_WELL = 0.05
"""So much less makes a second item one that may be meant as well."""
_ENDS = re.compile(
    r"^(?:我|把|将|给我|帮我|那个|这个|那|这|the\s|my\s|our\s|请|嗰|你)+"
    r"|(?:那个|这个|那张|嗰张|嗰单|嗰批|那批|这批|那一批|那条|那笔|那单|张单|这单|几时|什么时候"
    r"|可以|[的那个呢吧单嗰嘅啊都还能是])+$"
)
_CODE = re.compile(r"\b[A-Z]{1,6}-[A-Z0-9-]*\d\b")
HOLE = "<单号>"


def items_of(heard: Heard, or_this: bool = True) -> list[str]:
    """Codes of the items that may be meant, or the words said for one the plan does not know; likeliest first."""
    if heard.codes:
        return list(heard.codes)
    words = _ENDS.sub("", _ENDS.sub("", heard.part("item", _EAGER)))
    if words and (found := alike(heard, words)):
        return found
    if quoted := _CODE.search(heard.ask.quoted):
        return [quoted[0]] if not quoted[0].startswith("CR-") else [THIS]
    if len(words) > 1:
        return [words]
    if last := _spoken_of(heard):
        return [last]
    return [HOLE] if or_this else []


def alike(heard: Heard, words: str) -> list[str]:
    """Codes of at most two items whose title says the most of these words; of equals, what else was said decides."""
    return heard.once(words, lambda: _alike(heard, words.lower()))


def names_the_plan(heard: Heard) -> bool:
    """Check whether two characters of it stand in a title of the plan."""
    said = [gram for gram in _grams(heard.spoken) if len(gram) > 1]
    return any(gram in text for _, text in heard.titles() for gram in said)


def _alike(heard: Heard, words: str) -> list[str]:
    wanted, texts = _grams(words), heard.titles()
    weights = {gram: _rarity(sum(gram in text for _, text in texts), len(texts)) for gram in wanted}
    total = sum(weights.values())
    if not total:
        return []
    around = _grams(heard.spoken) - wanted
    scored = []
    for item, text in texts:
        covered = sum(weight for gram, weight in weights.items() if gram in text) / total
        if covered >= _COVERED:
            more = sum(gram in text for gram in around)
            scored.append((round(covered, 2), more, not item.status.is_over, -item.finish.toordinal(), item.code))
    scored.sort(reverse=True)
    return [code for covered, *_, code in scored[:2] if covered >= scored[0][0] - _AS_WELL]


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
