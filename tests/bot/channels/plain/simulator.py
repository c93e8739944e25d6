"""The plain chat itself: rooms, people and cards of the sandbox's world, behind its HTTP."""

import itertools
from collections.abc import Mapping
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.world import Button, Card, ClickOutcome, Conversation, Face, Person, Quote, Quoted, World


class PlainChat:
    def __init__(self, world: World, token: str, limit: int = 4000, seconds: float = 5.0, tries: int = 3) -> None:
        self.world, self.token, self.limit, self.seconds, self.tries = world, token, limit, seconds, tries
        self.hook = ""
        self.sent: list[Mapping[str, Any]] = []
        self._ids = itertools.count(1)
        routes = [
            Route("/messages", self._message, methods=["POST"]),
            Route("/cards/{id}", self._card, methods=["PUT"]),
            Route("/health", self._fine),
        ]
        self.app = Starlette(routes=routes)
        world.route("plain", self.say, self.click)

    async def say(self, room: Conversation, person: Person, words: str, quote: Quote | None = None) -> None:
        said: dict[str, Any] = {"room": room.id, "user": person.id, "text": words, "at": self.world.now().timestamp()}
        if quote:
            said["quote"] = {"text": "" if quote.kind is Quoted.SEALED_CARD else quote.words}
        await self._push(said)

    async def click(
        self, room: Conversation, person: Person, card: Card, action: str, inputs: Mapping[str, str]
    ) -> ClickOutcome:
        answer = await self._push({"room": room.id, "user": person.id, "card": card.id, "key": action})
        if answer is None:
            return ClickOutcome.UNANSWERED
        if drawn := answer.get("card"):
            self.world.redraw("plain", card.id, _face(drawn), only_for=person.id)
        return ClickOutcome.ANSWERED

    async def post(self, event: object, token: str = "") -> httpx.Response:
        """One delivery of any event, whoever sends it."""
        async with httpx.AsyncClient(timeout=self.seconds) as http:
            return await http.post(self.hook, json=event, headers={"Token": token or self.token})

    async def _push(self, event: dict[str, Any]) -> dict[str, Any] | None:
        """Delivered until it is taken; None: it never was."""
        event["id"] = next(self._ids)
        self.sent.append(event)
        for _ in range(self.tries):
            try:
                reply = await self.post(event)
            except httpx.HTTPError:
                continue
            if reply.status_code == 200:
                return dict(reply.json())
        return None

    async def _fine(self, request: Request) -> Response:
        return self._refused(request, "") or JSONResponse({})

    async def _message(self, request: Request) -> Response:
        body = await request.json()
        if refusal := self._refused(request, body["text"]):
            return refusal
        self.world.post(f"plain:{body['room']}", "bot", body["text"])
        return JSONResponse({})

    async def _card(self, request: Request) -> Response:
        body, number = await request.json(), request.path_params["id"]
        if refusal := self._refused(request, ""):
            return refusal
        if f"plain:{number}" in self.world.cards:
            self.world.redraw("plain", number, _face(body["card"]))
        else:
            room = f"plain:{body['room']}"
            self.world.put_card("plain", Card(number, room, self.world.now(), {"": _face(body["card"])}))
        return JSONResponse({})

    def _refused(self, request: Request, text: str) -> Response | None:
        if request.headers.get("token") == self.token and len(text.encode()) <= self.limit:
            return None
        self.world.refuse("plain", request.url.path, "wrong token, or too long", 400)
        return Response(status_code=400)


def _face(card: Mapping[str, Any]) -> Face:
    buttons = tuple(Button(button["text"], button["key"]) for button in card["buttons"])
    return Face(title=card["title"], body=card["text"], status=card["status"], buttons=buttons)
