"""Pictures on their way: drawn when they are sent, again at another try, and told in words where there can be none."""

import asyncio

import pytest

from bot.channels.common.channel import NotUploaded, TryLater, Undeliverable
from bot.delivery import painter
from bot.delivery.sender import UPLOADS
from bot.rasterising import NoPicture
from cards.chart import Kind, Wanted
from cards.words import Words
from storage.database import Database
from storage.delivery.outbox import Priority
from storage.unit_of_work import UnitOfWork
from tests.bot.delivery.office import Office
from tests.storage.test_repositories import seeded

PLACE = "g"
WORDS = Words()
BOARD = Wanted(Kind.BOARD).written()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The drawings that are made bytes of; no machine's fonts decide here."""
    made: list[str] = []

    async def rasterised(svg: str) -> bytes:
        made.append(svg)
        return svg.encode()

    monkeypatch.setattr(painter, "rasterised", rasterised)
    return made


async def asked(office: Office, picture: str = BOARD, prefix: str = "dingtalk") -> None:
    def ask(uow: UnitOfWork) -> object:
        return uow.outbox.say(
            f"{prefix}:{PLACE}", "看板", office.clock.now(), priority=Priority.CHATTER, picture=picture
        )

    await office.write(ask)
    office.clock.move(milliseconds=1)
    await office.deliver()


@pytest.fixture
def ready(office: Office, drawn: list[str]) -> Office:
    seeded(office.database)
    return office


async def test_a_picture_is_sent_in_the_place_of_its_text(ready: Office) -> None:
    await asked(ready)
    ((where, png),) = ready.channel.pictures
    assert (where, ready.channel.said_in(PLACE)) == (PLACE, [])
    assert "看板".encode() in png
    assert await ready.counts() == {"sent": 1}


async def test_another_try_draws_what_is_so_by_then(ready: Office, drawn: list[str]) -> None:
    ready.channel.script[PLACE].append(TryLater("away"))
    await asked(ready)
    assert await ready.counts() == {"new": 1}
    ready.clock.move(days=40)
    await ready.deliver()
    assert len(drawn) == 2
    assert drawn[0] != drawn[1]  # later it is later
    assert [png for _, png in ready.channel.pictures] == [drawn[1].encode()]


async def test_the_same_is_drawn_once(ready: Office, drawn: list[str]) -> None:
    for _ in range(3):
        await asked(ready)
    assert len(drawn) == 1
    assert len(ready.channel.pictures) == 3


async def test_what_is_refused_is_said_in_words(ready: Office) -> None:
    ready.channel.script[PLACE].append(Undeliverable("no pictures of yours"))
    await asked(ready)
    (told,) = ready.channel.said_in(PLACE)
    assert told.startswith(WORDS("chart.as-text.refused"))
    assert "看板 · 全部" in told
    assert await ready.counts() == {"sent": 1}


async def test_a_picture_that_cannot_be_uploaded_is_said_in_words_in_the_end(ready: Office) -> None:
    ready.channel.script[PLACE].extend([NotUploaded("away")] * UPLOADS)
    await asked(ready)
    for _ in range(UPLOADS - 1):
        assert ready.channel.said_in(PLACE) == []
        ready.clock.move(hours=1)
        await ready.deliver()
    assert ready.channel.said_in(PLACE)[0].startswith(WORDS("chart.as-text.refused"))


async def test_what_may_have_arrived_is_never_said_beside_it(ready: Office) -> None:
    ready.channel.script[PLACE].extend([TryLater("no reply")] * (UPLOADS + 1))
    await asked(ready)
    for _ in range(UPLOADS + 1):
        ready.clock.move(hours=1)
        await ready.deliver()
    assert ready.channel.said_in(PLACE) == []
    assert len(ready.channel.pictures) == 1


@pytest.mark.parametrize("why", ["no-font", "no-picture", "too-large"])
async def test_what_cannot_be_drawn_is_said_in_words(ready: Office, monkeypatch: pytest.MonkeyPatch, why: str) -> None:
    async def rasterised(svg: str) -> bytes:
        if why == "too-large":
            return bytes(painter.MOST_BYTES + 1)
        raise NoPicture(why)

    monkeypatch.setattr(painter, "rasterised", rasterised)
    await asked(ready)
    assert ready.channel.pictures == []
    assert ready.channel.said_in(PLACE)[0].startswith(WORDS(f"chart.as-text.{why}"))


async def test_what_only_a_newer_program_draws_is_said_as_it_says_it(ready: Office) -> None:
    await asked(ready, '{"kind": "pie"}')
    assert ready.channel.said_in(PLACE) == ["看板"]


async def test_one_that_takes_too_long_is_tried_again(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    async def rasterised(svg: str) -> bytes:
        await asyncio.Event().wait()
        return b""

    monkeypatch.setattr(painter, "rasterised", rasterised)
    seeded(database)
    office = Office(database, send_seconds=0.05)
    await asked(office)
    assert await office.counts() == {"new": 1}
