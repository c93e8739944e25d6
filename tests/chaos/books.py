"""Another system, which sends reports and counts over HTTP until each is acknowledged, whoever dies meanwhile."""

import asyncio
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import httpx
from sqlalchemy import Engine, text

from tests.bot.channels.product import eventually
from tests.scenarios.process import Bot

TOKEN = "books-token-of-the-chaos"
API = {"tokens": [{"name": "books", "token": TOKEN, "scopes": ["read", "report"]}]}
"""The section of the settings that lets it in."""
ITEM, PRODUCT = "MO-2432", "chaos"
BEGAN = timedelta(hours=1)
"""So long ago its first count was made; each is a little later than the one before."""
PAUSE = 0.02
PATIENCE = 300.0
"""Seconds until what is not acknowledged counts as lost."""
REPORTS = 3
"""In one call."""


@dataclass
class Books:
    engine: Engine
    answers: defaultdict[str, set[tuple[str, ...]]] = field(default_factory=lambda: defaultdict(set))
    """The numbers that each call was answered with, by its key."""
    counted: set[int] = field(default_factory=set)
    """Counts that were acknowledged."""
    calls: int = 0
    again: int = 0
    """Calls that were sent once more, their answer having died."""
    _sent: dict[str, int] = field(default_factory=dict)
    _began: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0) - BEGAN)
    _numbers: "count[int]" = field(default_factory=count)

    async def keep(self, bot: Bot) -> None:
        """Send as long as somebody answers: first what was sent before and is not acknowledged."""
        port = next(entry["port"] for entry in reversed(bot.log) if entry.get("action") == "service.listening")
        headers = {"Authorization": f"Bearer {TOKEN}"}
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers, trust_env=False) as client:
            while bot.is_alive:
                try:
                    await self._send(client)
                except httpx.TransportError:
                    return
                await asyncio.sleep(PAUSE)

    async def settled(self, bot: Bot) -> None:
        """Send what is left until all is acknowledged."""
        keeping = asyncio.create_task(self.keep(bot))
        await eventually(lambda: self._sent.keys() == self.answers.keys(), PATIENCE)
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)

    async def _send(self, client: httpx.AsyncClient) -> None:
        waiting = next((key for key in self._sent if key not in self.answers), None)
        number = self._sent[waiting] if waiting else next(self._numbers)
        key = waiting or f"books-{number:06}"
        self.again += waiting is not None
        self._sent[key] = number
        rows = [{"item": ITEM, "kind": "quantity", "good": 0.001}] * REPORTS
        booked = await self._post(client, "/api/v1/reports", rows, {"Idempotency-Key": key})
        as_of = self._began + timedelta(milliseconds=number)
        stock = [{"product": PRODUCT, "on_hand": number, "as_of": as_of.isoformat()}]
        kept = await self._post(client, "/api/v1/stock", stock, {})
        assert (booked["accepted"], kept["accepted"]) == (REPORTS, 1), (booked, kept)
        self.answers[key].add(tuple(one["no"] for one in booked["results"]))
        self.counted.add(number)

    async def _post(self, client: httpx.AsyncClient, path: str, rows: Any, headers: dict[str, str]) -> dict[str, Any]:
        self.calls += 1
        answer = await client.post(path, json=rows, headers=headers)
        assert answer.is_success, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def wrong(self) -> dict[str, int]:
        """Lost, doubled, phantom: of reports by their keys and numbers, of counts by their instants."""
        with self.engine.connect() as connection:
            rows = connection.execute(text("SELECT key, no FROM reports WHERE channel = 'api'")).all()
            numbers = Counter(connection.scalars(text("SELECT no FROM reports")).all())
            told = Counter(connection.scalars(text("SELECT subject FROM audit_events WHERE kind = 'report.made'")))
            counts = Counter(
                int(float(one)) for one in connection.scalars(
                    text("SELECT on_hand FROM stock_snapshots WHERE product = :product"), {"product": PRODUCT}
                )
            )  # fmt: skip
        booked = Counter(key for key, _ in rows)
        by_key = {key: no for key, no in rows}
        expected = {f"books {key} {n}" for key in self._sent for n in range(REPORTS)}
        answered = {
            f"books {key} {n}": {numbers[n] for numbers in answers}
            for key, answers in self.answers.items() for n in range(REPORTS)
        }  # fmt: skip
        twice = sum(times > 1 for times in (*booked.values(), *numbers.values(), *told.values(), *counts.values()))
        otherwise = sum(nos != {by_key.get(key)} for key, nos in answered.items())
        return {
            "lost": len(answered.keys() - booked.keys()) + len(self.counted - counts.keys()) + otherwise,
            "doubled": twice,
            "phantom": len(booked.keys() - expected) + len(counts.keys() - set(self._sent.values())),
        }
