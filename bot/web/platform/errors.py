"""From what frameworks raise to problems with sentences."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match

from bot.channels.common.clean import clean
from bot.web.platform.limits import MAX_BODY
from bot.web.platform.problem import Problem
from bot.web.platform.turned_away import note_refusal
from cards.words import Words
from planning.plan.operation import Op

METHODS = ("DELETE", "GET", "PATCH", "POST", "PUT")
SHOWN = 20
"""Wrong values that are listed."""


def install(app: FastAPI, words: Words) -> None:
    async def own(request: Request, error: Exception) -> Response:
        assert isinstance(error, Problem)
        await note_refusal(request, error)
        return error.response(words)

    async def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return _of_http(request, error).response(words)

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return _of_validation(request, error.errors(), words).response(words)

    app.add_exception_handler(Problem, own)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(RequestValidationError, invalid)


def invalid(words: Words, *wrong: tuple[str, str]) -> Problem:
    """422 about values: each with where it is and what is wanted."""
    found = [{"at": at, "detail": wanted} for at, wanted in wrong]
    at, wanted = wrong[0]
    detail = words("invalid.at", at=at, wanted=wanted)
    if len(found) > 1:
        detail += words("invalid.more", n=len(found) - 1)
    return Problem(422, "invalid", detail, extra={"errors": found[:SHOWN]})


def sentence_of(errors: Sequence[Mapping[str, Any]], words: Words) -> str:
    """What is wrong with values that stand in a list of their own, the first of it."""
    place = clean(".".join(str(part) for part in errors[0]["loc"])) or words("invalid.body")
    return words("invalid.at", at=place, wanted=_wanted(errors[0], words))


def _of_http(request: Request, error: HTTPException) -> Problem:
    path = request.url.path
    match error.status_code:
        case 400:
            return Problem(400, "bad-json")
        case 404:
            return Problem(404, "not-found", path=path)
        case 405:
            headers = {"Allow": ", ".join(_methods_at(request))}
            return Problem(405, "method-not-allowed", path=path, method=request.method, headers=headers)
        case 413:
            return Problem(413, "too-large", limit=MAX_BODY)
        case status:
            return Problem(status, "failed", http=status, headers=error.headers)


def _methods_at(request: Request) -> list[str]:
    """Methods that some route takes at this address: the router itself names only those of the first."""
    routes = request.app.routes
    return [
        method for method in METHODS
        if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in routes)
    ]  # fmt: skip


def _of_validation(request: Request, errors: Sequence[Mapping[str, Any]], words: Words) -> Problem:
    first = errors[0]
    if first["type"] == "json_invalid":
        return Problem(400, "bad-json", words("problem.bad-json-at", pos=first["loc"][-1] + 1))
    if first["loc"] == ("body",) and not _is_json(request):
        return Problem(415, "not-json")
    return invalid(words, *((_place(error["loc"], words), _wanted(error, words)) for error in errors))


def _is_json(request: Request) -> bool:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind.startswith("application/") and (kind.endswith("/json") or kind.endswith("+json"))


def _place(loc: Sequence[str | int], words: Words) -> str:
    """`("body", "operations", 0, "shift", "to")` as people write it: `operations[0].to`."""
    parts = loc[1:]
    written = ""
    for number, part in enumerate(parts):
        if isinstance(part, int):
            written += f"[{part}]"
        elif not (number and isinstance(parts[number - 1], int) and part in OPS):
            written += f".{part}"
    return clean(written.removeprefix(".")) or words("invalid.body")


OPS = frozenset(op.value for op in Op)
"""In a validator's path they stand for the variant of an operation, not for a key."""


def _wanted(error: Mapping[str, Any], words: Words) -> str:
    facts = {name: _plain(value) for name, value in error.get("ctx", {}).items()}
    code = f"invalid.{error['type']}"
    return words(code if words.knows(code) else "invalid.other", **facts)


def _plain(value: object) -> str:
    """A validator's fact without its English grammar: `'a', 'b' or 'c'` is `a, b, c`; never longer than a line."""
    return str(value).replace("'", "").replace(" or ", ", ")[:200]
