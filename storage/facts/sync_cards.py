"""Sync cards, with every version that was ever shown, and its signatures."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Row, insert, select

from planning.rhythm.sync import Seat, Signature, SyncCard
from storage.repository import Repository
from storage.tables.rhythm import signatures, sync_cards, sync_versions

_OF_DAY = ("since", "sent_at", "deadline", "closes_at", "version", "escalated_at", "closed_at")


class SyncCards(Repository):
    def add(self, card: SyncCard) -> bool:
        """Keep a day's card; False when there is one."""
        seats = [asdict(seat) for seat in card.seats]
        row = {"plan_id": self._plan_id, "day": card.day, "seats": seats, **_values(card)}
        is_new = self._add_new(sync_cards, row)
        if is_new:
            self._add_version(card)
        return is_new

    def keep(self, before: SyncCard, after: SyncCard) -> None:
        """What has become of it: its newest version, and new signatures."""
        self._alter(sync_cards, {"day": after.day}, **_values(after))
        if after.version != before.version:
            self._add_version(after)
        for one in after.signatures[len(before.signatures) :]:
            values = {name: getattr(one, name) for name in Signature.__slots__}
            self._write(insert(signatures), {"plan_id": self._plan_id, "day": after.day, **values})

    def of(self, day: date) -> SyncCard | None:
        row = self._row(sync_cards, day=day)
        return self._card(row) if row else None

    def last(self) -> SyncCard | None:
        """The newest."""
        query = select(sync_cards).where(self._of_plan(sync_cards)).order_by(sync_cards.c.day.desc()).limit(1)
        row = self._connection.execute(query).one_or_none()
        return self._card(row) if row else None

    def page(self, most: int, after: date) -> list[SyncCard]:
        """So many of later days, oldest first."""
        query = select(sync_cards).where(self._of_plan(sync_cards), sync_cards.c.day > after)
        return [self._card(row) for row in self._connection.execute(query.order_by(sync_cards.c.day).limit(most)).all()]

    def contents(self, day: date) -> list[str]:
        """What each of its versions held, the first first."""
        return [row.content for row in self._rows(sync_versions, "version", day=day)]

    def _add_version(self, card: SyncCard) -> None:
        row = {"version": card.version, "content": card.content, "sha256": card.sha256, "made_at": card.made_at}
        self._write(insert(sync_versions), {"plan_id": self._plan_id, "day": card.day, **row})

    def _card(self, row: Row[Any]) -> SyncCard:
        newest = self._rows(sync_versions, "version", day=row.day)[-1]
        return SyncCard(
            day=row.day, seats=tuple(Seat(**seat) for seat in row.seats), content=newest.content,
            made_at=newest.made_at, signatures=tuple(self._signatures(row.day)),
            **{name: row._mapping[name] for name in _OF_DAY},
        )  # fmt: skip

    def _signatures(self, day: date) -> Sequence[Signature]:
        rows = self._rows(signatures, "at", day=day)
        return [Signature(**{name: row._mapping[name] for name in Signature.__slots__}) for row in rows]


def _values(card: SyncCard) -> dict[str, Any]:
    return {name: getattr(card, name) for name in _OF_DAY}
