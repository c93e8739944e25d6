"""The plain chat's channel: events come to `/plain/hook`, cards and messages go out by HTTP."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from hmac import compare_digest
from typing import Any

import httpx
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.channels.common.channel import CardDelivery, Clicked, Delivered, Inbound, Said, TryLater, Undeliverable
from bot.channels.common.clean import clean
from bot.channels.common.http import cause, client
from bot.channels.common.moment import moment
from bot.channels.common.once import Once
from bot.channels.common.pieces import Parts, pieces
from bot.channels.common.quoted import words_of
from tests.bot.channels.plain.encode import card_json
from tests.bot.channels.plain.platform import TRAITS


class Plain:
    traits = TRAITS

    def __init__(
        self, address: str, token: str, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._http, self._token, self._clock = client(address), token, clock
        self._inbound: Inbound | None = None
        self._parts = Parts()
        self._once: Once[dict[str, Any]] = Once(600.0, lambda: datetime.now(UTC).timestamp())
        self.router = APIRouter()
        self.router.add_route("/plain/hook", self._take, methods=["POST"], include_in_schema=False)

    async def start(self, inbound: Inbound) -> None:
        self._inbound = inbound

    async def stop(self) -> None:
        self._inbound = None
        await self._once.work.stop()
        await self._http.aclose()

    def trouble(self) -> str:
        return "" if self._inbound else "plain: not started"

    async def check(self) -> str:
        try:
            await self._send("GET", "/health", {})
        except (TryLater, Undeliverable) as error:
            return str(error)
        return ""

    async def put_card(self, delivery: CardDelivery) -> Delivered:
        drawn = {"room": delivery.conversation, "card": card_json(delivery.card)}
        await self._send("PUT", f"/cards/{delivery.card_id}", drawn)
        return Delivered(wire_id=delivery.card_id)

    async def post(self, conversation: str, markdown: str, key: str) -> None:
        async def say(part: str) -> None:
            await self._send("POST", "/messages", {"room": conversation, "text": part})

        await self._parts.send(key, pieces(markdown, TRAITS.message_bytes), say)

    async def show(self, conversation: str, png: bytes, key: str) -> None:
        raise Undeliverable("plain: no pictures")

    async def _send(self, method: str, path: str, body: Mapping[str, Any]) -> None:
        try:
            reply = await self._http.request(method, path, json=body, headers={"Token": self._token})
        except httpx.HTTPError as error:
            raise TryLater(f"plain: {cause(error)}") from None
        if reply.is_server_error:
            raise TryLater(f"plain: HTTP {reply.status_code}")
        if reply.is_error:
            raise Undeliverable(f"plain: HTTP {reply.status_code}")

    async def _take(self, request: Request) -> Response:
        if not compare_digest(request.headers.get("token", ""), self._token):
            return Response(status_code=403)
        try:
            event = clean(await request.json())
            seconds = TRAITS.click_seconds
            return JSONResponse(await self._once.answer(str(event["id"]), lambda: self._hear(event), seconds))
        except (ValueError, KeyError, TypeError):
            return Response(status_code=400)
        except (TimeoutError, asyncio.CancelledError, RuntimeError):
            return Response(status_code=503)

    async def _hear(self, event: Mapping[str, Any]) -> dict[str, Any]:
        if self._inbound is None:
            raise RuntimeError("not started")
        common: dict[str, Any] = {
            "conversation": f"{TRAITS.prefix}:{event['room']}",
            "bot": "plain",
            "event_id": str(event["id"]),
            "user_id": str(event["user"]),
            "at": moment(int(event["at"]) if "at" in event else None, self._clock()),
        }
        if "key" not in event:
            await self._inbound.said(Said(**common, text=str(event["text"]), quoted=words_of(event.get("quote"))))
            return {}
        click = Clicked(**common, wire_id=str(event["card"]), action=str(event["key"]))
        answer = await self._inbound.clicked(click)
        return {"card": card_json(answer.card)} if answer else {}
