"""The catalogue: every sentence in both languages with the same facts, and a sentence for every refusal."""

import ast
from collections.abc import Iterator
from string import Formatter

import pytest

from cards.words import LOCALES, Words
from cards.words.sentences import SENTENCES
from tests import ROOT

ROOMS = ("planning", "handlers", "bot")


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", SENTENCES)
def test_both_languages_say_the_same(code: str) -> None:
    chinese, english = SENTENCES[code]
    assert chinese.strip()
    assert english.strip()
    assert fields(chinese) == fields(english), code


def refusals(room: str) -> Iterator[tuple[str, str]]:
    """Every code that is refused with somewhere in a room, with where."""
    for file in (ROOT / room).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="Refused" | "Refusal"), args=[ast.Constant(value=str(code)), *_]):
                    yield code, f"{file.relative_to(ROOT)}:{node.lineno}"


@pytest.mark.parametrize("room", ROOMS)
def test_every_refusal_has_its_sentence(room: str) -> None:
    found = list(refusals(room))
    words = Words()
    assert [where for code, where in found if not words.knows(code)] == []


def test_a_missing_fact_shows_its_name() -> None:
    for locale in LOCALES:
        assert "{no}" in Words(locale)("already-submitted")
