"""HTTP to the platforms: always with a time limit, and with nothing secret in a log line or an error."""

import logging
from collections.abc import Iterable

import httpx

TIMEOUT = httpx.Timeout(10.0, connect=5.0)


def client(base_url: str) -> httpx.AsyncClient:
    hide_queries()
    return httpx.AsyncClient(base_url=base_url, timeout=TIMEOUT, headers={"Accept": "application/json"})


def hide_queries() -> None:
    """httpx logs whole addresses, and WeCom's carry access tokens: keep what stands before the `?` only."""
    logging.getLogger("httpx").addFilter(_without_query)


def _without_query(record: logging.LogRecord) -> bool:
    if isinstance(record.args, tuple):
        record.args = tuple(part.copy_with(query=None) if isinstance(part, httpx.URL) else part for part in record.args)
    return True


def cause(error: Exception) -> str:
    """Kind of failure of a request, without its address."""
    return type(error).__name__


def json_object(reply: httpx.Response) -> dict[str, object]:
    """The body as a JSON object. ValueError when it is anything else."""
    body = reply.json()
    if not isinstance(body, dict):
        raise ValueError("not a JSON object")
    return body


def redacted(text: object, secrets: Iterable[str]) -> str:
    """A platform's own words, should they ever repeat a secret, cut to what a sentence can hold."""
    words = str(text)
    for secret in filter(None, secrets):
        words = words.replace(secret, "***")
    return words[:200]
