"""Answers that are drawings."""

from starlette.responses import Response

SAFE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}
"""A drawing opened as a page of its own runs and fetches nothing."""


class Svg(Response):
    media_type = "image/svg+xml"


class Png(Response):
    media_type = "image/png"
