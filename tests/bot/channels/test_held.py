"""A channel of one connection: connected where it is held, and said to be so only while it is."""

from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.channels.common.held import Held, standing_by
from tests.bot.delivery.scripted import Scripted

INBOUND: Any = None


@dataclass
class Hold:
    """`says`: what the next looks find; the last stays."""

    says: deque[bool | Exception] = field(default_factory=lambda: deque([True]))
    freed: int = 0

    def hold(self) -> bool:
        said = self.says.popleft() if len(self.says) > 1 else self.says[0]
        if isinstance(said, Exception):
            raise said
        return said

    def let_go(self) -> None:
        self.freed += 1


class Line(Scripted):
    """Notes what is asked of it, and whether it was held to be ours then; `fails`: the next times."""

    def __init__(self, *fails: str) -> None:
        super().__init__()
        self.fails, self.asked, self.held = list(fails), list[tuple[str, bool]](), Held(self, Hold())

    async def start(self, inbound: object) -> None:
        self._note("start")

    async def stop(self) -> None:
        self._note("stop")

    def trouble(self) -> str:
        return "broken"

    def _note(self, what: str) -> None:
        self.asked.append((what, self.held.is_ours))
        if self.fails and self.fails[0] == what:
            raise OSError(self.fails.pop(0))


def line(*says: bool | Exception, fails: tuple[str, ...] = ()) -> tuple[Line, Hold]:
    hold, channel = Hold(deque(says)), Line(*fails)
    channel.held = Held(channel, hold, seconds=0)
    return channel, hold


@asynccontextmanager
async def watched(channel: Line) -> AsyncIterator[Held]:
    await channel.held.start(INBOUND)
    yield channel.held
    await channel.held.stop()


async def look(held: Held) -> None:
    """One look more, without a pause before it."""
    held._watching._until = 0.0
    await held._watching.attempt(lambda: held._look(INBOUND))


async def test_it_is_ours_once_it_has_started_and_no_more_before_it_is_stopped() -> None:
    channel, hold = line(True)
    async with watched(channel) as held:
        assert (held.stands_by, held.trouble()) == (False, "broken")
    assert channel.asked == [("start", False), ("stop", False)]
    assert (held.stands_by, hold.freed) == (True, 1)


async def test_a_start_that_fails_is_tried_again_and_meanwhile_nothing_is_sent() -> None:
    channel, _ = line(True, fails=("start", "start"))
    held = channel.held
    await held._watching.attempt(lambda: held._look(INBOUND))
    assert standing_by({"dingtalk": held}) == {"dingtalk"}
    assert held.trouble() == "broken", "it is ours to connect, and is not"
    await look(held)
    await look(held)
    assert [what for what, _ in channel.asked] == ["start", "stop", "start", "stop", "start"]
    assert not held.stands_by
    await look(held)
    assert len(channel.asked) == 5, "it stays as it is"


async def test_who_loses_it_stops_and_a_stop_that_fails_is_tried_again() -> None:
    channel, hold = line(True, fails=("stop",))
    held = channel.held
    await look(held)
    hold.says = deque([False])
    for _ in range(3):
        await look(held)
        assert held.stands_by
    assert channel.asked == [("start", False), ("stop", False), ("stop", False)]
    assert held.trouble() == "", "it is somebody else's"
    hold.says = deque([True])
    await look(held)
    assert not held.stands_by


async def test_while_nobody_can_tell_it_stays_as_it_is() -> None:
    channel, hold = line(True)
    held = channel.held
    await look(held)
    hold.says = deque([OSError("away")])
    await look(held)
    assert (held.stands_by, channel.asked) == (False, [("start", False)])


async def test_one_that_never_held_it_stops_nothing() -> None:
    channel, hold = line(False)
    async with watched(channel) as held:
        assert held.stands_by
    assert (channel.asked, hold.freed) == ([], 1)


@pytest.mark.parametrize("fails", [("start",), ()])
async def test_at_the_end_what_was_begun_is_stopped(fails: tuple[str, ...]) -> None:
    channel, _ = line(True, fails=fails)
    await look(channel.held)
    await channel.held.stop()
    assert channel.asked[-1] == ("stop", False)
