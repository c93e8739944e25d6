"""A sentence as it was heard: its words, and the codes, days, lengths, quantities and names in them."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from handlers.language.clean import cleaned, without_mentions
from handlers.language.commands.operations import find_items
from handlers.language.speech import model
from handlers.language.speech.days import Amount, Day, Length, Span, amounts_in, days_in, lengths_in
from handlers.language.speech.intent import Intent
from handlers.turn import Ask, Turn
from planning.people.organisation import Department, Person
from planning.plan.item import Item
from planning.refusal import Refused

_CODE = re.compile(r"(?<![a-z0-9])([a-z]{2,4}|[a-z]0|[a-z] [a-z])[-_ ./杠]{0,2}([0-9]{2,6})(?![0-9a-z])")
"""With a 0 where an O was meant, or its letters apart, as dictated."""
_WHOLE = re.compile(r"(?<![a-z0-9/-])[a-z]+[0-9]*(?:[-/][a-z0-9]+)+(?![a-z0-9])")
"""A code as the plan may have it, also of a part (`mo-2451/2`)."""
_BARE = re.compile(r"(?<![0-9a-z.-])(?<![0-9],)([0-9]{4})(?![0-9a-z.%年])(?!,[0-9])")
_LETTERS = re.compile(r"(?<![a-z])([a-z]{2,4})(?![a-z0-9])")
_AS_A_CODE = re.compile(r"\s*(?:[那这](?:一)?[张个条]?|号)?(?:工?单|批|票)(?![位价次子])")
_AS_A_COUNT = re.compile(r"\s*(?:[个件只套台片箱盒张包卷米块元年月日点:：%]|$|多|余|左右)")
_NEAR = 4
"""So near to a bare number must the letters of its code stand."""
_CHANGE = re.compile(r"cr[-_ ]?[0-9]{8}[-_ ]?[0-9]{3,6}")
_SHORT = re.compile(
    r"(?<![0-9a-z.-])(0[0-9]{2})(?![0-9])|(?<![0-9])([0-9]{1,3}|[一二三四五六七八九十]{1,3})号[单张嗰]"
    r"|(?<![0-9])([0-9]{1,3})[单嗰]"
    r"|(?<![0-9月./到至改-])([0-9]{1,3})(?=号我?(?:都|也|就)?(?:不?同意|不?批|驳|退回|打回|通过|撤))"
    r"|(?:no\.?|#|request|change|单号?)\s*([0-9]{1,3})(?![0-9])|(?<![0-9a-z.-])([0-9]{2,3})(?=号?[我先不可过同批撤退打准ok])"
)
_PUT_RIGHT = re.compile(
    r"[啊哦呃诶唉喔]?(?:不对|不是(?=[，,。 ])|[说写打搞]错了?(?!成|做|为|是)|更正)[，,。!！ ]*"
    r"|\b(?:no,? wait|wait,? no|sorry)\b[,. ]*"
)
"""What was said before it was not meant."""
_Said = TypeVar("_Said", bound=Span)
_QUOTES = re.compile("[“\"「『‘']([^”\"」』’']{1,20})[”\"」』’']")
_TITLED = re.compile(
    r"(?:叫|让|跟|和|告诉|转给|转交给?|交给|找|请|给|由|@)\s*"
    r"([小老阿][\u4e00-\u9fff](?=[把将去来说讲替代帮顶先批看]|$|[，,。 ])"
    r"|[\u4e00-\u9fff](?:主管|经理|工|总|姐|哥|科长|主任|师傅|厂长|部长))"
)
_CALLED = re.compile(
    r"(?:就叫|名字叫|名叫|命名为?|名字|名|叫做?|tag\s*叫?|called|name\s+it|as)\s*[:：]?\s*([^\s,，。.!！?？]{2,20})"
)
_ALSO_WORDS = ("计划",)
"""Names of departments that everybody says of other things as well (`生产的计划锁住`)."""
_OTHER_NAMES = {
    "仓库": "仓储部", "库房": "仓储部", "品质": "质量部", "品管": "质量部", "质检": "质量部", "车间": "生产部",
    "warehouse": "仓储部", "procurement": "采购部", "purchasing": "采购部", "production": "生产部", "quality": "质量部",
    "finance": "财务部", "sales": "销售部", "marketing": "市场部", "planning": "计划部",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heard:
    turn: Turn
    ask: Ask
    said: str
    """As typed, without mentions."""
    spoken: str
    """In plain characters, each at its own place."""
    codes: tuple[str, ...]
    changes: tuple[str, ...]
    """Numbers of requests, in full or the last digits only."""
    days: tuple[Day, ...]
    lengths: tuple[Length, ...]
    amounts: tuple[Amount, ...]
    people: tuple[Person, ...]
    departments: tuple[Department, ...]
    taken: tuple[Span, ...]
    """Where all of these stand."""
    at_codes: tuple[Span, ...] = ()
    called: str = ""
    """How somebody is called whom nobody here is named (`转给李主管`)."""
    _found: dict[str, list[str]] = field(default_factory=dict)
    """Items that words were found to mean: each wish asks again."""
    _texts: list[tuple[Item, str]] = field(default_factory=list)
    _votes: list[Mapping[Intent, float]] = field(default_factory=list)

    def votes(self) -> Mapping[Intent, float]:
        """What this company's people meant by words like these, by wish."""
        if not self._votes:
            learnt = self.turn.environment.speech.of(self.turn.uow.plan_id)
            self._votes.append(learnt.votes(model.load(), self.marked) if learnt.count else {})
        return self._votes[0]

    def once(self, words: str, find: Callable[[], list[str]]) -> list[str]:
        if words not in self._found:
            self._found[words] = find()
        return self._found[words]

    def as_typed(self) -> str:
        """What was said; all of the message where that was read with other characters than those typed."""
        typed = _typed(self.turn, self.ask)[: model.LONGEST_HEARD]
        return self.said if self.said in typed else typed

    def titles(self) -> list[tuple[Item, str]]:
        """The plan's items, each with what it is called, in small letters."""
        if not self._texts and self.turn.uow.plans.exists():
            items = self.turn.uow.plans.load().items.values()
            self._texts.extend((item, f"{item.title} {item.product} {item.owner}".lower()) for item in items)
        return self._texts

    @classmethod
    def of(cls, turn: Turn, ask: Ask, words: str = "") -> "Heard":
        said = (words or _typed(turn, ask))[: model.LONGEST_HEARD]
        spoken = model.load().plain(said)
        changes, at_changes = _found(spoken, _changes_in(spoken))
        codes, at_codes = _found(spoken, _codes_in(turn, spoken, at_changes))
        named = [*at_changes, *at_codes]
        days = [day for day in days_in(spoken, turn.day_of(ask.said_at)) if not day.meets(named)]
        lengths = lengths_in(spoken, [*named, *days])
        amounts = amounts_in(spoken, [*named, *days, *lengths])
        return cls(
            turn, ask, said, spoken, codes, changes,
            _meant(spoken, days), _meant(spoken, lengths), _meant(spoken, amounts),
            tuple(_people_in(turn, spoken)), tuple(_departments_in(turn, spoken)),
            (*named, *days, *lengths, *(amount for amount in amounts)),
            tuple({span.start: span for span in at_codes}.values()),
            next((found[1] for found in _TITLED.finditer(spoken)), ""),
        )  # fmt: skip

    @property
    def puts_itself_right(self) -> bool:
        """Check whether something was said, and then something else in its place."""
        return any(found.start() for found in _PUT_RIGHT.finditer(self.spoken))

    def nearly(self) -> tuple[str, ...]:
        """Codes of the plan that differ from those that were said in a slip alone (1024 for 1042, O for 0, an end left
        out), where it knows none of these. What differs more is another item."""
        if not self.codes or not self.turn.uow.plans.exists():
            return ()
        near: list[str] = []
        for code in self.codes:
            try:
                find_items(self.turn.plan(), code)
                return ()
            except Refused as refused:
                begun = [whole for whole in self.turn.plan().items if whole.startswith(code)]
                nearest = refused.refusal.facts.get("nearest", "").split("、")
                near.extend(begun or (whole for whole in nearest if sorted(whole) == sorted(code)))
        return tuple(dict.fromkeys(near))

    @property
    def today(self) -> date:
        """The day it was said on."""
        return self.turn.day_of(self.ask.said_at)

    @property
    def marked(self) -> str:
        """The plain words, with their letters before the numbers of the plan that were said without."""
        marked, moved = self.spoken, 0
        for span in sorted(self.at_codes, key=lambda one: one.start):
            bare = self.spoken[span.start : span.end]
            if bare.isdigit():
                at = span.start + moved
                marked, moved = f"{marked[:at]}x-{marked[at:]}", moved + 2
        return marked

    def part(self, part: str, eager: float) -> str:
        """Words for the item or the reason, as typed; empty where there are none."""
        found = model.load().parts.find(part, self.spoken, eager)
        if found is None:
            return ""
        start, end = found
        while _inside_letters(self.spoken, start):
            start -= 1
        while _inside_letters(self.spoken, end):
            end += 1
        return self.said[start:end].strip(" ,，。.!！?？、~～:：")

    def name(self) -> str:
        """Name given to something: in quotes, or behind 叫."""
        quoted = _QUOTES.search(self.said)
        called = _CALLED.search(self.said)
        return (quoted or called or [""] * 2)[1].replace(" ", "-")


def _inside_letters(spoken: str, at: int) -> bool:
    pair = spoken[at - 1 : at + 1] if at else ""
    return len(pair) == 2 and pair.isascii() and pair.isalpha()


def _meant(spoken: str, values: Sequence[_Said]) -> tuple[_Said, ...]:
    """Those said after the speaker put themselves right; all, where none was."""
    at = max((found.end() for found in _PUT_RIGHT.finditer(spoken)), default=0)
    return tuple(value for value in values if value.start >= at) or tuple(values)


def _typed(turn: Turn, ask: Ask) -> str:
    return " ".join(without_mentions(cleaned(ask.text), turn.environment.bot_name).split())


def _found(spoken: str, found: Iterator[tuple[str, Span]]) -> tuple[tuple[str, ...], list[Span]]:
    every = list(found)
    return tuple(dict.fromkeys(value for value, _ in every)), [span for _, span in every]


def _changes_in(spoken: str) -> Iterator[tuple[str, Span]]:
    whole = list(_CHANGE.finditer(spoken))
    for match in whole:
        digits = re.sub("[^0-9]", "", match[0])
        yield f"CR-{digits[:8]}-{digits[8:]}", Span(*match.span())
    spans = [Span(*match.span()) for match in whole]
    for match in _SHORT.finditer(spoken):
        group = match.lastindex or 0
        if not Span(*match.span()).meets(spans):
            yield match[group], Span(*match.span(group))


def _codes_in(turn: Turn, spoken: str, others: list[Span]) -> Iterator[tuple[str, Span]]:
    spans = list(others)
    items = turn.uow.plans.load().items if turn.uow.plans.exists() else {}
    kinds = {code.partition("-")[0].lower() for code in items}
    whole = {code.lower(): code for code in items}
    for match in _WHOLE.finditer(spoken):
        if match[0] in whole and not Span(*match.span()).meets(spans):
            spans.append(Span(*match.span()))
            yield whole[match[0]], spans[-1]
    for match in _CODE.finditer(spoken):
        said = match[1].replace(" ", "")
        letters = said if said in kinds else said.replace("0", "o")
        joined = "-" in match[0] and letters.isalpha() and letters not in ("cr", "ex")
        if (joined or letters in kinds) and not Span(*match.span()).meets(spans):
            spans.append(Span(*match.span()))
            yield f"{letters.upper()}-{match[2]}", spans[-1]
    for match in _BARE.finditer(spoken):
        if Span(*match.span()).meets(spans):
            continue
        known = [code for code in items if code.endswith(f"-{match[1]}")]
        around = spoken[max(0, match.start() - _NEAR) : match.end() + _NEAR]
        letters = next((one[1] for one in _LETTERS.finditer(around) if one[1] in kinds), "")
        if letters:
            known = [code for code in known if code.startswith(letters.upper())] or [f"{letters.upper()}-{match[1]}"]
        if not known and _is_of_another_plan(spoken, match):
            known = [match[1]]
        yield from ((code, Span(*match.span())) for code in known[:2])


def _is_of_another_plan(spoken: str, number: re.Match[str]) -> bool:
    """Check whether a bare number stands where people say a code, though the plan has none of it: `9411上线了`."""
    behind = spoken[number.end() :]
    return bool(_AS_A_CODE.match(behind)) or (
        number.start() == 0 and not number[1].endswith("00") and not _AS_A_COUNT.match(behind)
    )


def _people_in(turn: Turn, spoken: str) -> Iterator[Person]:
    """By name, by given name, or by their id as letters (`zhou ming`)."""
    for person in turn.organisation.people.values():
        given = person.name[1:] if len(person.name) > 2 else ""
        letters = person.id.replace(".", " ")
        turned = " ".join(reversed(letters.split()))
        names = (person.name, given, letters, turned) if " " in letters else (person.name, given)
        if any(name and name in spoken for name in names) or letters.replace(" ", "") in spoken.split():
            yield person


def _departments_in(turn: Turn, spoken: str) -> Iterator[Department]:
    seen: dict[str, Department] = {}
    for department in turn.organisation.departments.values():
        bare = department.name.removesuffix("部")
        alone = rf"{bare}(?:员|组|那边|这边|科|室|的人|同事)" if bare in _ALSO_WORDS else rf"{bare}(?!单|订单)"
        if department.name in spoken or (len(bare) > 1 and re.search(alone, spoken)):
            seen[department.id] = department
    for word, name in _OTHER_NAMES.items():
        if word in spoken and (found := turn.organisation.find_department(name)):
            seen.setdefault(found.id, found)
    yield from seen.values()
