"""Everything that is logged, ours and the libraries', leaves as one clean line."""

import io
import json
import logging
import threading
import warnings
from collections.abc import Mapping
from typing import Any

import httpx
import pytest
import structlog

from bot import logs
from bot.channels.common.tamed import tamed_logger
from bot.platforms import PLATFORMS
from bot.settings import settings_of

SECRET = "h7sK-never-shown"
log = structlog.get_logger("bot.test")


@pytest.fixture
def stream() -> io.StringIO:
    stream = io.StringIO()
    logs.configure("info", [SECRET], stream=stream)
    return stream


def lines(stream: io.StringIO) -> list[Mapping[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def only_line(stream: io.StringIO) -> Mapping[str, Any]:
    (line,) = lines(stream)
    return line


def test_a_line_says_what_where_when_and_how_bad(stream: io.StringIO) -> None:
    log.warning("delivery put off", action="delivery.later", seconds=3.5, who="王五")
    line = only_line(stream)
    assert line["timestamp"].endswith("Z")
    assert {**line, "timestamp": ""} == {
        "event": "delivery put off",
        "action": "delivery.later",
        "seconds": 3.5,
        "who": "王五",
        "level": "warning",
        "logger": "bot.test",
        "timestamp": "",
    }


def test_a_library_s_error_looks_the_same(stream: io.StringIO) -> None:
    logging.getLogger("uvicorn.error").error("cancelled %d tasks", 3)
    line = only_line(stream)
    assert (line["event"], line["level"], line["logger"]) == ("cancelled 3 tasks", "error", "uvicorn.error")


@pytest.mark.parametrize("name", ["httpx", "apscheduler.executors.default", "uvicorn.access", "websockets.client"])
def test_a_library_s_chatter_stays_away(stream: io.StringIO, name: str) -> None:
    logging.getLogger(name).info("GET https://qyapi.weixin.qq.com/cgi-bin/send?access_token=abc")
    assert stream.getvalue() == ""


async def test_httpx_tells_no_address(stream: io.StringIO) -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(200))
    async with httpx.AsyncClient(transport=transport) as client:
        await client.get("https://qyapi.weixin.qq.com/cgi-bin/gettoken", params={"corpsecret": SECRET})
    assert stream.getvalue() == ""


def test_a_secret_is_hidden_in_every_place(stream: io.StringIO) -> None:
    log.info(f"asked with {SECRET}", url=f"https://x/?q={SECRET}", body={"a": [SECRET]}, error=ValueError(SECRET))
    logging.getLogger("somebody").error("asked with %s", SECRET)
    try:
        try:
            raise ValueError(SECRET)
        except ValueError as cause:
            raise RuntimeError(f"wrong: {SECRET}") from cause
    except RuntimeError:
        log.exception("it failed")
        logging.getLogger("somebody").exception("it failed")
    assert len(lines(stream)) == 4
    assert SECRET not in stream.getvalue()


def test_an_exception_is_one_line_with_its_traceback(stream: io.StringIO) -> None:
    try:
        raise RuntimeError("the database is away")
    except RuntimeError:
        log.exception("message failed", ref="0badcafe")
    line = only_line(stream)
    assert (line["level"], line["ref"]) == ("error", "0badcafe")
    assert line["exception"].startswith("Traceback (most recent call last):")
    assert line["exception"].endswith("RuntimeError: the database is away")


def test_an_exception_never_brings_its_local_variables(stream: io.StringIO) -> None:
    sealed = "only in a local variable"
    try:
        raise RuntimeError(len(sealed))
    except RuntimeError:
        log.exception("it failed")
    assert "only in a local variable" not in stream.getvalue().replace('sealed = "only', "")


def test_the_level_of_the_settings_is_ours_alone() -> None:
    stream = io.StringIO()
    logs.configure("debug", stream=stream)
    log.debug("ours")
    logging.getLogger("websockets.client").debug("theirs")
    assert only_line(stream)["event"] == "ours"


def test_a_library_with_a_level_of_its_own_keeps_to_ours(stream: io.StringIO) -> None:
    logs.configure("error", stream=stream)
    tamed_logger("tongpan.dingtalk_sdk").info("connecting to endpoint")
    assert stream.getvalue() == ""


def test_configuring_again_replaces_and_does_not_double(stream: io.StringIO) -> None:
    second = io.StringIO()
    logs.configure("error", stream=second)
    log.warning("too quiet")
    log.error("once")
    assert stream.getvalue() == ""
    assert only_line(second)["event"] == "once"


def test_a_record_that_cannot_be_formatted_prints_nothing_raw(
    stream: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    logging.getLogger("somebody").error("%d", SECRET)
    assert SECRET not in stream.getvalue() + capsys.readouterr().err


def test_a_thread_that_fails_is_logged(stream: io.StringIO) -> None:
    def fail() -> None:
        raise ValueError(SECRET)

    thread = threading.Thread(target=fail, name="storage-writer")
    thread.start()
    thread.join()
    line = only_line(stream)
    assert (line["event"], line["thread"], line["level"]) == ("a thread failed", "storage-writer", "error")
    assert line["exception"].endswith("ValueError: ***")


def test_a_warning_of_python_is_a_line_too(stream: io.StringIO) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(False)
        logging.captureWarnings(True)
        warnings.warn("old-fashioned", UserWarning, stacklevel=1)
    assert "old-fashioned" in only_line(stream)["event"]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_person_reads_words_and_the_error_s_last_line() -> None:
    terminal = Terminal()
    logs.configure("info", [SECRET], stream=terminal)
    try:
        raise RuntimeError(f"wrong: {SECRET}")
    except RuntimeError:
        log.exception("message failed", ref="0badcafe")
    shown = terminal.getvalue()
    assert "message failed" in shown
    assert "RuntimeError: wrong: ***" in shown
    assert "Traceback" not in shown
    assert SECRET not in shown


def test_at_level_debug_a_person_gets_the_traceback() -> None:
    terminal = Terminal()
    logs.configure("debug", [SECRET], stream=terminal)
    try:
        raise RuntimeError(f"wrong: {SECRET}")
    except RuntimeError:
        log.exception("message failed")
    assert "Traceback" in terminal.getvalue()
    assert SECRET not in terminal.getvalue()


def test_every_secret_of_the_settings_is_known() -> None:
    aes = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
    app = {"agent_id": 1, "secret": "s-app", "token": "s-token", "encoding_aes_key": aes}
    settings = settings_of(PLATFORMS).model_validate(
        {
            "database": {"url": "postgresql+psycopg://plan:s-data%40base@db/plan"},
            "dingtalk": {"client_id": "ding1", "client_secret": "s-ding", "card_template_id": "t"},
            "wecom": {"corp_id": "ww1", "app": app, "aibot": {"bot_id": "aib", "secret": "s-bot"}},
            "api": {"tokens": [{"name": "erp", "token": "s-erp"}, {"name": "mes", "token": "s-mes"}]},
        }
    )
    known = set(logs.secrets_of(settings))
    assert known >= {"s-app", "s-token", aes, "s-data%40base", "s-data@base", "s-ding", "s-bot", "s-erp", "s-mes"}


def test_the_file_of_a_sqlite_database_is_no_secret() -> None:
    settings = settings_of(PLATFORMS).model_validate({"database": {"url": "sqlite:///data/a@b.db"}})
    assert list(logs.secrets_of(settings)) == []
