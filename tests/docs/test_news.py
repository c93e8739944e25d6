"""news/: each fragment has a kind that `CHANGELOG.md` has a heading for, and says something."""

import re
import tomllib
from pathlib import Path

import pytest

from tests import ROOT

CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["towncrier"]
KINDS = {kind["directory"] for kind in CONFIG["type"]}
FRAGMENTS = [file for file in sorted((ROOT / "news").iterdir()) if file.name not in CONFIG["ignore"]]


@pytest.mark.parametrize("fragment", FRAGMENTS, ids=lambda fragment: fragment.name)
def test_a_fragment_has_a_kind_and_a_sentence(fragment: Path) -> None:
    named = re.fullmatch(r"\+[a-z0-9-]+\.([a-z]+)\.md", fragment.name)
    assert named, "name it +<a few words>.<kind>.md"
    assert named[1] in KINDS
    assert fragment.read_text(encoding="utf-8").strip().endswith(".")


def test_the_changelog_has_the_place_they_go_to() -> None:
    changelog = (ROOT / CONFIG["filename"]).read_text(encoding="utf-8")
    assert changelog.count(CONFIG["start_string"]) == 1
