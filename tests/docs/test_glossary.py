"""docs/glossary.md: every name it gives stands in the code."""

import re

import pytest

from tests import ROOT

ROOMS = ("bot", "cards", "handlers", "planning", "storage")
NAMED = re.compile(r"`([\w.]+)`")


def names() -> list[str]:
    rows = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    cells = [row.split("|")[3] for row in rows if row.startswith("| ") and row.count("|") == 4]
    return [name for cell in cells for name in NAMED.findall(cell)]


@pytest.fixture(scope="module")
def defined() -> frozenset[str]:
    """What is defined anywhere: classes, functions, files, fields and members."""
    files = [file for room in ROOMS for file in (ROOT / room).rglob("*.py")]
    words = re.compile(r"(?:class|def) (\w+)|^\s+(\w+)(?:: | = )", re.MULTILINE)
    found = {name for file in files for pair in words.findall(file.read_text("utf-8")) for name in pair if name}
    return frozenset(found | {file.stem for file in files})


@pytest.mark.parametrize("name", names())
def test_it_is_there(name: str, defined: frozenset[str]) -> None:
    assert [part for part in name.split(".") if part not in defined] == []
