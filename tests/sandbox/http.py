"""What any careful client does over HTTP: fetch a token, carry it, send JSON."""

import json
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import httpx
from starlette.applications import Starlette

Json = dict[str, Any]


class _Http:
    def __init__(self, app: Starlette) -> None:
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://sandbox")
        self.token = ""

    async def __aenter__(self) -> Self:
        await self.fetch_token()
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        await self.client.aclose()

    async def fetch_token(self) -> None:
        raise NotImplementedError


class DingTalkHttp(_Http):
    def __init__(self, app: Starlette, client_id: str, client_secret: str) -> None:
        super().__init__(app)
        self._credential = {"appKey": client_id, "appSecret": client_secret}

    async def fetch_token(self) -> None:
        answer = await self.client.post("/v1.0/oauth2/accessToken", json=self._credential)
        self.token = answer.json()["accessToken"]

    async def call(self, method: str, path: str, body: Mapping[str, Any]) -> httpx.Response:
        headers = {"x-acs-dingtalk-access-token": self.token}
        return await self.client.request(method, f"/v1.0{path}", json=body, headers=headers)

    async def create(self, **changes: Any) -> httpx.Response:
        return await self.call("POST", "/card/instances/createAndDeliver", card(**changes))

    async def update(self, card_id: str, variables: Mapping[str, str], **changes: Any) -> httpx.Response:
        body = {"outTrackId": card_id, "cardData": {"cardParamMap": variables}, **changes}
        return await self.call("PUT", "/card/instances", body)


class WeComHttp(_Http):
    def __init__(self, app: Starlette, corp_id: str, secret: str) -> None:
        super().__init__(app)
        self._credential = {"corpid": corp_id, "corpsecret": secret}

    async def fetch_token(self) -> None:
        answer = await self.client.get("/cgi-bin/gettoken", params=self._credential)
        self.token = answer.json()["access_token"]

    async def call(self, path: str, body: Mapping[str, Any]) -> Json:
        params = {"access_token": self.token}
        answer = await self.client.post(f"/cgi-bin/message/{path}", params=params, json=body)
        assert answer.status_code == 200
        found: Json = answer.json()
        return found

    async def send(self, template: Mapping[str, Any], user: str = "wangwu", **changes: Any) -> Json:
        body = {"touser": user, "agentid": 1000002, "msgtype": "template_card", "template_card": template}
        return await self.call("send", {**body, **changes})

    async def say(self, words: str, user: str = "wangwu", **changes: Any) -> Json:
        body = {"touser": user, "agentid": 1000002, "msgtype": "text", "text": {"content": words}}
        return await self.call("send", {**body, **changes})


BUTTONS = [
    {"text": "同意", "action": "c1/approve", "style": "primary"},
    {"text": "驳回", "action": "c1/reject", "input": "原因"},
]


def card(**changes: Any) -> Json:
    """A createAndDeliver request; a change of None leaves the field out."""
    body: Json = {
        "cardTemplateId": "plan.schema",
        "outTrackId": "c1",
        "callbackType": "STREAM",
        "cardData": {"cardParamMap": {"title": "W1023 交期变更", "tone": "warn", "buttons": json.dumps(BUTTONS)}},
        "openSpaceId": "dtv1.card//IM_GROUP.cid1==",
        "imGroupOpenSpaceModel": {"supportForward": False},
        "imGroupOpenDeliverModel": {"robotCode": "ding1"},
        **changes,
    }
    return {name: value for name, value in body.items() if value is not None}


def template_card(**changes: Any) -> Json:
    """A WeCom button_interaction; a change of None leaves the field out."""
    body: Json = {
        "card_type": "button_interaction",
        "source": {"desc": "通盘"},
        "main_title": {"title": "W1023 交期变更", "desc": "+2天"},
        "horizontal_content_list": [{"keyname": "产线", "value": "L3"}],
        "task_id": "c1",
        "button_list": [
            {"text": "同意", "style": 1, "key": "c1/approve"},
            {"text": "驳回", "style": 3, "key": "c1/reject"},
        ],
        **changes,
    }
    return {name: value for name, value in body.items() if value is not None}


def notice(**changes: Any) -> Json:
    """A WeCom text_notice that replaces a decided card."""
    body: Json = {
        "card_type": "text_notice",
        "main_title": {"title": "W1023 已同意"},
        "task_id": "c1",
        "card_action": {"type": 1, "url": "https://plan.example.com/c1"},
        **changes,
    }
    return {name: value for name, value in body.items() if value is not None}
