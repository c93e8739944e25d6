"""docs/rules.md: each rule once, in order; comments name these and no papers from elsewhere."""

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from tests import ROOT
from tests.machine.invariants import INVARIANTS

RULE = re.compile(r'^\| <a id="([a-z]\d+)"></a>([A-Z]\d+) \| (.+) \|$', re.MULTILINE)
NAMED = re.compile(r"\brules? ((?:[A-Z]\d+(?:, | and | to )?)+)", re.IGNORECASE)
ELSEWHERE = re.compile(
    r"\b(?:domain,? (?:parts? )?\d|invariants? \d|protocol \d|engines,? part|part \d|design: |issue \d|"
    r"(?:connectors|daily|design|domain|engines|needs|protocol)\.md)|\(R\d\d|\(C\d\d?\)|\"\"\"C\d\d?: ",
    re.IGNORECASE,
)
"""Citations of papers that nobody finds here."""
ROOMS = ("bot", "cards", "connectors", "handlers", "planning", "sandbox", "storage", "tests")
RULE_NAME = re.compile(r"[A-Z]\d+")
TABLE = re.compile(r"^\| <a", re.MULTILINE)


def rules() -> list[str]:
    text = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    found = RULE.findall(text)
    assert len(found) == len(TABLE.findall(text)), "a row is not `| <a id=\"i1\"></a>I1 | … |`"
    assert [anchor for anchor, name, _ in found if anchor != name.lower()] == []
    return [name for _, name, _ in found]


def test_each_is_there_once_in_order() -> None:
    for letter, names in groupby(rules(), key=lambda name: name[0]):
        of_it = list(names)
        assert of_it == [f"{letter}{number}" for number in range(1, len(of_it) + 1)]


def test_every_invariant_is_checked_by_the_machine() -> None:
    assert [int(name[1:]) for name in rules() if name.startswith("I")] == sorted(INVARIANTS)


def files() -> Iterator[tuple[str, str]]:
    """Every file of the rooms but this one, with its text in one line."""
    for room in ROOMS:
        for file in (ROOT / room).rglob("*.py"):
            if file != Path(__file__):
                yield str(file.relative_to(ROOT)), " ".join(file.read_text(encoding="utf-8").split())


def test_what_a_comment_names_is_there() -> None:
    known = set(rules())
    groups = [(file, group) for file, text in files() for group in NAMED.findall(text)]
    named = [(file, name) for file, group in groups for name in RULE_NAME.findall(group)]
    assert len(named) > 100
    assert [(file, name) for file, name in named if name not in known] == []


def test_no_comment_cites_what_is_not_in_the_repository() -> None:
    assert [(file, found[0]) for file, text in files() for found in ELSEWHERE.finditer(text)] == []
