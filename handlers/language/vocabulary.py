"""The words people know for commands: each phrase with its names, and what was typed with one of them."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Self, TypeVar

from handlers.language.clean import folded, head_of, split_why
from planning.refusal import Refused

K = TypeVar("K")

_LOOSE = " ,，、:：;；"
THIS = "本单"
"""Word for whatever the quoted card is about, in an `item`, `words` or `change_no`."""
LAST = "#"
"""In front of the last digits of a number, of which somebody who knows the requests makes a whole one."""


CHINESE, ENGLISH = "zh-CN", "en"
Say = Callable[[str, str], str]
"""Chooses the word of the language in which a command is spelt: `say("因为", "because")`."""


class Command:
    """Command that somebody gives: one frozen value a thing that can be asked. Its fields are as typed, not looked
    up."""

    __slots__ = ()


class Takes(StrEnum):
    """Words that a phrase takes after it, where it is to be suggested to somebody who was not understood."""

    WORDS = "words"
    NO_ITEM = "no item"
    """Words with an item's code in them mean something else."""
    ANYTHING = "anything"
    """Any words would be understood, so that only the name is suggested; and never with an item's code."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Form of one command: how it is written, said in help, read and spelt. `english` is also its key.

    `aliases` are further names people use, `also` is another example in both languages; `needs_reason` where 因为 must
    follow. A phrase may mean several things: `spells` has the words after the name for each value `read` may give.
    """

    zh: str
    pinyin: str
    english: str
    syntax: str
    syntax_en: str
    example: str
    example_en: str
    does: str
    does_en: str
    read: "Callable[[Typed], Command]"
    spells: Mapping[type[Command], Callable[[Any, Say], str]]
    aliases: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    needs_reason: bool = False
    takes: Takes = Takes.WORDS
    everyday: bool = False
    """Its names are words that people use in sentences of all kinds: it is one only at their beginning, and where all
    of them is read; nothing is taken for a slip of one."""

    @property
    def names(self) -> tuple[str, ...]:
        return (self.zh, self.pinyin, self.english, *self.aliases)

    def spell(self, command: Command, locale: str = CHINESE) -> str:
        """Spell the command in its canonical words: what a person would type to mean exactly this."""
        say = _in_english if locale == ENGLISH else _in_chinese
        return spaced(say(self.zh, self.english), self.spells[type(command)](command, say))


class Vocabulary:
    """Phrases, each found by any of its names. Raises ValueError where a name or a value belongs to two of them."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.phrases = tuple(phrases)
        self.by_name = _each_once((name, phrase) for phrase in self.phrases for name in phrase.names)
        self._by_value = _each_once((value, phrase) for phrase in self.phrases for value in phrase.spells)
        self.telling = {name: phrase for name, phrase in self.by_name.items() if not phrase.everyday}
        """Names that tell a command wherever they stand."""
        self.any_name = _any_of(self.telling)
        """A pattern for every one of these, in any case."""
        # Pictures, list marks and slashes, but no quotation mark: who quotes a command does not give it. 、 is where /
        # sits on a Chinese keyboard.
        before = "[^\\w@\"'“”‘’「」『』《》]*"
        lead = rf"{before}(?:[0-9]{{1,2}}[.、)]{before})?"
        self._at_start = re.compile(rf"{lead}({self.any_name})", re.IGNORECASE)
        self._at_start_of_any = re.compile(rf"{lead}({_any_of(self.by_name)})", re.IGNORECASE)

    def named(self, name: str) -> Phrase:
        return self.by_name[name.lower()]

    def verb_of(self, text: str, *, everyday: bool = False) -> tuple[Phrase, str, int] | None:
        """The phrase at the start of folded text, the name as typed, and where its arguments begin; with the names that
        are everyday words where those are asked for."""
        found = (self._at_start_of_any if everyday else self._at_start).match(text)
        return (self.named(found[1]), found[1], found.end()) if found else None

    def spell(self, command: Command, locale: str = CHINESE) -> str:
        """`parse(spell(command), today, …)` gives the command back, in either language."""
        return self._by_value[type(command)].spell(command, locale)


@dataclass(frozen=True, slots=True)
class Typed:
    """A command before anybody has read its arguments. `name` is the verb as typed; `rest` the arguments in plain
    characters, `raw` as typed; `today` the local date. `before`: signs in front of the verb; `why`: all that follows
    因为, be it signs alone; `mentions`: those who are @-mentioned outside the arguments. `whole`: all that follows the
    verb as it was typed; `is_apart`: something stands between them."""

    phrase: Phrase
    name: str
    rest: str
    reason: str
    today: date
    vocabulary: Vocabulary
    raw: str = ""
    before: str = ""
    why: str = ""
    mentions: tuple[str, ...] = ()
    whole: str = ""
    is_apart: bool = True

    @classmethod
    def of(cls, text: str, today: date, vocabulary: Vocabulary) -> Self | None:
        """None when the text does not start with a command. Raises `command-too-long`."""
        verb = vocabulary.verb_of(folded(text), everyday=True)
        if verb is None:
            return None
        phrase, name, end = verb
        head, why = split_why(text[end:])
        reason = why if any(c.isalnum() for c in why) else ""
        before = text[: end - len(name)]
        behind, raw = text[end:], " ".join(head.split())
        parts = behind.strip(_LOOSE), not behind[:1].strip(_LOOSE)
        return cls(phrase, name, head_of(head), reason, today, vocabulary, raw, before, why, (), *parts)

    @property
    def mentioned(self) -> str:
        """The one who is @-mentioned outside the arguments, as a name in them would be; empty: nobody. Raises
        "several-mentioned": which of them is meant, no order of theirs tells."""
        if len(self.mentions) > 1:
            raise Refused("several-mentioned", count=len(self.mentions), command=self.phrase.zh)
        return next(iter(self.mentions), "")

    @property
    def is_english(self) -> bool:
        return self.name.isascii() and self.name.lower() != self.phrase.pinyin

    def example(self, rest: str) -> str:
        """The command written right with these arguments; a reason still to be given stands as a placeholder."""
        rest = rest.removeprefix(LAST)
        return right_form(self.name, rest, self.reason, self.phrase.needs_reason, self.is_english)

    @property
    def because(self) -> str:
        """The reason as it was given, with its 因为; empty: none."""
        return f"{'because' if self.is_english else '因为'} {self.reason}" if self.reason else ""

    @property
    def spelt(self) -> str:
        """The command as it was typed, without what stands around it."""
        return spaced(self.name, self.raw.strip(_LOOSE), self.because.rstrip(_LOOSE))

    def refused(self, code: str, *, example: str, found: str = "", offers: Iterable[str] = ()) -> Refused:
        """A refusal that shows what was not understood (or the whole command) and the right form in the same words."""
        whole = f"{self.name} {self.rest}".strip()
        facts = {"found": found or whole, "example": self.example(example), "command": self.phrase.zh}
        return Refused(code, offers=offers, **facts)


def _any_of(names: Iterable[str]) -> str:
    longest_first = sorted(names, key=len, reverse=True)
    chinese = "|".join(name for name in longest_first if not name.isascii())
    letters = "|".join(re.escape(name) for name in longest_first if name.isascii())
    # A Chinese name may run straight into its object (改期SO-1042), a name in letters may not.
    # ASCII: to a pattern that ignores case, ı, İ, ſ and the Kelvin sign are letters of these names, to a table not.
    return rf"(?:{chinese}|(?ai:(?<![A-Za-z0-9_-])(?:{letters})(?![A-Za-z0-9_-])))"


def right_form(name: str, rest: str, reason: str, needs_reason: bool, is_english: bool) -> str:
    words = f"{name} {rest}".strip()
    if not (needs_reason or reason):
        return words
    return f"{words} because {reason or '<reason>'}" if is_english else f"{words} 因为 {reason or '<原因>'}"


def because(reason: str, say: Say) -> str:
    """Signs alone are no reason after 因为, only words of their own."""
    return f"{say('因为', 'because')} {reason}" if any(c.isalnum() for c in reason) else reason


def this_or(about: str, say: Say) -> str:
    """An item or a request as it is typed, and whatever is spoken about by its word."""
    return say(THIS, "this") if about == THIS else about


def _in_chinese(chinese: str, english: str) -> str:
    return chinese


def _in_english(chinese: str, english: str) -> str:
    return english


def spaced(*words: str) -> str:
    return " ".join(word for word in words if word)


def _each_once(pairs: Iterable[tuple[K, Phrase]]) -> dict[K, Phrase]:
    known: dict[K, Phrase] = {}
    for key, phrase in pairs:
        if key in known:
            raise ValueError(f"{key} belongs to {known[key].english} and to {phrase.english}")
        known[key] = phrase
    return known
