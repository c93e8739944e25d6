"""Pictures on every way that takes them, against platforms that look at each: they arrive once and whole, or not."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import pytest

from bot.channels.common.channel import Channel, NotUploaded, TryLater, Undeliverable
from bot.channels.common.tally import tally
from bot.channels.dingtalk import messages
from bot.channels.wecom.aibot.upload import PIECE
from sandbox.dingtalk import DingTalk
from sandbox.media import Media
from sandbox.wecom import WeCom
from sandbox.world import Entry, World
from tests.bot.channels import test_dingtalk, test_wecom_aibot, test_wecom_app
from tests.bot.channels.product import Product, eventually
from tests.bot.channels.test_dingtalk import AT

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 400


@dataclass
class Way:
    channel: Channel
    platform: DingTalk | WeCom
    world: World
    room: str
    """As the world names it."""
    address: str
    """As the channel names it."""

    @property
    def pictures(self) -> list[bytes]:
        return [entry.picture for entry in self.rows if entry.picture]

    @property
    def rows(self) -> list[Entry]:
        return [entry for entry in self.world.timeline(self.room) if entry.sender == "bot"]

    async def show(self, key: str = "k", png: bytes = PNG, address: str = "") -> None:
        await self.channel.show(address or self.address, png, key)


@asynccontextmanager
async def dingtalk_group(world: World, product: Product) -> AsyncIterator[Way]:
    async with test_dingtalk.dingtalk(world) as (platform, endpoint):
        yield Way(test_dingtalk.channel_to(endpoint), platform, world, "dingtalk:cidPROD==", "cidPROD==")


@asynccontextmanager
async def dingtalk_single(world: World, product: Product) -> AsyncIterator[Way]:
    async with test_dingtalk.dingtalk(world) as (platform, endpoint):
        yield Way(test_dingtalk.channel_to(endpoint), platform, world, "dingtalk:manager164", "user:manager164")


@asynccontextmanager
async def wecom_app(world: World, product: Product) -> AsyncIterator[Way]:
    async with test_wecom_app.wecom(world) as (platform, endpoint):
        yield Way(test_wecom_app.channel_to(endpoint), platform, world, "wecom-app:lisi", "lisi")


@asynccontextmanager
async def wecom_aibot(world: World, product: Product) -> AsyncIterator[Way]:
    async with test_wecom_aibot.wecom(world) as (platform, endpoint):
        channel = test_wecom_aibot.channel_to(endpoint)
        await channel.start(product)
        await eventually(lambda: platform.connected)
        world.conversations[test_wecom_aibot.GROUP].opened = True
        yield Way(channel, platform, world, test_wecom_aibot.GROUP, test_wecom_aibot.GROUP.partition(":")[2])


WAYS = (dingtalk_group, dingtalk_single, wecom_app, wecom_aibot)
BY_HTTP = (dingtalk_group, wecom_app)


@pytest.fixture
async def way(request: pytest.FixtureRequest, world: World, product: Product) -> AsyncIterator[Way]:
    async with request.param(world, product) as way:
        yield way
        await way.channel.stop()


def on(*ways: Callable[..., Any]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("way", ways, indirect=True, ids=lambda each: each.__name__)


@on(*WAYS)
async def test_a_picture_arrives_as_it_was(way: Way) -> None:
    with tally() as made:
        await way.show()
    assert way.pictures == [PNG]
    assert made.calls <= 2
    assert way.channel.traits.picture_bytes > len(PNG)
    assert way.world.refusals == []


@on(*WAYS)
async def test_two_answers_are_two_pictures(way: Way) -> None:
    """Also where a platform drops what it takes for a repetition: nobody repeats himself here."""
    for key in ("one", "other"):
        await way.show(key)
    assert way.pictures == [PNG, PNG]


@on(dingtalk_group)
async def test_what_dingtalk_counts_is_counted(way: Way) -> None:
    assert isinstance(way.platform, DingTalk)
    with tally() as made:
        await way.show()
    assert made.calls == sum(way.platform.api.spent.values()) == 2


@on(*BY_HTTP)
async def test_another_try_uploads_nothing_again(way: Way) -> None:
    assert isinstance(way.platform, DingTalk | WeCom)
    api = "groupMessage" if isinstance(way.platform, DingTalk) else "send"
    way.platform.faults.fail(api=api)
    with pytest.raises(TryLater) as later:
        await way.show()
    assert not isinstance(later.value, NotUploaded)
    await way.show()
    assert way.pictures == [PNG]
    assert way.platform.calls["upload"] == 1


@on(wecom_app)
async def test_a_lost_reply_shows_it_once_where_the_platform_looks(way: Way) -> None:
    way.platform.faults.lose_reply(api="send")
    with pytest.raises(TryLater):
        await way.show()
    await way.show()
    assert way.pictures == [PNG]


@on(*BY_HTTP)
@pytest.mark.parametrize(
    "body", [b"{}", b"nothing", b'{"errcode": "x"}', b'{"errcode": -1}', b"[]", b'{"media_id": 5}']
)
async def test_an_upload_that_did_not_happen_is_told_as_one(way: Way, body: bytes) -> None:
    way.platform.faults.spoil(body, api="upload")
    with pytest.raises(NotUploaded):
        await way.show()
    assert way.rows == []


@on(*BY_HTTP)
async def test_an_upload_that_breaks_is_told_as_one(way: Way) -> None:
    way.platform.faults.fail(api="upload", status=503)
    with pytest.raises(NotUploaded) as broken:
        await way.show()
    assert test_dingtalk.SECRET not in str(broken.value)
    assert "token" not in str(broken.value)


@on(*BY_HTTP)
async def test_an_old_token_is_fetched_anew(way: Way) -> None:
    await way.show("one")
    way.platform.expire_tokens()
    await way.show("other")
    assert way.pictures == [PNG, PNG]


@on(*WAYS)
@pytest.mark.parametrize("png", [b"", b"GIF89a picture", b"<svg/>"])
async def test_what_is_no_picture_is_refused_for_good(way: Way, png: bytes) -> None:
    with pytest.raises(Undeliverable):
        await way.show(png=png)
    assert way.rows == []


@on(dingtalk_group)
async def test_a_large_one_is_refused_for_good(way: Way) -> None:
    with pytest.raises(Undeliverable):
        await way.show(png=PNG + bytes(1_000_000))


@on(wecom_aibot)
@pytest.mark.parametrize("size", [PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
async def test_a_large_one_goes_in_pieces(way: Way, size: int) -> None:
    png = PNG + bytes(size - len(PNG))
    await way.show(png=png)
    assert way.pictures == [png]


def test_a_platform_forgets_a_picture_after_three_days() -> None:
    moments = [AT]
    media = Media(lambda: moments[-1])
    id = media.keep(PNG)
    for age, expected in ((timedelta(0), PNG), (timedelta(days=3, seconds=-1), PNG), (timedelta(days=3), None)):
        moments.append(AT + age)
        assert media.get(id) == expected
    assert media.get("made up") is None


@pytest.mark.parametrize("media_id", ["", "made up", "http://elsewhere/plan.png"])
async def test_a_picture_that_was_not_uploaded_is_not_shown(world: World, media_id: str) -> None:
    async with test_dingtalk.dingtalk(world) as (_platform, endpoint):
        channel = test_dingtalk.channel_to(endpoint)
        path, body = messages.picture("cidPROD==", media_id, "dingrobot")
        with pytest.raises(Undeliverable):
            await channel._api.call("POST", path, body)
        await channel.stop()
    assert [entry for entry in world.timeline("dingtalk:cidPROD==") if entry.sender == "bot"] == []


async def test_a_token_of_the_newer_family_uploads_nothing(world: World) -> None:
    async with test_dingtalk.dingtalk(world) as (_platform, endpoint):
        channel = test_dingtalk.channel_to(endpoint)
        query = {"access_token": await channel._api.token.get(), "type": "image"}
        async with httpx.AsyncClient(base_url=endpoint) as http:
            answer = await http.post("/media/upload", params=query, files={"media": ("a.png", PNG, "image/png")})
        await channel.stop()
    assert answer.json()["errcode"] == 40014
