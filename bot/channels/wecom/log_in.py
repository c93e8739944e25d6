"""Log-in with a WeCom account, by the self-built app: a redirect inside the client, a QR code outside."""

from urllib.parse import urlencode

from bot.channels.common.log_in import ClientScript, NotAccepted, Outsider
from bot.channels.common.platform import Site
from bot.channels.wecom.api import WeComApi, WeComRefused
from bot.channels.wecom.settings import AppSettings, WeComSettings
from bot.channels.wecom.traits import PLATFORM
from cards.words import Words

ELSEWHERE = {"https://qyapi.weixin.qq.com": ("https://open.weixin.qq.com", "https://login.work.weixin.qq.com")}
"""Hosts of the way inside and of the one outside; a private cloud has both in one place."""
BAD_CODE = frozenset({40029, 40163, 42003})
"""Not a code of this app, used, expired."""
WHO = "auth/getuserinfo"


class WeComLogIn:
    platform = PLATFORM
    code_field = "code"

    def __init__(self, section: WeComSettings, app: AppSettings, site: Site) -> None:
        endpoint = section.endpoint.rstrip("/")
        self._inside, self._outside = ELSEWHERE.get(endpoint, (endpoint, endpoint))
        self._corp_id, self._agent_id = section.corp_id, app.agent_id
        self._api = WeComApi(section.endpoint, section.corp_id, app.secret.get_secret_value(), Words(site.locale))

    def is_client(self, agent: str) -> bool:
        return "wxwork" in agent.lower()

    def script(self, company: str) -> ClientScript | None:
        return None

    def address(self, back: str, state: str, inside: bool) -> str:
        ours = {"appid": self._corp_id, "redirect_uri": back}
        if inside:
            asked = {
                **ours, "response_type": "code", "scope": "snsapi_base", "state": state, "agentid": self._agent_id,
            }  # fmt: skip
            return f"{self._inside}/connect/oauth2/authorize?{urlencode(asked)}#wechat_redirect"
        asked = {"login_type": "CorpApp", **ours, "agentid": self._agent_id, "state": state}
        return f"{self._outside}/wwlogin/sso/login?{urlencode(asked)}"

    async def user(self, code: str, by_script: bool) -> str:
        try:
            answer = await self._api.get(WHO, {"code": code})
        except WeComRefused as refused:
            if refused.code in BAD_CODE:
                raise NotAccepted from None
            raise self._api.failure(refused, WHO) from None
        found = answer.get("userid") or answer.get("UserId")  # an older spelling
        if not isinstance(found, str):
            raise Outsider
        return found

    async def stop(self) -> None:
        await self._api.close()
