"""The older family of APIs, as far as pictures need it: a token of its own, and media/upload."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from sandbox.dingtalk.limits import Limits
from sandbox.dingtalk.refusal import Refusal
from sandbox.dingtalk.tokens import Tokens
from sandbox.media import Media, kind_of

ENDINGS = {"png": (".png",), "jpg": (".jpg", ".jpeg")}


class Uploads:
    def __init__(self, client_id: str, client_secret: str, limits: Limits, now: Callable[[], datetime]) -> None:
        self.tokens = Tokens(client_id, client_secret, limits, now)
        self.media = Media(now, "@")
        self._limits = limits

    async def token(self, request: Request) -> Mapping[str, Any]:
        asked = request.query_params
        try:
            self.tokens.authenticate(asked.get("appkey"), asked.get("appsecret"))
        except Refusal:
            raise Refusal("40089", "不合法的appkey或appsecret") from None
        issued = self.tokens.issue()
        return {"access_token": issued["accessToken"], "expires_in": issued["expireIn"]}

    async def upload(self, request: Request) -> Mapping[str, Any]:
        """A picture, as the part `media` of a form. A token of the newer family opens nothing here."""
        try:
            self.tokens.check(request.query_params.get("access_token"))
        except Refusal:
            raise Refusal("40014", "不合法的access_token") from None
        if request.query_params.get("type") != "image":
            raise Refusal("40004", "不合法的媒体文件类型")
        content = await self._content(request)
        return {"type": "image", "media_id": self.media.keep(content), "created_at": 0}

    async def _content(self, request: Request) -> bytes:
        async with request.form() as form:
            if set(form) != {"media"} or not isinstance(media := form["media"], UploadFile):
                raise Refusal("41005", "缺少多媒体文件数据")
            content, name = await media.read(), (media.filename or "").lower()
        if not content:
            raise Refusal("44001", "多媒体文件为空")
        if len(content) > self._limits.image_bytes:
            raise Refusal("40009", "不合法的图片文件大小")
        if not name.endswith(ENDINGS.get(kind_of(content), ("no picture",))):
            raise Refusal("40005", "不合法的文件类型")
        return content
