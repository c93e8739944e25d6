"""Structured logs on standard error: one JSON object a line, a pleasant console for a person, and never a secret.

Our own records (structlog) and the libraries' (stdlib logging) take the same way, so the redaction at its end sees
everything: texts, fields, exceptions and their tracebacks.
"""

import logging
import sys
import threading
from collections.abc import Iterable, Iterator, MutableMapping
from typing import Any, TextIO
from urllib.parse import unquote

import structlog
from pydantic import BaseModel, SecretStr
from structlog.typing import EventDict, Processor

from bot.redaction import Redactor

OURS = ("bot", "connectors", "handlers", "storage", "cards", "planning", "tongpan", "__main__")
"""Loggers that speak at the level of the settings. Everybody else speaks only when something is wrong: httpx would
tell each address, APScheduler each second, uvicorn each request."""
FIRST = {"timestamp": "", "level": "", "logger": ""}
"""Fields at the beginning of each line; these hold nothing that could be secret."""

class _Handler(logging.StreamHandler[TextIO]):
    """The one that `configure` replaces."""


log = structlog.get_logger()
_current = Redactor()


def configure(
    level: str = "info", secrets: Iterable[str] = (), *, stream: TextIO | None = None, machine: bool | None = None
) -> None:
    """Send all logs to `stream` (standard error) from `level` on; may be called again once the secrets are known.

    `machine`: JSON lines; None: unless the stream is a terminal. A person at a terminal sees an error's last line,
    its traceback only at level debug.
    """
    global _current
    _current = Redactor(secrets)
    stream = stream or sys.stderr
    machine = not stream.isatty() if machine is None else machine
    structlog.configure(
        processors=[*_common(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = _Handler(stream)
    handler.setLevel(_number(level))  # some loggers have a level of their own
    handler.setFormatter(_formatter(machine, traces=machine or level == "debug"))
    root = logging.getLogger()
    root.handlers = [*(other for other in root.handlers if not isinstance(other, _Handler)), handler]
    root.setLevel(max(logging.WARNING, _number(level)))
    for name in OURS:
        logging.getLogger(name).setLevel(_number(level))
    logging.captureWarnings(True)
    logging.raiseExceptions = False  # its report of a record that cannot be formatted would bypass the redaction
    threading.excepthook = _thread_failed


def redacted(text: str) -> str:
    """A text without the secrets the logs were configured with: for what is printed instead of logged."""
    return _current.text(text)


def secrets_of(section: BaseModel) -> Iterator[str]:
    """Every secret of the settings, at whatever depth. Of an address also the password in it, by itself."""
    for _, value in section:
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, SecretStr):
                yield from _parts(part.get_secret_value())
            elif isinstance(part, BaseModel):
                yield from secrets_of(part)


def _parts(secret: str) -> Iterator[str]:
    scheme, found, rest = secret.partition("://")
    if not found:
        yield secret
        return
    # The address of a SQLite file is no secret, and it stands in many a useful sentence.
    user, at, _ = rest.rpartition("@")
    if scheme in ("http", "https"):
        yield secret
    if at and scheme != "sqlite":
        yield secret
        password = user.partition(":")[2]
        yield from (password, unquote(password))


def _common() -> list[Processor]:
    """Processors of every record, whoever wrote it."""
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]


def _formatter(machine: bool, *, traces: bool) -> logging.Formatter:
    last: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if machine
        else structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_common(),
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info if traces else _error_in_a_line,
            _redact,
            last,
        ],
    )


def _error_in_a_line(_logger: Any, _method: str, event: EventDict) -> EventDict:
    raised = event.pop("exc_info", None)
    if raised:
        error = raised if isinstance(raised, BaseException) else (raised if raised is not True else sys.exc_info())[1]
        event["error"] = f"{type(error).__name__}: {error}"
    return event


def _redact(_logger: Any, _method: str, event: EventDict) -> MutableMapping[str, Any]:
    ordered = {**FIRST, "event": "", **event}
    return {name: value if name in FIRST else _current.named(name, value) for name, value in ordered.items()}


def _number(level: str) -> int:
    return logging.getLevelNamesMapping()[level.upper()]


def _thread_failed(args: threading.ExceptHookArgs) -> None:
    name = args.thread.name if args.thread else ""
    error = args.exc_value or args.exc_type()
    log.error("a thread failed", action="thread.failed", thread=name, exc_info=error)
