"""Links from a column of items, as project programs export them: `2,3FS+2 个工作日`, `1SS+3 days`."""

import re
import unicodedata
from collections.abc import Sequence

from bot.tables.cells import Unit, Unreadable, days_of, lag_of
from bot.tables.items import ItemTable
from bot.tables.links import natural_drive, week_of
from bot.tables.row import Row
from planning.plan.limits import MAX_DAYS, MAX_LINKS
from planning.plan.link import Drives, Link, LinkKind
from planning.plan.timetable import Timetable

SEPARATORS = re.compile(r"[,;、]+")
ONE = re.compile(r"(?P<code>.+?)\s*(?P<kind>FS|SS|FF|SF)?\s*(?P<lag>[+-]\s*\d.*)?", re.IGNORECASE)
Key = tuple[str, str, LinkKind]


def read_predecessors(table: ItemTable, listed: Sequence[Link], timetable: Timetable) -> list[Link]:
    """The links that rows of items name; one that the table of links has as well stands there. Whatever cannot be read
    is a problem of its row: nothing is dropped."""
    known = {(link.predecessor, link.successor, link.kind): link for link in listed}
    links: list[Link] = []
    for row, code in table.linked:
        for piece in _pieces(row):
            link = _link(row, piece, code, table, timetable)
            if link is not None and _is_new(row, link, known):
                links.append(link)
        if len(listed) + len(links) > MAX_LINKS:
            row.problems.add(row.sheet.file, "too_many_rows", line=row.line, limit=MAX_LINKS)
            break
    return links


def _pieces(row: Row) -> list[str]:
    lines = (unicodedata.normalize("NFKC", line) for line in row.lines("predecessors"))
    return [piece.strip() for line in lines for piece in SEPARATORS.split(line) if piece.strip()]


def _is_new(row: Row, link: Link, known: dict[Key, Link]) -> bool:
    other = known.setdefault((link.predecessor, link.successor, link.kind), link)
    if other is not link and (other.lag, other.lag_kind) != (link.lag, link.lag_kind):
        row.fail("predecessors", "predecessor_twice", other=link.predecessor)
    return other is link


def _link(row: Row, piece: str, code: str, table: ItemTable, timetable: Timetable) -> Link | None:
    named = _code(piece, table)
    found = None if named else ONE.fullmatch(piece)
    if found:
        named = _code(found["code"], table)
    if named == code:
        row.fail("predecessors", "self_link")
        return None
    lag = ((found and found["lag"]) or "").replace(" ", "")
    kind = (found and found["kind"]) or ""
    drives = natural_drive(named, table)
    week = week_of("", named if drives is Drives.PREDECESSOR else code, table, timetable)
    try:
        if not named or (not kind and _may_be_of_a_code(lag)):
            raise Unreadable("predecessor")
        return Link(named, code, LinkKind((kind or "FS").upper()), *lag_of(lag, MAX_DAYS, week), drives)
    except Unreadable:
        row.fail("predecessors", "predecessor", piece=piece)
        return None


def _may_be_of_a_code(lag: str) -> bool:
    """`MO-1` is more likely an item that is not there than `MO` with a lead of a day."""
    return lag.startswith("-") and days_of(lag)[1] is Unit.NONE


def _code(word: str, table: ItemTable) -> str:
    word = word.strip()
    return word if word in table.lines else table.also_called.get(word, "")
