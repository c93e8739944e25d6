"""Only for who opened this very address: other sites in the same browser may neither ask nor press anything."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

SAYS = "请从本机打开：http://127.0.0.1 加端口 | Open it on this machine: http://127.0.0.1 and the port\n"
OURS = ("same-origin", "none")
"""Values of Sec-Fetch-Site: the page itself, or typed by a person."""


class OwnAddress:
    """ASGI middleware. The Host has to be this machine's, or a name that somebody points at 127.0.0.1 would be let in
    (DNS rebinding); what changes something comes from a page of the same address, or from no page at all."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket") and not _is_welcome(scope):
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
                return
            await PlainTextResponse(SAYS, 403)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _is_welcome(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    host = headers.get("host", "")
    if not _is_local(host):
        return False
    if scope.get("method") in ("GET", "HEAD"):
        return True
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    if origin == "null" and site == "same-origin":  # a form of a page that tells nobody its address
        return True
    same = origin is None or urlsplit(origin).netloc.lower() == host.lower()
    return same and (site or "none") in OURS


def _is_local(host: str) -> bool:
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False
