"""A product's callback address for a WeCom app, on wechatpy's crypto instead of the simulator's."""

import asyncio
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from wechatpy.enterprise.crypto import WeChatCrypto
from wechatpy.exceptions import InvalidSignatureException

from tests.sandbox.conftest import AES_KEY


class CallbackAddress:
    """Records the inner XML of every accepted callback and answers what `reply` gives."""

    def __init__(self) -> None:
        self.crypto = WeChatCrypto("QDG6eK", AES_KEY, "ww1")
        self.answers_with = self.crypto
        self.inner: list[str] = []
        self.rejected = 0
        self.reply: Callable[[], str] = lambda: ""
        self.status = 200
        self.pauses: list[float] = []
        """Seconds before each answer, used up one by one."""
        self.app = Starlette(routes=[Route("/wecom/app/callback", self.answer, methods=["GET", "POST"])])

    async def answer(self, request: Request) -> Response:
        query = request.query_params
        stamp = (query["msg_signature"], query["timestamp"], query["nonce"])
        try:
            if request.method == "GET":
                return PlainTextResponse(self.crypto.check_signature(*stamp, query["echostr"]))
            self.inner.append(self.crypto.decrypt_message(await request.body(), *stamp))
        except InvalidSignatureException:
            self.rejected += 1
            return PlainTextResponse("", status_code=403)
        if self.pauses:
            await asyncio.sleep(self.pauses.pop(0))
        reply = self.reply()
        sealed = self.answers_with.encrypt_message(reply, query["nonce"], query["timestamp"]) if reply else ""
        return PlainTextResponse(sealed, status_code=self.status)


def passive(kind: str, inner: str) -> str:
    """A passive reply's inner XML."""
    head = "<ToUserName>wangwu</ToUserName><FromUserName>ww1</FromUserName><CreateTime>1</CreateTime>"
    return f"<xml>{head}<MsgType>{kind}</MsgType>{inner}</xml>"
