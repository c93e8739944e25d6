"""Lists a page at a time: `{items, next_cursor}`, where a cursor says after which entry the next page begins."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bot.web.platform.problem import Problem

Entry = TypeVar("Entry")
Row = TypeVar("Row")
Key = TypeVar("Key", str, int)
USUAL, MOST = 100, 1000
WHICH_PLAN = "有几个计划时，哪一个 | which plan, where there are several"


def usual(value: object) -> object:
    """`?limit=` says nothing about the limit."""
    return USUAL if value == "" else value


class OfPlan(BaseModel):
    """The query parameter of every path. Unknown ones are mistakes: a misspelt filter would be no filter."""

    model_config = ConfigDict(extra="forbid")

    plan: str = Field("", description=WHICH_PLAN)


class Paging(OfPlan):
    """The query parameters of every list."""

    limit: Annotated[int, BeforeValidator(usual)] = Field(
        USUAL, ge=1, le=MOST, description="一页最多几条 | entries a page has at most"
    )
    cursor: str = Field("", description="上一页的 next_cursor，原样传回 | next_cursor of the page before, as it was")


class Page(BaseModel, Generic[Entry]):
    items: list[Entry]
    next_cursor: str | None = Field(description="没有下一页时为 null | null on the last page")


def page(
    list_name: str, rows: Iterable[Row], limit: int, key: Callable[[Row], str | int], entry: Callable[[Row], Any]
) -> Page[Any]:
    """The first `limit` of the rows; there is a next page when there is one row more."""
    found = list(islice(rows, limit + 1))
    shown = found[:limit]
    following = cursor_after(list_name, key(shown[-1])) if len(found) > limit else None
    return Page(items=[entry(row) for row in shown], next_cursor=following)


def cursor_after(list_name: str, key: str | int) -> str:
    return urlsafe_b64encode(json.dumps([list_name, key]).encode()).decode().rstrip("=")


def list_of(cursor: str) -> str:
    """The list a cursor is of; empty for none, and for what is no cursor."""
    try:
        name = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))[0]
    except (ValueError, TypeError, RecursionError, LookupError):
        return ""
    return name if isinstance(name, str) else ""


def key_of(cursor: str, list_name: str, kind: type[Key]) -> Key | None:
    """The key a cursor of this list holds; None for no cursor. Raises a Problem for anything else."""
    if not cursor:
        return None
    try:
        name, key = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, TypeError, RecursionError):  # not base64, not JSON, not a pair
        raise Problem(422, "bad-cursor") from None
    if name != list_name or type(key) is not kind or not _storable(key):
        raise Problem(422, "bad-cursor")
    return key


def _storable(key: str | int) -> bool:
    """Check whether a database can be asked about it: cursors may be made up."""
    return key.isprintable() if isinstance(key, str) else 0 <= key < 2**31
