"""The former release's storage and scenario tests, beside the tables of this one.

    python -m tests.former [TAG] [TESTS…]       # by default the last release's tag, and TESTS below

Its code and its tests are checked out in a scratch folder and run there; every database of theirs is migrated by this
checkout first. Where there is no tag (none was made yet, or the clone is shallow), nothing is run, and that is said.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
SCHEMA_OF = "TONGPAN_TESTS_SCHEMA_OF"
"""The variable by which a checkout's tests are told whose migrations they run on (`tests/databases.py`)."""
TESTS = (
    "tests/storage",
    "tests/scenarios/test_stories.py",
    "tests/scenarios/test_decisions.py",
    "tests/scenarios/test_restarts.py",
)
NOT_THEIRS = "migrat or beside or compatib or of_before"
"""What speaks of the tables themselves: there the newer ones are another matter."""


class Skipped(Exception):
    """Nothing to run. The message is the reason."""


def last_release(repository: Path = ROOT) -> str:
    """The tag of the release before this commit. Raises Skipped."""
    found = _git(repository, "describe", "--tags", "--abbrev=0", "--match", "v[0-9]*", check=False)
    if found.returncode == 0:
        return found.stdout.strip()
    if _git(repository, "rev-parse", "--is-inside-work-tree", check=False).returncode:
        raise Skipped("this is no git checkout: which release came before is not known here.")
    if _git(repository, "rev-parse", "--is-shallow-repository").stdout.strip() == "true":
        raise Skipped("this clone is shallow and has no release's tag: `git fetch --unshallow --tags` brings them.")
    raise Skipped("no release has been tagged yet: `make release VERSION=…` makes the first tag (docs/releasing.md).")


def run(tag: str, tests: Sequence[str] = TESTS, repository: Path = ROOT, schema_of: Path = ROOT) -> int:
    """Run tests of a release on this checkout's tables; pytest's exit status."""
    with checked_out(tag, repository) as place:
        there = [test for test in tests if (place / test.partition("::")[0]).exists()]
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", f"not ({NOT_THEIRS})", *there]
        environment = {**os.environ, SCHEMA_OF: str(schema_of), "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run(command, cwd=place, env=environment, check=False).returncode


@contextmanager
def checked_out(tag: str, repository: Path = ROOT) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="tongpan-former-") as scratch:
        place = Path(scratch) / tag
        _git(repository, "worktree", "add", "--quiet", "--detach", str(place), tag)
        try:
            yield place
        finally:
            _git(repository, "worktree", "remove", "--force", str(place))


def _git(repository: Path, *arguments: str, check: bool = True) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(["git", *arguments], cwd=repository, capture_output=True, encoding="utf-8", check=check)


def main(arguments: Sequence[str]) -> int:
    try:
        tag = arguments[0] if arguments else last_release()
    except Skipped as skipped:
        print(f"Not run: {skipped}")  # noqa: T201
        return 0
    print(f"{tag} beside this checkout's tables", flush=True)  # noqa: T201
    return run(tag, arguments[1:] or TESTS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
