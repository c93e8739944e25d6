"""The section `wecom` of `config.yaml`."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr, model_validator
from pydantic_core import PydanticCustomError

from bot.settings.kinds import HttpAddress, Secret, Section, Text, WebsocketAddress

AES_KEY = re.compile(r"[A-Za-z0-9]{43}")


def _aes_key(secret: SecretStr) -> SecretStr:
    if not AES_KEY.fullmatch(secret.get_secret_value()):
        raise PydanticCustomError("aes_key", "aes_key")
    return secret


AesKey = Annotated[SecretStr, AfterValidator(_aes_key)]


class AppSettings(Section):
    agent_id: Annotated[int, Field(ge=1)]
    secret: Secret
    token: Secret
    encoding_aes_key: AesKey


class AibotSettings(Section):
    """The aibot, over the long connection (`bot_id`, `secret`) or by callbacks (`token`, `encoding_aes_key`)."""

    name: str = ""
    """What people call it in their groups; empty: it is learnt from what they say."""
    bot_id: str = ""
    secret: SecretStr | None = None
    websocket_url: WebsocketAddress = "wss://openws.work.weixin.qq.com"
    token: SecretStr | None = None
    encoding_aes_key: AesKey | None = None

    @property
    def mode(self) -> Literal["websocket", "callback"]:
        return "callback" if self.token else "websocket"

    @model_validator(mode="after")
    def _one_way(self) -> "AibotSettings":
        long_connection = bool(self.bot_id and self.secret)
        callback = bool(self.token and self.encoding_aes_key)
        half = bool(self.secret) != long_connection or bool(self.token or self.encoding_aes_key) != callback
        if half or long_connection == callback:
            raise PydanticCustomError("aibot_mode", "aibot_mode")
        return self


class WeComSettings(Section):
    corp_id: Text
    endpoint: HttpAddress = "https://qyapi.weixin.qq.com"
    app: AppSettings | None = None
    aibot: AibotSettings | None = None

    @model_validator(mode="after")
    def _some_way(self) -> "WeComSettings":
        if not (self.app or self.aibot):
            raise PydanticCustomError("wecom_empty", "wecom_empty")
        return self
