"""A working folder with settings, and the command line in it: in this process, or in one of its own."""

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import structlog

from bot.cli import main
from tests import ROOT

SETTINGS = """\
locale: {locale}
calendar: weekdays
server: {{port: {port}}}
database: {{url: "{database}"}}
departments:
  - {{id: production, name: 生产部}}
people:
  - {{id: wang.wu, name: 王五, department: production, roles: [approver, coordinator]}}
{more}
"""
ITEMS = "code,title,department,duration_days,start\nMO-1,总装,生产部,3,2026-03-02\nMO-2,检验,生产部,2,\n"
LINKS = "predecessor,successor\nMO-1,MO-2\n"


@dataclass(frozen=True)
class Ended:
    status: int
    out: str
    err: str


class Office:
    """A folder with `config.yaml`; it is the working directory."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        self.settings()

    def settings(
        self, *, locale: str = "zh-CN", database: str = "sqlite:///data/plan.db", port: int = 0, more: str = ""
    ) -> None:
        self.file("config.yaml", SETTINGS.format(locale=locale, database=database, port=port, more=more))

    def file(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def plan(self) -> None:
        """A small plan in the database."""
        self.file("items.csv", ITEMS)
        self.file("links.csv", LINKS)
        assert self.run("import", "items.csv", "links.csv").status == 0

    def run(self, *arguments: str) -> Ended:
        self._capsys.readouterr()
        status = main(arguments)
        captured = self._capsys.readouterr()
        return Ended(status, captured.out, captured.err)

    def process(self, *arguments: str) -> Ended:
        command = [sys.executable, str(ROOT / "run.py"), *arguments]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, encoding="utf-8", check=False, timeout=60)
        return Ended(done.returncode, done.stdout, done.stderr)

    def started(self, *arguments: str) -> "subprocess.Popen[str]":
        """A process that goes on; its logs are read from `stderr`."""
        command = [sys.executable, str(ROOT / "run.py"), *arguments]
        return subprocess.Popen(command, cwd=self.folder, stderr=subprocess.PIPE, encoding="utf-8")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Office:
    monkeypatch.chdir(tmp_path)
    return Office(tmp_path, capsys)


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    """The command line sets up logging for its whole process; here that is the process of all tests."""
    root = logging.getLogger()
    before = root.handlers[:], root.level, logging.raiseExceptions, threading.excepthook
    yield
    root.handlers[:], root.level, logging.raiseExceptions, threading.excepthook = before
    logging.captureWarnings(False)
    structlog.reset_defaults()
