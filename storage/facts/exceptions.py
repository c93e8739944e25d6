"""Episodes of exceptions, and the full scans that found them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, bindparam, case, delete, func, insert, or_, select, update

from planning.exceptions.episode import Episode, State
from planning.exceptions.finding import Code, Key, Severity
from storage.repository import Repository, in_parts
from storage.tables.facts import exception_scans, exceptions

_SEVERITIES = ("severity", "worst", "snoozed_at")
_KEPT = [name for name in Episode.__slots__ if name not in ("key", "number")]
_ADDED = insert(exceptions)
_THIS = (exceptions.c.plan_id == bindparam("plan"), exceptions.c.number == bindparam("which"))
_BROUGHT_UP = update(exceptions).where(*_THIS).values({name: bindparam(name) for name in _KEPT})
_FORGOTTEN = delete(exceptions).where(*_THIS)
"""Each for many rows at once: the first scan of a plan that was never looked at has tens of thousands."""


class Scan(NamedTuple):
    """A full scan: when it ran, how many exceptions it opened and how many it closed."""

    ran_at: datetime
    opened: int
    closed: int


class Exceptions(Repository):
    def newest(self, closed_since: datetime, items: Collection[str] | None = None) -> list[Episode]:
        """Of each key the newest episode that is not closed, was closed since then, or is muted still. `items`: of
        these, changes and sources among them; None: of all."""
        lately = or_(
            exceptions.c.state != State.CLOSED.value,
            exceptions.c.closed_at >= closed_since,
            exceptions.c.muted_until >= closed_since,
        )
        query = select(exceptions).where(self._of_plan(exceptions), lately).order_by(exceptions.c.number)
        return list({one.key: one for one in self._episodes(query, items)}.values())

    def open_ones(self, items: Collection[str] | None = None) -> list[Episode]:
        """`items`: of these; None: all."""
        query = select(exceptions).where(self._of_plan(exceptions, state=State.OPEN.value))
        return list(self._episodes(query.order_by(exceptions.c.number), items))

    def with_news(self, least: Severity) -> list[Episode]:
        """Open ones that stand on one card with any whose worst is so bad, and was not told."""
        c = exceptions.c
        is_open = self._of_plan(exceptions, state=State.OPEN.value)
        place = case((c.root == "", c.item), else_=c.root)
        untold = or_(c.told.is_(None), c.told < c.worst)
        news = select(place).where(is_open, untold, c.worst >= int(least))
        query = select(exceptions).where(is_open, place.in_(news)).order_by(c.number)
        return list(self._episodes(query, None))

    def _episodes(self, query: Select[Any], items: Collection[str] | None) -> Iterator[Episode]:
        """Those of so many items as one statement may name at a time."""
        named = in_parts(set(items)) if items is not None else ()
        for one in [query] if items is None else (query.where(exceptions.c.item.in_(part)) for part in named):
            yield from map(episode_of, self._connection.execute(one))

    def states(self) -> list[tuple[int, State]]:
        """Of all that ever opened, by their numbers."""
        query = select(exceptions.c.number, exceptions.c.state).where(self._of_plan(exceptions))
        ever = query.where(exceptions.c.opened_at.is_not(None)).order_by(exceptions.c.number)
        return [(number, State(state)) for number, state in self._connection.execute(ever)]

    def closed_since(self, since: datetime) -> list[Episode]:
        """The oldest first."""
        closed = self._of_plan(exceptions, state=State.CLOSED.value) & (exceptions.c.closed_at >= since)
        rows = self._connection.execute(select(exceptions).where(closed).order_by(exceptions.c.closed_at))
        return [episode_of(row) for row in rows]

    def criticals(self, since: datetime, until: datetime) -> dict[Code, int]:
        """How many of each code that opened between these were critical at their worst."""
        opened = (exceptions.c.opened_at >= since) & (exceptions.c.opened_at < until)
        which = self._of_plan(exceptions, worst=int(Severity.CRITICAL)) & opened
        query = select(exceptions.c.code, func.count()).where(which).group_by(exceptions.c.code)
        return {Code(code): count for code, count in self._connection.execute(query)}

    def get(self, number: int) -> Episode | None:
        row = self._connection.execute(select(exceptions).where(self._of_plan(exceptions, number=number))).one_or_none()
        return episode_of(row) if row else None

    def on_card(self, card: int) -> list[Episode]:
        """Episodes that stand on the card about this one, whatever has become of them."""
        query = select(exceptions).where(self._of_plan(exceptions, card=card)).order_by(exceptions.c.number)
        return [episode_of(row) for row in self._connection.execute(query)]

    def keep(self, episodes: Iterable[Episode]) -> list[Episode]:
        """Add those that have no number yet, and bring the others up to date; as they are kept."""
        kept, number, fresh, known = list[Episode](), -1, list[dict[str, Any]](), list[dict[str, Any]]()
        for one in episodes:
            if one.number:
                known.append({"which": one.number, "plan": self._plan_id, **_row(one)})
            else:
                number = (self._last() if number < 0 else number) + 1
                one = replace(one, number=number)
                key = {"code": one.key.code.value, "item": one.key.item, "second": one.key.second}
                fresh.append({"plan_id": self._plan_id, "number": number, **key, **_row(one)})
            kept.append(one)
        for statement, rows in ((_BROUGHT_UP, known), (_ADDED, fresh)):  # what is closed leaves its key free
            if rows:
                self._connection.execute(statement, rows)
        return kept

    def forget(self, numbers: Sequence[int]) -> None:
        """Leave out warnings that were seen once and never opened."""
        if numbers:
            self._connection.execute(_FORGOTTEN, [{"plan": self._plan_id, "which": number} for number in numbers])

    def scanned(self, due_at: datetime, ran_at: datetime, opened: int, closed: int) -> None:
        """A part of a full scan, or all of it; what it opened and closed is added up."""
        c = exception_scans.c
        known = update(exception_scans).where(self._of_plan(exception_scans, due_at=due_at))
        if not self._connection.execute(known.values(opened=c.opened + opened, closed=c.closed + closed)).rowcount:
            row = {"due_at": due_at, "ran_at": ran_at, "opened": opened, "closed": closed, "cards": 0}
            self._connection.execute(insert(exception_scans).values(plan_id=self._plan_id, **row))

    def last_scan(self) -> Scan | None:
        """The newest full scan; None: there was none."""
        query = select(exception_scans).where(self._of_plan(exception_scans))
        row = self._connection.execute(query.order_by(exception_scans.c.due_at.desc()).limit(1)).one_or_none()
        return Scan(row.ran_at, row.opened, row.closed) if row else None

    def since(self) -> datetime | None:
        """The instant of the first full scan; None: there was none."""
        first = select(func.min(exception_scans.c.ran_at)).where(self._of_plan(exception_scans))
        ran_at: datetime | None = self._connection.scalar(first)
        return ran_at

    def count_cards(self, cards: int) -> None:
        """Add to what the newest scan has led to."""
        newest = select(func.max(exception_scans.c.due_at)).where(self._of_plan(exception_scans)).scalar_subquery()
        which = self._of_plan(exception_scans) & (exception_scans.c.due_at == newest)
        self._connection.execute(update(exception_scans).where(which).values(cards=exception_scans.c.cards + cards))

    def cards_since(self, since: datetime) -> int:
        which = self._of_plan(exception_scans) & (exception_scans.c.ran_at >= since)
        return self._connection.scalar(select(func.sum(exception_scans.c.cards)).where(which)) or 0

    def _last(self) -> int:
        return self._connection.scalar(select(func.max(exceptions.c.number)).where(self._of_plan(exceptions))) or 0


def _row(one: Episode) -> dict[str, Any]:
    values = {name: getattr(one, name) for name in _KEPT} | {"state": one.state.value, "facts": dict(one.facts)}
    values |= {name: int(values[name]) for name in _SEVERITIES}
    return values | {"told": None if one.told is None else int(one.told)}


def episode_of(row: Row[Any]) -> Episode:
    values = {name: getattr(row, name) for name in _KEPT} | {"state": State(row.state)}
    values |= {name: Severity(values[name]) for name in _SEVERITIES}
    told = None if row.told is None else Severity(row.told)
    return Episode(Key(Code(row.code), row.item, row.second), number=row.number, **values | {"told": told})
