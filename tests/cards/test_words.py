"""The catalogue: every sentence in its file, in both languages with the same facts, looked up somewhere and found."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest
from pydantic_core.core_schema import ErrorType

from cards.words import LOCALES, Words
from cards.words.sentences import SENTENCES
from planning.trail.audit import Kind
from tests import ROOT

WORDS = ROOT / "cards" / "words"
ROOMS = ("planning", "storage", "cards", "handlers", "bot")
FAMILIES = {key.partition(".")[0] for key in SENTENCES}
BY_CODE = ("refusal", "settings", "table", "problem", "invalid")
"""Families whose keys end in a code that stands alone in the source."""
BY_VALIDATOR = ("settings", "invalid")
"""Families some of whose codes are the validator's names of mistakes."""
LOOK_UP = re.compile(rf"({'|'.join(sorted(FAMILIES))})\.([A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
NO_LOOK_UPS = {*(kind.value for kind in Kind), "picture.svg.j2", "chart.svg.j2", "wecom.app", "settings.source"}
"""Strings that only look like a key: kinds of events, templates, sections of the settings."""
BY_ITSELF = ("value.preview",)
"""Keys that the catalogue looks up itself."""
LOOKING_UP = ("words", "_words", "knows", "_say")
PUT_TOGETHER = re.compile(r"(fence-(closed|no-approver)|predecessor-later|before-constraint|in-the-past)-[a-z]+")
"""Codes of refusals that are made of a code and what makes it worse."""


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("key", SENTENCES)
def test_both_languages_say_the_same(key: str) -> None:
    chinese, english = SENTENCES[key]
    assert chinese.strip()
    assert english.strip()
    assert fields(chinese) == fields(english), key


def families() -> Iterator[tuple[Path, list[str]]]:
    """The files of the catalogue, with the keys that stand in each."""
    for file in WORDS.rglob("*.py"):
        for node in ast.parse(file.read_text("utf-8")).body:
            match node:
                case ast.AnnAssign(target=ast.Name(id="SENTENCES"), value=ast.Dict(keys=keys)):
                    yield file.relative_to(WORDS), [str(ast.literal_eval(key)) for key in keys if key]


def test_a_key_begins_with_the_name_of_its_file() -> None:
    stray = [(str(file), key) for file, keys in families() for key in keys if _family(file) != key.partition(".")[0]]
    assert stray == []


def test_no_key_stands_twice() -> None:
    keys = [key for _, keys in families() for key in keys]
    assert sorted(keys) == sorted(SENTENCES)


def test_every_look_up_finds_its_sentence() -> None:
    said = {text: where for text, where in literals() if LOOK_UP.fullmatch(text)}
    assert {text: where for text, where in said.items() if text not in SENTENCES and text not in NO_LOOK_UPS} == {}
    assert {text: where for text, where in said_in_a_call() if text not in SENTENCES} == {}
    patterns = {shape.pattern: where for shape, where in shapes() if not any(map(shape.fullmatch, SENTENCES))}
    assert patterns == {}


def test_every_code_has_its_sentence() -> None:
    assert {key: where for key, where in codes() if key not in SENTENCES} == {}


def test_every_sentence_is_looked_up() -> None:
    said = {*BY_ITSELF, *(text for text, _ in literals())}
    made = [shape for shape, _ in shapes()]
    unused = [key for key in SENTENCES if key not in said and not _by_code(key, said) and not _made(key, made)]
    assert unused == []


def test_a_missing_fact_shows_its_name() -> None:
    for locale in LOCALES:
        assert "{no}" in Words(locale)("refusal.already-submitted")


def _family(file: Path) -> str:
    return file.parts[0].removesuffix(".py")


def _by_code(key: str, said: set[str]) -> bool:
    family, _, code = key.partition(".")
    if family in BY_VALIDATOR and code in get_args(ErrorType):
        return True
    return family in BY_CODE and bool(said & {code, code.replace("_", "-")} or PUT_TOGETHER.fullmatch(code))


def _made(key: str, shapes: list[re.Pattern[str]]) -> bool:
    """By an f-string; one that only puts a code behind its family would be any key's."""
    bare = {rf"{family}\..*" for family in BY_CODE}
    return any(shape.fullmatch(key) for shape in shapes if shape.pattern not in bare)


@cache
def nodes() -> list[tuple[ast.AST, str]]:
    """Whatever stands in the product's source outside the catalogue, with where."""
    files = (file for room in ROOMS for file in (ROOT / room).rglob("*.py") if WORDS not in file.parents)
    return [
        (node, f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}")
        for file in files
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
    ]


def literals() -> Iterator[tuple[str, str]]:
    """Whole strings; not the parts of one, nor what a line of the log is called."""
    others = {part for node, _ in nodes() if isinstance(node, ast.JoinedStr) for part in node.values}
    others |= {node.value for node, _ in nodes() if isinstance(node, ast.keyword) and node.arg == "action"}
    for node, where in nodes():
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in others:
            yield node.value, where
    for template in templates():
        for call in re.findall(r"words\(([^)]*)", template.read_text("utf-8")):
            for key in re.findall(r"\"([^\"]+[^.\"])\"", call):
                if key in SENTENCES or call.startswith(f'"{key}"'):
                    yield key, str(template.relative_to(ROOT))


def templates() -> Iterator[Path]:
    """Those of cards and of pages."""
    yield from (ROOT / "cards" / "templates").rglob("*.j2")
    yield from (ROOT / "bot" / "web" / "pages" / "templates").rglob("*.html")


def said_in_a_call() -> Iterator[tuple[str, str]]:
    """`words("key", …)`, whatever holds the words."""
    for node, where in nodes():
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[first, *_]) if name in LOOKING_UP:
                for part in (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,):
                    if isinstance(part, ast.Constant):
                        yield str(part.value), where


def shapes() -> Iterator[tuple[re.Pattern[str], str]]:
    """f"family.{…}": what keys it can make."""
    for node, where in nodes():
        match node:
            case ast.JoinedStr(values=[ast.Constant(value=str(start)), *_] as parts) if LOOK_UP.match(start):
                shape = (re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".*" for part in parts)
                yield re.compile("".join(shape)), where
    for template in templates():
        for start in re.findall(r"words\(\"([^\"]+\.)\" ~", template.read_text("utf-8")):
            yield re.compile(f"{re.escape(start)}.*"), str(template.relative_to(ROOT))


def codes() -> Iterator[tuple[str, str]]:
    """Every refusal, mistake and problem that is raised with a code, as the key of its sentence."""
    for node, where in nodes():
        match node:
            case ast.Call(func=ast.Name(id="Refused" | "Refusal"), args=[ast.Constant(value=str(code)), *_]):
                yield f"refusal.{code}", where
            case ast.Call(func=ast.Name(id="PydanticCustomError" | "_wrong"), args=[ast.Constant(value=str(code)), *_]):
                of_settings = where.startswith("bot/settings") or "/settings.py:" in where
                yield f"{'settings' if of_settings else 'invalid'}.{code}", where
            case ast.Call(func=ast.Name(id="Finding"), args=[_, ast.Constant(value=str(code)), *_]):
                yield f"settings.{code}", where
            case ast.keyword(arg="code", value=ast.Constant(value=str(code))) if where.startswith("bot/settings"):
                yield f"settings.{code}", where
            case ast.Call(func=ast.Attribute(value=ast.Name(id="problems")), args=[_, ast.Constant(value=str(code))]):
                yield f"table.{code}", where
            case ast.Call(func=ast.Name(id="Problem"), args=[_, ast.Constant(value=str(code))]):
                yield f"problem.{code}", where
