"""A PostgreSQL of the tests goes when they do, however they end."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from tests import ROOT


@pytest.fixture
def guard() -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.postgres"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    ) as guard:
        yield guard


@pytest.mark.parametrize("how", ["the pipe closes", "SIGTERM", "SIGKILL"])
def test_nothing_is_left(guard: "subprocess.Popen[str]", how: str) -> None:
    assert guard.stdout is not None
    assert guard.stdin is not None
    url = make_url(guard.stdout.readline().strip()).set(drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False)) as connection:
        found = connection.execute("SELECT current_setting('data_directory')").fetchone()
    assert found is not None
    data = Path(found[0])
    postmaster = int((data / "postmaster.pid").read_text(encoding="utf-8").split()[0])
    if how == "the pipe closes":
        guard.stdin.close()
    else:
        os.kill(guard.pid, signal.Signals[how])
    guard.wait(60)
    deadline = time.monotonic() + 60
    while (_lives(postmaster) or data.parent.exists()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _lives(postmaster)
    assert not data.parent.exists()


def _lives(process: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return False
