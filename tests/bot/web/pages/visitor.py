"""A browser in front of the pages, without pictures: it keeps cookies, follows links and sends forms."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from html import unescape

import httpx
from fastapi import FastAPI

from tests.handlers.company import Company

SITE = "https://plan.example.com"
LINK = re.compile(rf"{SITE}(/in/[A-Za-z0-9._-]+)")
FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


class Visitor:
    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    @classmethod
    @asynccontextmanager
    async def of(cls, app: FastAPI, address: str = "127.0.0.1") -> AsyncIterator["Visitor"]:
        transport = httpx.ASGITransport(app, client=(address, 40000))
        async with httpx.AsyncClient(transport=transport, base_url=SITE) as client:
            yield cls(client)

    @property
    def cookies(self) -> dict[str, str]:
        return dict(self._client.cookies)

    def hold(self, cookies: Mapping[str, str]) -> None:
        """Have these cookies, and no others."""
        self._client.cookies.clear()
        for name, value in cookies.items():
            self._client.cookies.set(name, value, domain="plan.example.com", path="/")

    async def open(self, path: str, **more: str) -> httpx.Response:
        return await self._client.get(path, headers=more)

    async def send(self, path: str, /, **fields: str) -> httpx.Response:
        return await self._client.post(path, data=fields)

    async def enter(self, path: str) -> httpx.Response:
        """Open a link, and press its button."""
        return await self.send(path, **fields_of(await self.open(path)))

    async def log_in(self, company: Company, person: str, text: str = "链接") -> httpx.Response:
        """Ask for a link in the chat, open it, press its button, and go where that leads."""
        entered = await self.enter(await link(company, person, text))
        assert entered.status_code == 303, entered.text
        return await self.open(entered.headers["location"])

    async def page(self, path: str) -> str:
        """A page that has to open."""
        answer = await self.open(path)
        assert answer.status_code == 200, answer.text
        return answer.text


def fields_of(answer: httpx.Response) -> dict[str, str]:
    """What a form of the page carries without being seen."""
    return {name: unescape(value) for name, value in FIELD.findall(answer.text)}


def room_of(company: Company, person: str) -> str:
    """The person's own conversation with the bot."""
    return f"dingtalk:user:{company.environment.organisation.people[person].identities['dingtalk']}"


async def link(company: Company, person: str, text: str = "链接") -> str:
    """Path of the link that somebody gets who asks for one in their own conversation."""
    return path_in(await company.types(person, text, room_of(company, person), single=True))


def path_in(text: str) -> str:
    found = LINK.search(text)
    assert found, text
    return found[1]
