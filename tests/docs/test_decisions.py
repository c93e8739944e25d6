"""docs/decisions: each record has its four parts, and names only tests and import contracts that are there."""

import re
from pathlib import Path

import pytest

from tests import ROOT
from tests.docs.test_edge_cases import functions_of

RECORDS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
CONTRACT = re.compile(r"import contract “([^”]+)”")


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.stem)
def test_it_says_why_and_what_enforces_it(record: Path) -> None:
    text = record.read_text(encoding="utf-8")
    for part in ("**Context.**", "**Decision.**", "**Consequences.**", "**Enforced by**"):
        assert part in text
    tests, contracts = TEST.findall(text), CONTRACT.findall(text)
    assert tests or contracts
    for file, name in tests:
        assert (ROOT / file).is_file(), file
        assert not name or name in functions_of(file), f"{file}::{name}"
    known = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert [contract for contract in contracts if f'name = "{contract}"' not in known] == []


def test_the_index_has_each_once_in_order() -> None:
    index = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"\]\(([\w-]+\.md)\)", index) == [record.name for record in RECORDS]
