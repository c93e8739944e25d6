"""Every refusal there is as the whole sentence people read (refusals.yaml), raised with what its sentence tells."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import yaml

from cards.words import LOCALES, Words
from cards.words.sentences import SENTENCES
from planning.refusal import Refusal
from tests import ROOT

ROOMS = ("planning", "handlers", "cards", "bot")
REFUSAL = "refusal."
RAISING = ("Refused", "Refusal")
TABLE: Mapping[str, Mapping[str, Any]] = yaml.safe_load((Path(__file__).parent / "refusals.yaml").read_text("utf-8"))
MADE_LATER = {"name": "person", "status_name": "status", "state_name": "state", "field_name": "field",
              "until": "windows", "keepers": "windows"}  # fmt: skip
"""What a turn makes of an id on the way to the reader."""


def calls() -> Iterator[tuple[ast.Call, str]]:
    """Whatever makes a refusal, with where."""
    for room in ROOMS:
        for file in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                match node:
                    case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[_, *_]) if name in RAISING:
                        yield node, f"{file.relative_to(ROOT)}:{node.lineno}"


def fields(code: str) -> set[str]:
    return {name for sentence in SENTENCES[REFUSAL + code] for _, name, _, _ in Formatter().parse(sentence) if name}


def test_the_table_has_every_refusal_and_no_other() -> None:
    known = {key.removeprefix(REFUSAL) for key in SENTENCES if key.startswith(REFUSAL)}
    assert sorted(known - set(TABLE)) == [], "add its sentence to the table"
    assert sorted(set(TABLE) - known) == [], "these have no sentence any more"


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("code", TABLE)
def test_the_whole_sentence(code: str, locale: str) -> None:
    language = locale.partition("-")[0]
    given = TABLE[code].get("facts", {})
    facts = {name: fact[language] if isinstance(fact, dict) else fact for name, fact in given.items()}
    assert Words(locale).refusal(Refusal(code, facts)) == TABLE[code][language]
    assert set(facts) == fields(code)


def test_every_refusal_is_raised_with_what_its_sentence_tells() -> None:
    """Where the facts stand beside the code; otherwise a reader would see `{name}`."""
    missing = {}
    for call, where in calls():
        match call:
            case ast.Call(func=ast.Name(id="Refused"), args=[ast.Constant(value=str(code))], keywords=keywords):
                given: set[object] = {keyword.arg for keyword in keywords}
            case ast.Call(func=ast.Name(id="Refusal"), args=[ast.Constant(value=str(code)), ast.Dict(keys=keys)]):
                given = {key.value if isinstance(key, ast.Constant) else None for key in keys}
            case _:
                continue
        told = {name for name in fields(code) if name not in given and MADE_LATER.get(name) not in given}
        if told and None not in given:
            missing[where] = (code, told)
    assert missing == {}
