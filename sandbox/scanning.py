"""The page on which somebody scans a code with their phone: in a sandbox, they say who they are."""

from collections.abc import Iterable
from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from starlette.responses import HTMLResponse

from sandbox.world import Person


def scanning(title: str, path: str, query: str, people: Iterable[Person]) -> HTMLResponse:
    """Everybody with an account, as a link that scans as them."""
    rows = "".join(
        f'<li><a href="{escape(path)}?{escape(query)}&amp;as={escape(one.id)}">{escape(one.name)}</a></li>'
        for one in people
    )
    return _page(title, f"<h1>{escape(title)}</h1><ul>{rows}</ul>")


def refused(title: str, sentence: str) -> HTMLResponse:
    return _page(title, f"<h1>{escape(title)}</h1><p>{escape(sentence)}</p>", 400)


def back(redirect_uri: str, **query: str) -> str:
    """The address that the browser is sent back to."""
    parts = urlsplit(redirect_uri)
    return urlunsplit(parts._replace(query=urlencode([*parse_qsl(parts.query), *query.items()])))


def _page(title: str, body: str, status: int = 200) -> HTMLResponse:
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
    return HTMLResponse(f'<!doctype html><html lang="zh-CN"><head>{head}</head><body>{body}</body></html>', status)
