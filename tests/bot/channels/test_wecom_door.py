"""WeCom's door, pushed at: what is no callback is refused early, and what was recorded opens nothing."""

import asyncio
import codecs
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlsplit

import httpx
import pytest
from fastapi import FastAPI

from bot.channels.wecom.app.xml import parse
from bot.channels.wecom.callback_door import Unreadable
from sandbox.server import serving
from sandbox.wecom.crypto import Crypto
from tests.bot.channels.product import Product
from tests.bot.channels.test_wecom_app import AES_KEY, TOKEN, channel_to

CRYPTO = Crypto(TOKEN, AES_KEY, "ww1")
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    "<xml><Encrypt>&c;</Encrypt></xml>"
)


class Door:
    """The app's callback address, as somebody sees it who has our token and key, or only listens."""

    address: str
    http: httpx.AsyncClient
    clock = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)

    @property
    def now(self) -> int:
        return int(self.clock.timestamp())

    def message(self, created: int) -> str:
        return CRYPTO.encrypt(
            "<xml><ToUserName>ww1</ToUserName><FromUserName>wangwu</FromUserName>"
            f"<CreateTime>{created}</CreateTime><MsgType>text</MsgType><MsgId>{created}</MsgId>"
            "<Content><![CDATA[<!DOCTYPE 待办>]]></Content></xml>"
        )

    async def ask(self, encrypted: str, timestamp: str, nonce: str) -> httpx.Response:
        query = self._query(encrypted, timestamp, nonce) | {"echostr": encrypted}
        return await self.http.get(self.address, params=query)

    async def post(self, encrypted: str, timestamp: str, nonce: str) -> httpx.Response:
        return await self.post_body(f"<xml><Encrypt>{encrypted}</Encrypt></xml>", timestamp, nonce, encrypted)

    async def post_body(
        self, body: str | bytes | AsyncIterator[bytes], timestamp: str = "", nonce: str = "7", encrypted: str = ""
    ) -> httpx.Response:
        query = self._query(encrypted, timestamp or str(self.now), nonce)
        return await self.http.post(self.address, params=query, content=body)

    def _query(self, encrypted: str, timestamp: str, nonce: str) -> dict[str, str]:
        return {"msg_signature": CRYPTO.sign(timestamp, nonce, encrypted), "timestamp": timestamp, "nonce": nonce}


@pytest.fixture
async def door(product: Product) -> AsyncIterator[Door]:
    opened = Door()
    channel = channel_to("http://127.0.0.1:9", clock=lambda: opened.clock)
    site = FastAPI()
    site.include_router(channel.router)
    async with serving(site) as address, httpx.AsyncClient() as http:
        opened.address, opened.http = f"{address}/wecom/app/callback", http
        await channel.start(product)
        yield opened
        await channel.stop()


async def test_the_address_check_answers_a_word_and_opens_no_recorded_message(door: Door, product: Product) -> None:
    word, message, stamp = CRYPTO.encrypt("1616140317555161061"), door.message(door.now), (str(door.now), "263014780")
    assert (await door.ask(word, *stamp)).text == "1616140317555161061"
    assert (await door.post(message, *stamp)).status_code == 200
    assert (await product.hears()).text == "<!DOCTYPE 待办>"
    refused = await door.ask(message, *stamp)
    assert (refused.status_code, refused.text) == (403, "")


@pytest.mark.parametrize("text", ["", '{"msgtype":"text"}', "<xml/>", "两个字", "a" * 65, "a b"])
async def test_what_is_no_word_is_not_opened_at_the_address_check(door: Door, text: str) -> None:
    assert (await door.ask(CRYPTO.encrypt(text), str(door.now), "7")).status_code == 403


@pytest.mark.parametrize("apart", [200, -200, 299])
async def test_timestamp_and_nonce_do_not_change_places(door: Door, product: Product, apart: int) -> None:
    """The signature is the same either way round; the moment inside tells which is which."""
    stamp, message = (str(door.now), str(door.now + apart)), door.message(door.now)
    assert (await door.post(message, *reversed(stamp))).status_code == 403
    assert (await door.ask(CRYPTO.encrypt("12345"), *reversed(stamp))).status_code == 403
    assert (await door.post(message, *stamp)).status_code == 200


async def test_a_recording_is_not_renewed_by_a_nonce_that_has_become_a_time(door: Door, product: Product) -> None:
    begun = door.now
    stamp, message = (str(begun), str(begun + 3600)), door.message(begun)
    assert (await door.post(message, *stamp)).status_code == 200
    door.clock += timedelta(hours=1)
    assert (await door.post(message, *reversed(stamp))).status_code == 403


@pytest.mark.parametrize("timestamp", ["", "0", "１４０９６５９５８９", "14096595890", "-1409659589", "abc"])
async def test_a_stale_stamp_is_refused_before_its_body_is_read(door: Door, timestamp: str) -> None:
    where = urlsplit(door.address)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    query = f"msg_signature=x&nonce=7&timestamp={quote(timestamp)}"
    head = f"POST /wecom/app/callback?{query} HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n"
    writer.write(head.encode())
    async with asyncio.timeout(30):
        assert b" 403 " in await reader.readline()
    writer.close()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp037", "latin-1", "gb18030"]
)
@pytest.mark.parametrize("declared", [True, False])
def test_no_document_type_in_any_encoding(encoding: str, declared: bool) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>' if declared else ""
    for body in (codecs.encode(head + LAUGHS, encoding), head + LAUGHS):
        with pytest.raises(Unreadable):
            parse(body)


def test_the_encoding_is_utf8_whatever_the_document_says() -> None:
    """In UTF-7, `+ADw-` is the sign that opens a tag."""
    said = parse('<?xml version="1.0" encoding="utf-7"?><xml><Content>+ADw-!DOCTYPE+AD4- 计划</Content></xml>'.encode())
    assert said.findtext("Content") == "+ADw-!DOCTYPE+AD4- 计划"
    with pytest.raises(Unreadable):
        parse("<xml><Content>计划</Content></xml>".encode("gbk"))


def test_depth_is_looked_at_while_it_is_parsed() -> None:
    assert parse("<a>" * 16 + "</a>" * 16).tag == "a"
    for too_deep in ("<a>" * 17 + "</a>" * 17, "<a>" * 20_000 + "</a>" * 20_000):
        with pytest.raises(Unreadable):
            parse(too_deep)


@pytest.mark.parametrize(
    "around",
    [
        "<xml><ToUserName><![CDATA[ww1]]></ToUserName><Encrypt><![CDATA[{}]]></Encrypt><AgentID>1</AgentID></xml>",
        "<xml>\n <Encrypt>{}</Encrypt>\n</xml>",
        LAUGHS.replace("&c;", "{}"),
        "<a>" * 20_000 + "<Encrypt>{}</Encrypt>",
        "<Encrypt>{}</Encrypt><",
    ],
)
async def test_nothing_is_parsed_around_what_is_signed(door: Door, product: Product, around: str) -> None:
    """Whatever stands around it costs nothing: right or wrong, it is the signature that tells."""
    message = door.message(door.now)
    body = around.replace("{}", message)
    assert (await door.post_body(body)).status_code == 403
    assert (await door.post_body(body, encrypted=message)).status_code == 200
    assert (await product.hears()).text == "<!DOCTYPE 待办>"


@pytest.mark.parametrize("inside", ["&c;", "<b/>", "<!-- A -->", "<![CDATA[A]]>A", "", "é"])
async def test_what_is_signed_is_base64_and_nothing_else(door: Door, inside: str) -> None:
    assert (await door.post_body(f"<xml><Encrypt>{inside}</Encrypt></xml>")).status_code == 400


async def test_a_body_too_long_is_not_read_to_its_end(door: Door) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        yield b"<xml><Encrypt>"
        while sent < 64 * 1024 * 1024:
            sent += 8192
            yield b"A" * 8192

    try:
        assert (await door.post_body(endless())).status_code == 400
    except (httpx.WriteError, httpx.ReadError, httpx.RemoteProtocolError):
        pass  # the answer came, and the connection was closed, while this side still wrote
    assert sent < 16 * 1024 * 1024
    assert (await door.post_body(b"<xml><Encrypt>" + b"A" * 70_000 + b"</Encrypt></xml>")).status_code == 400
