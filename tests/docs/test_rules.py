"""docs/rules.md: each rule once, in order; what a comment names is there; the invariants are those that are checked."""

import re
from itertools import groupby

from tests import ROOT
from tests.machine.invariants import INVARIANTS

RULE = re.compile(r'^\| <a id="([a-z]\d+)"></a>([A-Z]\d+) \| (.+) \|$', re.MULTILINE)
NAMED = re.compile(r"docs/rules\.md,? ((?:[A-Z]\d+(?:, | and | to )?)+)")
ROOMS = ("bot", "cards", "handlers", "planning", "sandbox", "storage", "tests")
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


def test_what_a_comment_names_is_there() -> None:
    known = set(rules())
    files = [file for room in ROOMS for file in (ROOT / room).rglob("*.py")]
    named = {
        (name, str(file.relative_to(ROOT)))
        for file in files
        for group in NAMED.findall(" ".join(file.read_text(encoding="utf-8").split()))
        for name in re.findall(r"[A-Z]\d+", group)
    }
    assert {(name, file) for name, file in named if name not in known} == set()
