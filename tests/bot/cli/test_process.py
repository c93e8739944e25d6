"""The command line as a process of its own, as people and supervisors run it."""

import csv
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from storage.connection.engine import sqlite_module
from tests import ROOT
from tests.bot.cli.conftest import Office

FEDORA = ROOT.parent / "shared" / "data" / "fedora20"


def test_version_and_run_py_from_anywhere(office: Office) -> None:
    ended = office.process("version")
    assert (ended.status, ended.err) == (0, "")
    assert re.match(r"Tongpan \d+\.\d+\.\d+ \(Python 3\.\d+\.\d+, SQLite 3\.\d+\.\d+\)\n", ended.out)


def test_wrong_settings_end_it_with_2_and_a_line_each(office: Office) -> None:
    office.settings(port=99999)
    ended = office.process("serve")
    assert (ended.status, ended.out) == (2, "")
    assert re.fullmatch(r"config\.yaml:\d+: server\.port: .*99999.*\n", ended.err)


@pytest.mark.skipif(not FEDORA.exists(), reason=f"the shared data is not at {FEDORA}")
def test_a_real_plan_comes_in_without_a_complaint_and_goes_out_again_the_same(office: Office) -> None:
    imported = office.process("import", str(FEDORA / "items.csv"), str(FEDORA / "links.csv"))
    assert (imported.status, imported.err) == (0, "")
    assert "380 项、368 条关系" in imported.out
    exported = office.process("export", "plan.csv")
    assert (exported.status, exported.err) == (0, "")
    with (office.folder / "plan.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with (FEDORA / "items.csv").open(encoding="utf-8", newline="") as file:
        assert [row["code"] for row in csv.DictReader(file)] == [row["编码"] for row in rows]
    assert all(row["开始"] and row["完成"] and row["版本"] == "1" for row in rows)
    again = office.process("import", "plan.csv", "plan.links.csv")
    assert (again.status, again.err) == (0, "")
    assert again.out.splitlines() == ["与第 1 版没有差别，不用导入"]


def test_on_a_terminal_without_chinese_nothing_breaks(office: Office) -> None:
    command = [sys.executable, str(ROOT / "run.py"), "doctor"]
    environment = {"PYTHONIOENCODING": "ascii", "PATH": ""}
    done = subprocess.run(command, cwd=office.folder, env=environment, capture_output=True, check=False, timeout=60)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"config.yaml" in done.stdout


# -- serve ----------------------------------------------------------------------------------------------------


@contextmanager
def serving(office: Office) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """The bot as a process, and the address it listens on."""
    process = office.started("serve")
    try:
        assert process.stderr
        for line in process.stderr:
            entry = json.loads(line)
            if entry.get("action") == "service.listening":
                yield process, f"http://127.0.0.1:{entry['port']}"
                return
        raise AssertionError(f"it ended with {process.wait()}")
    finally:
        process.kill()
        process.communicate()


def rest_of(process: "subprocess.Popen[str]") -> list[dict[str, Any]]:
    assert process.stderr
    return [json.loads(line) for line in process.stderr]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_serve_answers_until_it_is_asked_to_end(office: Office, number: signal.Signals) -> None:
    with serving(office) as (process, address), httpx.Client(base_url=address) as client:
        assert client.get("/healthz").status_code == 200
        process.send_signal(number)
        logged = rest_of(process)
        assert process.wait(20) == 0
    assert [entry["action"] for entry in logged if "action" in entry] == ["service.stopping", "service.stopped"]
    assert not [entry for entry in logged if entry["level"] in ("error", "critical")]


def test_a_request_under_way_is_answered_before_the_end(office: Office) -> None:
    office.settings(more="api: {tokens: [{name: erp, token: t-erp}]}")
    office.plan()
    body = json.dumps({"operations": [{"item": "MO-1", "op": "set_duration", "to": 5}]}).encode()
    head = (
        "POST /api/v1/impact HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t-erp\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nExpect: 100-continue\r\n\r\n"
    )
    with serving(office) as (process, address), _connected(address) as caller:
        caller.sendall(head.encode())
        assert caller.recv(100).startswith(b"HTTP/1.1 100 ")
        process.send_signal(signal.SIGTERM)
        while _is_open(address):
            pass
        caller.sendall(body)
        assert caller.recv(100).startswith(b"HTTP/1.1 200 ")
        assert process.wait(20) == 0


def _connected(address: str) -> socket.socket:
    target = urlsplit(address)
    return socket.create_connection((target.hostname or "", target.port or 0), timeout=20)


def _is_open(address: str) -> bool:
    try:
        _connected(address).close()
    except ConnectionError:
        return False
    return True


def test_the_file_belongs_to_the_bot_that_serves(office: Office) -> None:
    with serving(office):
        second = office.run("serve")
    assert second.status == 1
    assert "正被另一个进程使用" in second.err.splitlines()[-1]


# -- proxies ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:9", "http://127.0.0.1:9"])
def test_the_demo_goes_through_no_proxy(office: Office, proxy: str) -> None:
    """Nothing listens on port 9: whatever took that way would not arrive."""
    names = ("ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "http_proxy", "https_proxy")
    environment = {**os.environ, **dict.fromkeys(names, proxy)} | {"NO_PROXY": "", "no_proxy": ""}
    command = [sys.executable, str(ROOT / "run.py"), "demo", "--port", "0"]
    process = subprocess.Popen(
        command, cwd=office.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )
    try:
        assert process.stdout
        told = next(line for line in process.stdout if "http://" in line)
        with httpx.Client(base_url=told.split()[-1], trust_env=False, timeout=60) as client:
            deadline = time.monotonic() + 60
            while (ready := client.get("/readyz")).status_code != 200 and time.monotonic() < deadline:
                time.sleep(0.1)
        assert ready.status_code == 200, ready.text
    finally:
        process.terminate()
        _, errors = process.communicate(timeout=30)
    assert errors == ""


@pytest.mark.parametrize("command", ["serve", "doctor"])
def test_a_proxy_of_no_use_is_a_sentence(office: Office, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    office.settings(more="dingtalk: {client_id: ding1, client_secret: x, card_template_id: plan.schema}")
    office.plan()
    monkeypatch.setenv("ALL_PROXY", "socks5://me:secret@127.0.0.1:9")
    ended = office.process(command)
    (line,) = [line for line in (ended.out + ended.err).splitlines() if "ALL_PROXY" in line]
    assert "socks5://127.0.0.1:9" in line
    assert ended.status == {"serve": 2, "doctor": 1}[command]
    for telltale in ("secret", "Traceback"):
        assert telltale not in ended.out + ended.err


# -- the end, while the database is in trouble -----------------------------------------------------------------


def test_a_stop_while_nothing_can_be_written_says_so_in_a_few_lines(office: Office) -> None:
    """Another program holds the lock for longer than anybody waits."""
    with serving(office) as (process, address), httpx.Client(base_url=address, timeout=60) as client:
        with closing(sqlite_module().connect(str(office.folder / "data" / "plan.db"), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert client.get("/readyz").status_code == 503
            process.send_signal(signal.SIGTERM)
            logged = rest_of(process)
            assert process.wait(60) == 0
    assert logged[-1]["action"] == "service.stopped"
    assert not [entry for entry in logged if "exception" in entry or "never retrieved" in entry["event"]]
    wrong = [entry for entry in logged if entry["level"] in ("warning", "error")]
    assert 1 <= len(wrong) <= 8, wrong
    assert [entry for entry in wrong if entry.get("reason") != "database is locked"] == []
