"""What stands behind a channel in these tests: it notes what comes in and answers as it is told."""

import asyncio
from collections.abc import Callable
from typing import Any

from bot.channels.common.channel import Answer, Clicked, DirectoryChanged, Said
from cards.action import Action, Verb
from cards.card import Button, Card, Fact, Style, Tone

PATIENCE = 30.0
"""Seconds until something awaited counts as missing: only a failing test waits so long."""


class Product:
    """`failures`: how many events are not saved first. `gate`: cleared, nothing gets through until it is set."""

    def __init__(self) -> None:
        self.heard: asyncio.Queue[Said] = asyncio.Queue()
        self.clicks: asyncio.Queue[Clicked] = asyncio.Queue()
        self.arrived: list[Answer] = []
        """Answers that the platform took."""
        self.changes: list[DirectoryChanged] = []
        self.failures = 0
        self.answer: Callable[[Clicked], Answer | None] = lambda event: None
        self.gate = asyncio.Event()
        self.gate.set()
        self.entered = asyncio.Event()

    async def said(self, event: Said) -> None:
        await self._enter()
        await self.heard.put(event)

    async def clicked(self, event: Clicked) -> Answer | None:
        await self._enter()
        await self.clicks.put(event)
        return self.answer(event)

    async def answered(self, event: Clicked, answer: Answer) -> None:
        self.arrived.append(answer)

    async def directory_changed(self, event: DirectoryChanged) -> None:
        await self._enter()
        self.changes.append(event)

    async def _enter(self) -> None:
        self.entered.set()
        await self.gate.wait()
        if self.failures:
            self.failures -= 1
            raise RuntimeError("the database is away")

    async def hears(self) -> Said:
        async with asyncio.timeout(PATIENCE):
            return await self.heard.get()

    async def sees_click(self) -> Clicked:
        async with asyncio.timeout(PATIENCE):
            return await self.clicks.get()


async def eventually(true: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """The first true value. TimeoutError when none comes."""
    async with asyncio.timeout(seconds):
        while not (value := true()):  # noqa: ASYNC110 - what is waited for has no event of its own
            await asyncio.sleep(0.005)
        return value


def card(card_id: str = "c1", title: str = "变更 12：MO-1023 交期", *, closed: bool = False) -> Card:
    buttons = (
        Button("同意", Action(card_id, Verb.APPROVE), Style.PRIMARY),
        Button("驳回", Action(card_id, Verb.REJECT), Style.DANGER, asks="原因"),
    )
    return Card(
        title=title,
        status="已同意" if closed else "待审批",
        tone=Tone.SUCCESS if closed else Tone.WARN,
        body="**MO-1023** 12-05 → 12-08",
        summary="MO-1023 12-05 → 12-08",
        facts=(Fact("截止", "12-01 18:00"),),
        buttons=() if closed else buttons,
    )
