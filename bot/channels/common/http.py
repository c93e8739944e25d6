"""HTTP to the platforms: always with a time limit, and with nothing secret in a log line or an error."""

import logging
from collections.abc import Iterable

import httpx

from bot.channels.common.clean import parsed
from bot.channels.common.proxies import BadProxy, proxy_for
from bot.spans import span

TIMEOUT = httpx.Timeout(10.0, connect=5.0)


HEADERS = {"Accept": "application/json"}


def client(base_url: str = "") -> httpx.AsyncClient:
    """`base_url` empty: each request names its own. Raises `proxies.BadProxy`."""
    hide_queries()
    if base_url:
        proxy_for(base_url)
    return httpx.AsyncClient(base_url=base_url, timeout=TIMEOUT, headers=HEADERS, transport=Routed())


def post_now(url: str, body: object) -> httpx.Response:
    """One request from a thread."""
    hide_queries()
    with httpx.Client(transport=httpx.HTTPTransport(proxy=proxy_for(url)), timeout=TIMEOUT, headers=HEADERS) as http:
        return http.post(url, json=body)


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
    body = parsed(reply.content)
    if not isinstance(body, dict):
        raise ValueError("not a JSON object")
    return body


def redacted(text: object, secrets: Iterable[str]) -> str:
    """A platform's own words, should they ever repeat a secret, cut to what a sentence can hold."""
    words = str(text)
    for secret in filter(None, secrets):
        words = words.replace(secret, "***")
    return words[:200]


class Routed(httpx.AsyncBaseTransport):
    """HTTP by the way of each address, directly or through its proxy."""

    def __init__(self) -> None:
        self._ways: dict[str | None, httpx.AsyncHTTPTransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            proxy = proxy_for(str(request.url))
        except BadProxy as bad:
            raise httpx.ProxyError(str(bad), request=request) from None
        if proxy not in self._ways:
            self._ways[proxy] = httpx.AsyncHTTPTransport(proxy=proxy)
        # Nothing of the query: tokens stand in it.
        with span("platform call", method=request.method, host=request.url.host, path=request.url.path):
            return await self._ways[proxy].handle_async_request(request)

    async def aclose(self) -> None:
        for way in self._ways.values():
            await way.aclose()
