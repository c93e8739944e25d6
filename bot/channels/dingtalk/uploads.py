"""DingTalk's uploads, of its older family of APIs."""

from bot.channels.common.channel import Undeliverable
from bot.channels.dingtalk.older import OlderApi, OlderRefused
from cards.words import Words


class DingTalkUploads:
    """Keeps to no pace of its own: pictures are drawn one after the other, and that takes longer."""

    def __init__(self, endpoint: str, client_id: str, client_secret: str, words: Words) -> None:
        self._api = OlderApi(endpoint, client_id, client_secret, words)
        self._words = words

    async def upload(self, png: bytes) -> str:
        """The picture's media id. Raises TryLater or Undeliverable."""
        path, files = "media/upload", {"media": ("plan.png", png, "image/png")}
        try:
            answer = await self._api.call(path, {"type": "image"}, files=files)
        except OlderRefused as refused:
            facts = {"platform": self._words("dingtalk.name"), "what": path}
            sentence = self._words("channel.refused", code=refused.code, message=refused.message, **facts)
            raise Undeliverable(sentence) from None
        media_id = answer.get("media_id")
        if not isinstance(media_id, str) or not media_id:
            raise self._api.unreadable(path)
        return media_id

    async def close(self) -> None:
        await self._api.close()
