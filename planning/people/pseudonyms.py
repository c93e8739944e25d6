"""Pseudonyms of a text that leaves the company: people, telephone numbers and masked values get stand-ins.

What is too much replaced costs the reader outside a little understanding, and is put back in what they answer; what is
not replaced is out. So whatever may be a name, a number of somebody's or a masked value is one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from unicodedata import category, normalize

from planning.people.masks import MONEY, Mask, hidden
from planning.people.organisation import Organisation, Person
from planning.plan.item import Item

Span = tuple[int, int]


class StandIn(StrEnum):
    """What stands in the place of what, so that a sentence still reads."""

    PERSON = "人"
    CONTACT = "号"
    NUMBER = "数"
    WORDS = "词"


_OPENS, _CLOSES = "〔", "〕"
_OURS = re.compile(rf"{_OPENS}(?:{'|'.join(StandIn)})[1-9][0-9]{{0,2}}{_CLOSES}")
_BRACKETS = re.compile(f"[{_OPENS}{_CLOSES}]")
_HAN = "\u3400-\u9fff\uf900-\ufaff"
_NUMBER = re.compile(r"(?<![A-Za-z0-9_])(?<![A-Za-z0-9]-)\d(?:[\d,]*\d)?(?:\.\d+)?(?![A-Za-z0-9_])")
_ONE_NUMBER = re.compile(r"[^\d]{0,4}?(\d(?:[\d,]*\d)?(?:\.\d+)?)[^\d]{0,4}")
_SEPARATED = r"[\s()（）.·+-]{0,2}"
_DIGITS = re.compile(rf"(?<![A-Za-z\d])(?<![A-Za-z]-)\+?\d(?:{_SEPARATED}\d){{6,}}[xX]?(?![A-Za-z\d])")
_SPELT = re.compile(rf"[零〇一二三四五六七八九幺两](?:{_SEPARATED}[零〇一二三四五六七八九幺两]){{6,}}")
_MONTH, _IN_MONTH = "(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
_DAY = re.compile(rf"20[2-4]\d([-/.])?{_MONTH}(?(1)\1){_IN_MONTH}")
_AT = re.compile(r"[^\s@,，。;；:：<>]+@[^\s@,，。;；:：<>]+")
_TITLES = "工|总|经理|主任|主管|厂长|部长|处长|科长|组长|班长|队长|课长|师傅|老师|助理|先生|女士|小姐|姐|哥|叔|董|导"
_COMPOUND = ("欧阳", "上官", "司马", "诸葛", "司徒", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯", "东方")
_WORD = re.compile(rf"(?:(?![{_HAN}])[^\W\d_]){{3,}}")
_FREE_TEXT = 24
"""Longer values are sentences: their pieces are everybody's words, and only the whole of them is looked for."""
_COMMON = frozenset("有限 限公 公司 股份 集团 科技 电子 实业 贸易 技术 工业 制造 国际 中国".split())
_COMMON_WORDS = frozenset("inc ltd llc corp company limited group technology the and for gmbh".split())


@dataclass
class Pseudonyms:
    """Those of one text and of the answer to it: the same words have the same stand-in."""

    hides: "Hiding"
    _real: dict[str, str] = field(default_factory=dict)

    def hide(self, text: str) -> str:
        """The text as it may leave."""
        plain = _BRACKETS.sub(" ", normalize("NFKC", _visible(text)))
        spans = _apart(self.hides.found(plain))
        told, at = [], 0
        for (start, end), kind in spans:
            told += [plain[at:start], self._stand_in(plain[start:end], kind)]
            at = end
        return "".join([*told, plain[at:]])

    def back(self, text: str) -> str | None:
        """The text with what the stand-ins stood for; None where it has some that were never given."""
        found = _OURS.sub(lambda one: self._real.get(one[0], one[0]), text)
        return None if _BRACKETS.search(found) else found

    def _stand_in(self, real: str, kind: StandIn) -> str:
        known = next((name for name, was in self._real.items() if was == real and kind in name), "")
        name = known or f"{_OPENS}{kind}{sum(kind in one for one in self._real) + 1}{_CLOSES}"
        self._real[name] = real
        return name


@dataclass(frozen=True, slots=True)
class Hiding:
    """What must not leave: the company's people, and values of masked columns, whoever could see them here."""

    people: frozenset[str]
    """Their names, in the squeezed form of `_Squeezed`, as are the next three."""
    by_surname: re.Pattern[str]
    words: frozenset[str]
    pairs: frozenset[str]
    """Pairs of Chinese characters of short values: people call a customer by two or three of them."""
    numbers: frozenset[Decimal]
    kept: frozenset[str]
    """Codes of the plan, which are no telephone numbers."""
    simplified: Mapping[int, int] = field(default_factory=dict)

    @classmethod
    def of(
        cls, organisation: Organisation, masks: Sequence[Mask], items: Iterable[Item],
        simplified: Mapping[int, int] | None = None,
    ) -> "Hiding":
        """`simplified`: characters for others that are the same word."""
        table, every = simplified or {}, list(items)
        typed = _masked_values(masks, every)
        values = {_squeezed(value, table) for value in typed} - {""}
        numbers = {_decimal(one[1]) for value in values if (one := _ONE_NUMBER.fullmatch(value))}
        words = {value for value in values if not _NUMBER.fullmatch(value)}
        short = [value for value in words if len(value) <= _FREE_TEXT]
        pairs = {value[start:end] for value in short for start, end in _pairs(value)} - _COMMON
        parts = {word.casefold() for value in typed if len(value) <= _FREE_TEXT for word in _WORD.findall(value)}
        words |= parts - _COMMON_WORDS
        names = {_squeezed(name, table) for name in _names(organisation)} - {""}
        kept = frozenset(item.code.casefold() for item in every)
        return cls(
            frozenset(names), _by_surname(organisation, table), frozenset(words), frozenset(pairs), frozenset(numbers),
            kept, table,
        )  # fmt: skip

    def found(self, plain: str) -> Iterator[tuple[Span, StandIn]]:
        """Where something stands that must not leave."""
        squeezed = _Squeezed.of(plain, self.simplified)
        for words, kind in ((self.people, StandIn.PERSON), (self.words, StandIn.WORDS)):
            yield from ((span, kind) for word in words for span in squeezed.all_of(word, plain))
        for match in self.by_surname.finditer(squeezed.text):
            yield squeezed.span(*match.span()), StandIn.PERSON
        for start, end in _pairs(squeezed.text):
            if squeezed.text[start:end] in self.pairs:
                yield squeezed.span(start, end), StandIn.WORDS
        for match in _AT.finditer(plain):
            yield match.span(), StandIn.CONTACT
        for match in (*_DIGITS.finditer(plain), *_SPELT.finditer(plain)):
            if not _DAY.fullmatch(match[0]) and match[0].casefold() not in self.kept:
                yield match.span(), StandIn.CONTACT
        for match in _NUMBER.finditer(plain):
            if _decimal(match[0]) in self.numbers:
                yield match.span(), StandIn.NUMBER
        for match in MONEY.finditer(plain.casefold() if len(plain.casefold()) == len(plain) else plain):
            yield match.span(), StandIn.WORDS


@dataclass(frozen=True, slots=True)
class _Squeezed:
    """A text in small letters, without blanks, each character with the place where it stood."""

    text: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, plain: str, simplified: Mapping[int, int]) -> "_Squeezed":
        pairs = [
            (small, place)
            for place, character in enumerate(plain)
            if not character.isspace()
            for small in character.translate(simplified).casefold()
        ]
        return cls("".join(small for small, _ in pairs), tuple(place for _, place in pairs))

    def span(self, start: int, end: int) -> Span:
        return self.places[start], self.places[end - 1] + 1

    def all_of(self, word: str, plain: str) -> Iterator[Span]:
        """Where a word stands; one of a few letters or digits not where it is a part of another."""
        at = self.text.find(word)
        while at >= 0:
            start, end = self.span(at, at + len(word))
            if len(word) >= _SHORT or (not _runs_on(plain, start) and not _runs_on(plain, end)):
                yield start, end
            at = self.text.find(word, at + 1)


def _squeezed(text: str, simplified: Mapping[int, int]) -> str:
    return _Squeezed.of(normalize("NFKC", _visible(text)), simplified).text


def _visible(text: str) -> str:
    return "".join(c for c in text if category(c) not in ("Cc", "Cf", "Cs") or c in "\n\t")


def _masked_values(masks: Sequence[Mask], items: Sequence[Item]) -> set[str]:
    secret = hidden(masks, {column for item in items for column in item.attributes})
    return {item.attributes[column] for item in items for column in secret.intersection(item.attributes)}


def _decimal(number: str) -> Decimal:
    return Decimal(number.replace(",", "")).normalize()


def _pairs(text: str) -> Iterator[Span]:
    for match in re.finditer(f"[{_HAN}]+", text):
        yield from ((at, at + 2) for at in range(match.start(), match.end() - 1))


_SHORT = 4
"""A word of so many letters is not looked for by chance: it does not matter what it runs into."""


def _runs_on(plain: str, at: int) -> bool:
    """Check whether letters or digits stand on both sides of a place."""
    pair = plain[at - 1 : at + 1] if at else ""
    return len(pair) == 2 and pair.isascii() and pair.isalnum()


def _names(organisation: Organisation) -> Iterator[str]:
    """How people are called: in full, by given name, by an id in letters, as the platforms do."""
    for person in organisation.people.values():
        yield from _called(person.name)
        yield from _by_id(person)
    for name in organisation.former.values():
        yield from _called(name)


def _called(name: str) -> Iterator[str]:
    yield name
    if name.isascii():
        yield from (part for part in name.split() if len(part) > 1)
    elif len(name) > 2:
        yield name[len(_surname(name)) :] if len(name) - len(_surname(name)) > 1 else name


def _by_id(person: Person) -> Iterator[str]:
    parts = [part for part in re.split(r"[^A-Za-z]+", person.id) if part]
    yield from (person.id, "".join(parts), "".join(reversed(parts)))
    yield from (user for user in person.identities.values() if user)


def _surname(name: str) -> str:
    return name[:2] if name.startswith(_COMPOUND) and len(name) > 2 else name[:1]


def _by_surname(organisation: Organisation, table: Mapping[int, int]) -> re.Pattern[str]:
    """`老张`, `张工`."""
    every = [person.name for person in organisation.people.values()] + list(organisation.former.values())
    surnames = {_squeezed(_surname(name), table) for name in every if re.match(f"[{_HAN}]{{2}}", name)}
    either = "|".join(sorted(map(re.escape, surnames), key=len, reverse=True)) or r"(?!)"
    return re.compile(f"[老小阿大](?:{either})(?:{_TITLES})?|(?:{either})(?:{_TITLES})")


def _apart(found: Iterable[tuple[Span, StandIn]]) -> list[tuple[Span, StandIn]]:
    """Spans in their order, those that meet as one; of one kind where all are."""
    joined: list[tuple[Span, StandIn]] = []
    for (start, end), kind in sorted(found):
        if joined and start < joined[-1][0][1]:
            (first, last), before = joined[-1]
            joined[-1] = (first, max(last, end)), before if before is kind else StandIn.WORDS
        else:
            joined.append(((start, end), kind))
    return joined
