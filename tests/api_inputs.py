"""Inputs for the API drawn from its own description, to a service with a small plan: `make api`.

A program of its own, schemathesis, reads /openapi.json and looks at each answer: no 500, the status, form and headers
that the description promises. Whether an input is accepted is not looked at: which plans, items and cursors there are
the description cannot say, and an empty value counts as none.
"""

import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from bot.clock import MovableClock
from bot.current import Current
from bot.environment import environment_of
from bot.settings import Settings
from bot.settings.model import ApiToken
from bot.web import create_web
from storage.database import Database
from tests.bot.web.factory import PLAN, settings, write_plan
from tests.bot.web.system import Channel
from tests.databases import fresh_database

TOKEN = "token-of-all-scopes"
NOW = datetime(2026, 11, 30, 2, tzinfo=UTC)
NOT_LOOKED_AT = "positive_data_acceptance,negative_data_rejection"
SEED = "777001"
START_SECONDS = 30.0


def main(*arguments: str) -> int:
    with tempfile.TemporaryDirectory() as folder, fresh_database("sqlite", Path(folder), migrated=True) as url:
        with closing(Database(url, "main")) as database:
            write_plan(database, PLAN, NOW)
            configured = _settings()
            channels = {"dingtalk": Channel()}
            web = create_web(configured, Current(environment_of(configured)), MovableClock(NOW), database, channels)
            return _asked(web, folder, arguments)


def _asked(web: FastAPI, folder: str, arguments: tuple[str, ...]) -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        server = uvicorn.Server(uvicorn.Config(web, log_level="warning"))
        serving = threading.Thread(target=server.run, kwargs={"sockets": [door]})
        serving.start()
        try:
            _wait_for(server)
            address = f"http://127.0.0.1:{door.getsockname()[1]}/openapi.json"
            command = [
                str(Path(sys.executable).with_name("st")), "run", address,
                "--header", f"Authorization: Bearer {TOKEN}", "--exclude-checks", NOT_LOOKED_AT, "--seed", SEED,
                "--no-color", *arguments,
            ]  # fmt: skip
            return subprocess.run(command, cwd=folder, check=False).returncode
        finally:
            server.should_exit = True
            serving.join()


def _wait_for(server: uvicorn.Server) -> None:
    until = time.monotonic() + START_SECONDS
    while not server.started:
        assert time.monotonic() < until, "the service did not start"
        time.sleep(0.05)


def _settings() -> Settings:
    """Those of the small factory, with one more token, which is never told to call less often."""
    small = settings()
    scopes = ["read", "write", "audit", "report"]
    everything = ApiToken.model_validate({"name": "all", "token": TOKEN, "scopes": scopes})
    api = small.api.model_copy(update={"tokens": (*small.api.tokens, everything)})
    return small.model_copy(update={"api": api, "limits": small.limits.model_copy(update={"api_per_minute": 0})})


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
