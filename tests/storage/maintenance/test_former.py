"""A former release's own tests, run on newer tables: they pass beside what only adds, and tell what takes away."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests import ROOT
from tests.former import run
from tests.tomorrow import ADDS, scripts_of_tomorrow

ROOMS = ("bot", "cards", "connectors", "handlers", "planning", "sandbox", "storage", "tests", "pyproject.toml")
SHORT = ["tests/storage/plan/test_wordings.py"]


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("steps", "passes"), [(ADDS, True), ('op.drop_table("wordings")', False)])
def test_the_former_release_is_tried_on_the_new_tables(tmp_path: Path, steps: str, passes: bool) -> None:
    former, new = tmp_path / "former", tmp_path / "new"
    for place in (former, new):
        place.mkdir()
        for room in ROOMS:
            source = ROOT / room
            if source.is_file():
                shutil.copy(source, place / room)
            else:
                shutil.copytree(source, place / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.rmtree(new / "storage" / "migrations")
    shutil.move(scripts_of_tomorrow(tmp_path, compatible=True, steps=steps), new / "storage" / "migrations")
    who = ("-c", "user.name=nobody", "-c", "user.email=nobody@example.com")
    for command in (["init", "-q"], ["add", "-A"], [*who, "commit", "-qm", "all"], ["tag", "v0.1.0"]):
        subprocess.run(["git", *command], cwd=former, check=True)
    status = run("v0.1.0", SHORT, repository=former, schema_of=new)
    assert (status == 0) is passes
