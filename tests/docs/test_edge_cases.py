"""docs/edge-cases.md: every case of the list is in it, and every test it names is there."""

import ast
import re
from functools import cache

import pytest

from tests import ROOT

ROW = re.compile(r"^\| (\d+) \|(?P<cells>.*)\|$", re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
CASES = range(1, 30)


def rows() -> dict[int, list[str]]:
    text = (ROOT / "docs" / "edge-cases.md").read_text(encoding="utf-8")
    return {int(row[1]): [cell.strip() for cell in row["cells"].split("|")] for row in ROW.finditer(text)}


@cache
def functions_of(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_every_case_is_there_once_in_order() -> None:
    assert list(rows()) == list(CASES)


@pytest.mark.parametrize("case", CASES)
def test_it_is_shown_by_tests_that_exist_or_said_to_be_missing(case: int) -> None:
    _, _, shown_by, to_come = rows()[case]
    named = NAMED.findall(f"{shown_by} {to_come}")
    assert NAMED.sub("", shown_by).replace("<br>", "").strip() in ("", "—"), "a test is named `tests/…py::test_…`"
    assert NAMED.search(shown_by) or to_come.startswith("Not yet: ")
    assert [f"{file}::{name}" for file, name in named if name not in functions_of(file)] == []
