"""The channels against the simulated platforms, over real sockets on the loopback."""

import logging
from collections.abc import AsyncIterator, Iterator

import pytest
import structlog

from sandbox.world import Conversation, Person, Platform, World
from tests.bot.channels.product import Product

PEOPLE = (
    Person("wang", "王五", "生产部", dingtalk="manager164", wecom="wangwu"),
    Person("li", "李四", "采购部", dingtalk="li.si", wecom="lisi"),
    Person("fake", "冒名", dingtalk="manager164", wecom="wangwu", corp="othercorp"),
)


@pytest.fixture
def world() -> World:
    world = World()
    world.people = {person.id: person for person in PEOPLE}
    world.open(Conversation(Platform.DINGTALK, "cidPROD==", "生产群", ["wang", "li", "fake"]))
    world.open(Conversation(Platform.DINGTALK, "cidNOBOT==", "没有机器人", ["wang"], bot_present=False))
    world.open(Conversation(Platform.DINGTALK, "manager164", "王五", ["wang"], single=True))
    world.open(Conversation(Platform.WECOM, "wrBUY", "采购群", ["wang", "li"]))
    world.open(Conversation(Platform.WECOM, "lisi", "李四", ["li"], single=True))
    world.open(Conversation(Platform.WECOM_APP, "wangwu", "王五", ["wang"], single=True))
    return world


@pytest.fixture
async def product() -> AsyncIterator[Product]:
    product = Product()
    yield product
    product.gate.set()


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator["Logged"]:
    """Everything any library or the product logs, at the lowest level."""
    with caplog.at_level(logging.DEBUG), structlog.testing.capture_logs() as entries:
        yield Logged(caplog, entries)


class Logged:
    def __init__(self, caplog: pytest.LogCaptureFixture, entries: list[structlog.typing.EventDict]) -> None:
        self._caplog, self.entries = caplog, entries

    def __str__(self) -> str:
        """All but what the simulated platform's own server says."""
        ours = [record for record in self._caplog.records if not record.name.startswith("uvicorn")]
        return "\n".join([*map(logging.Formatter().format, ours), *map(str, self.entries)])

    @property
    def actions(self) -> list[str]:
        return [entry["action"] for entry in self.entries]
