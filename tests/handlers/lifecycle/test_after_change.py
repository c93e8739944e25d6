"""One door for a change of state: a change request is saved in one place, and what follows is done there."""

import ast
from pathlib import Path

import pytest

from tests import ROOT

DOOR = ROOT / "handlers" / "lifecycle" / "after_change.py"
ROOMS = ("bot", "handlers", "planning", "cards", "storage")


def calls(file: Path) -> set[str]:
    """`changes.save`, `changes.add` as far as this file calls them on whatever it has."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    called = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    named = (func for func in called if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Attribute))
    return {f"{func.value.attr}.{func.attr}" for func in named if isinstance(func.value, ast.Attribute)}


@pytest.mark.parametrize("write", ["changes.save", "changes.add"])
def test_a_change_request_is_written_in_one_place(write: str) -> None:
    files = (file for room in ROOMS for file in (ROOT / room).rglob("*.py"))
    assert [file for file in files if write in calls(file)] == [DOOR]
