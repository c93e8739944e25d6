"""A release: version and notes in a commit, and its tag. `python -m tests.docs.release 0.2.0`; nothing is pushed."""

import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
VERSION = re.compile(r"\d+\.\d+\.\d+")
LINE = re.compile(r'^version = "[^"]+"$', re.MULTILINE)
Notes = Callable[[Path, str], None]


class NotReleased(Exception):
    """The message says why, and what to do."""


def released(version: str, repository: Path = ROOT, notes: Notes | None = None) -> str:
    """Make the release; its tag. `notes` gathers the news. Raises NotReleased, having changed nothing."""
    tag = f"v{version}"
    if not VERSION.fullmatch(version):
        raise NotReleased(f"{version or 'no version'}: wanted is X.Y.Z, as in make release VERSION=0.2.0")
    if _git(repository, "status", "--porcelain"):
        raise NotReleased("the checkout has changes: commit them first.")
    if _git(repository, "tag", "--list", tag):
        raise NotReleased(f"{tag} is there already: take the next version.")
    project = repository / "pyproject.toml"
    text, found = LINE.subn(f'version = "{version}"', project.read_text(encoding="utf-8"), count=1)
    assert found, "pyproject.toml has a version"
    project.write_text(text, encoding="utf-8")
    (notes or _gathered)(repository, version)
    _git(repository, "add", "--all")
    _git(repository, "commit", "--quiet", "--allow-empty", "--message", f"release: {version}")
    _git(repository, "tag", "--annotate", tag, "--message", f"Tongpan {version}")
    return tag


def _gathered(repository: Path, version: str) -> None:
    command = [sys.executable, "-m", "towncrier", "build", "--yes", "--version", version]
    subprocess.run(command, cwd=repository, check=True)


def _git(repository: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=repository, capture_output=True, encoding="utf-8", check=True)
    return done.stdout.strip()


def main(arguments: Sequence[str]) -> int:
    try:
        tag = released(arguments[0] if arguments else "")
    except NotReleased as why:
        print(f"Not released: {why}", file=sys.stderr)  # noqa: T201
        return 1
    print(f"{tag} is made. Push it with: git push --follow-tags")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
