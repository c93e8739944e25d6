"""A release is a version, its notes, a commit and a tag, or nothing at all."""

import subprocess
from pathlib import Path

import pytest

from tests.docs.release import NotReleased, released
from tests.former import Skipped, last_release


def git(place: Path, *arguments: str) -> str:
    who = ("-c", "user.name=nobody", "-c", "user.email=nobody@example.com")
    done = subprocess.run(["git", *who, *arguments], cwd=place, capture_output=True, encoding="utf-8", check=True)
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for kind in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{kind}_NAME", "nobody")
        monkeypatch.setenv(f"GIT_{kind}_EMAIL", "nobody@example.com")
    place = tmp_path / "repository"
    place.mkdir()
    git(place, "init", "--quiet")
    (place / "pyproject.toml").write_text('[project]\nversion = "0.1.0"\n', encoding="utf-8")
    git(place, "add", "--all")
    git(place, "commit", "--quiet", "--message", "begin")
    return place


def noted(place: Path, version: str) -> None:
    (place / "CHANGELOG.md").write_text(f"## {version}\n", encoding="utf-8")


def test_a_release_is_a_commit_with_its_tag(repository: Path) -> None:
    assert released("0.2.0", repository, noted) == "v0.2.0"
    assert 'version = "0.2.0"' in git(repository, "show", "v0.2.0:pyproject.toml")
    assert git(repository, "show", "v0.2.0:CHANGELOG.md") == "## 0.2.0"
    assert git(repository, "cat-file", "-t", "v0.2.0") == "tag"
    assert git(repository, "status", "--porcelain") == ""
    git(repository, "commit", "--quiet", "--allow-empty", "--message", "on")
    assert last_release(repository) == "v0.2.0"


@pytest.mark.parametrize(("version", "why"), [("", "X.Y.Z"), ("2", "X.Y.Z"), ("0.1.0", "there already")])
def test_what_cannot_be_released_changes_nothing(repository: Path, version: str, why: str) -> None:
    git(repository, "tag", "v0.1.0")
    with pytest.raises(NotReleased, match=why):
        released(version, repository, noted)
    assert git(repository, "status", "--porcelain") == ""


def test_a_checkout_with_changes_is_not_released(repository: Path) -> None:
    (repository / "new").write_text("", encoding="utf-8")
    with pytest.raises(NotReleased, match="commit them first"):
        released("0.2.0", repository, noted)


def test_without_a_tag_it_is_said_why_nothing_is_run(repository: Path, tmp_path: Path) -> None:
    with pytest.raises(Skipped, match="no release has been tagged yet"):
        last_release(repository)
    git(repository, "tag", "v0.1.0")
    git(repository, "commit", "--quiet", "--allow-empty", "--message", "on")
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{repository}", "shallow")
    with pytest.raises(Skipped, match="shallow"):
        last_release(tmp_path / "shallow")
    (tmp_path / "bare folder").mkdir()
    with pytest.raises(Skipped, match="no git checkout"):
        last_release(tmp_path / "bare folder")
