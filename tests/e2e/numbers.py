"""The numbers of the company as the pages, the chat and the API tell them, each asked apart."""

import re
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
from playwright.async_api import Browser, Page

from tests.e2e.looks import SCHEMES, logged_in
from tests.scenarios.play import Play

TOKEN = "numbers-token-4f1d7a09"
WITH_API: Mapping[str, object] = {"api": {"tokens": [{"name": "numbers", "token": TOKEN}]}}
"""Settings of a stage that may be asked over HTTP."""
ROOM, PERSON = "planning", "lin.jing"
"""Who asks in the chat, and where."""
SMALL = (360, 740)
SHANGHAI = ZoneInfo("Asia/Shanghai")
DECIDING, OPEN = ("in_approval", "provisional"), ("in_approval", "provisional", "on_hold")
OVER = ("done", "closed", "cancelled")
Numbers = dict[str, Any]
"""A figure by its name; a source leaves out what it does not tell."""

ASKED: Mapping[str, tuple[str, str]] = {
    "revision": ("总览", r"计划第 (\d+) 版"),
    "late": ("晚单", r"会晚、已逾期 (\d+) 项|没有会晚的"),
    "waits": ("待批", r"还没批的变更 (\d+) 张|没有等待决定的变更"),
    "exceptions": ("异常 全部", r"异常 · (\d+) 件|没有异常"),
    "ready": ("齐套 本周", r"单：绿 (\d+) 黄 (\d+) 红 (\d+)|没有要看的生产单"),
    "open": ("总览", r"在办 (\d+) 项"),
}
"""What is asked in the chat for a figure, and where it stands in the answer; a sentence without one says that there is
nothing."""


@dataclass(frozen=True, slots=True)
class Witnesses:
    """A phone with the pages on it, a room of the chat and a client of the API."""

    play: Play
    page: Page
    api: httpx.AsyncClient

    @property
    def address(self) -> str:
        return self.play.stage.address

    async def of_api(self) -> Numbers:
        today = self.play.stage.clock.now().astimezone(SHANGHAI).date()
        monday = today - timedelta(days=today.weekday())
        changes = [one for one in await self._all("/changes") if one["state"] in OPEN]
        colours = Counter(
            one["colour"] for one in await self._all("/readiness", **{"from": monday, "to": monday + timedelta(days=6)})
        )
        departments = (await self._found("/progress"))["departments"]
        return {
            "revision": (await self._found("/plan/revisions", limit=1))["items"][0]["revision"],
            "open": sum(one["status"] not in OVER for one in await self._all("/plan/items")),
            "changes": len(changes), "waits": sum(map(_waits, changes)),
            "exceptions": sum(not one["muted_until"] for one in await self._all("/exceptions")),
            "ready": tuple(colours[one] for one in ("green", "yellow", "red")),
            "short": sum(one["short"] for one in departments),
            "progress": {one["name"]: (one["actual_percent"], one["planned_percent"]) for one in departments},
        }  # fmt: skip

    async def of_chat(self) -> Numbers:
        found: Numbers = {}
        for name, (question, pattern) in ASKED.items():
            match = await self.play.told(self.play.room(ROOM), PERSON, question, pattern)
            numbers = tuple(int(one or 0) for one in match.groups())
            found[name] = numbers if name == "ready" else numbers[0]
        return found

    async def of_overview(self) -> Numbers:
        await self.go("/overview")
        late, waits, short, changes, *_ = await self._texts(".figures .number")
        rows = await self.page.locator("section[aria-labelledby=progress] tbody tr").all()
        progress = {}
        for row in rows:
            actual, planned = (await row.locator("td").all_text_contents())[:2]
            progress[(await row.locator("th").inner_text()).strip()] = _percent(actual), _percent(planned)
        return {
            "late": int(late), "waits": int(waits), "short": int(short), "changes": int(changes),
            "revision": _number((await self._texts(".revision"))[0]), "progress": progress,
        }  # fmt: skip

    async def of_pages(self) -> list[Numbers]:
        """Each page's own, in the order in which one opens them."""
        found = [await self.of_overview()]
        await self.go("/board")
        found.append({"open": await self._count("h1 small")})
        await self.go("/board?late=1")
        found.append({"late": await self._count("h1 small")})
        await self.go("/gantt?days=731&from=2026-01-01")
        found.append({"open": await self._count("h1 small")})
        await self.go("/changes")
        found.append({"changes": sum([_number(one) for one in await self._texts("#yours small, #open small")])})
        await self.go("/readiness?when=this_week")
        red, amber, green = (_number(one) for one in await self._texts(".counts > span") or ("0", "0", "0"))
        found.append({"ready": (green, amber, red)})
        await self.go("/exceptions")
        found.append({"exceptions": await self._count("h1 small")})
        return found

    async def go(self, path: str) -> None:
        """Open a page on the phone; nothing is wider than that, neither in the dark nor by day."""
        answer = await self.page.goto(f"{self.address}{path}")
        assert answer is not None
        assert answer.status == 200, path
        for scheme in SCHEMES:
            await self.page.emulate_media(color_scheme=scheme)
            assert await self.page.evaluate("document.documentElement.scrollWidth") <= SMALL[0], (path, scheme)

    async def agree(self, *, everywhere: bool = True) -> Numbers:
        """All of them say the same; the numbers of the API. Not `everywhere`: overview and API alone."""
        await self.play.quiet()
        api = await self.of_api()
        sources = {"API": api}
        pages = await self.of_pages() if everywhere else [await self.of_overview()]
        sources |= {f"page {n}": one for n, one in enumerate(pages)}
        if everywhere:
            sources["chat"] = await self.of_chat()
        for name in {name for one in sources.values() for name in one}:
            told = {source: one[name] for source, one in sources.items() if name in one}
            assert len({repr(one) for one in told.values()}) == 1, (name, told)
        return api

    async def _found(self, path: str, **query: object) -> Any:
        answer = await self.api.get(path, params={name: str(value) for name, value in query.items()})
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def _all(self, path: str, **query: object) -> list[Any]:
        found: list[Any] = []
        cursor = ""
        while True:
            part = await self._found(path, **query, **({"cursor": cursor} if cursor else {}))
            found += part["items"]
            if not (cursor := part["next_cursor"] or ""):
                return found

    async def _texts(self, selector: str) -> list[str]:
        return await self.page.locator(selector).all_text_contents()

    async def _count(self, selector: str) -> int:
        return _number((await self._texts(selector))[0])


@asynccontextmanager
async def witnesses(browser: Browser, play: Play) -> AsyncIterator[Witnesses]:
    """Somebody with a phone, and another system with a token. The stage was set up `WITH_API`."""
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with httpx.AsyncClient(base_url=f"{play.stage.address}/api/v1", headers=headers, timeout=60) as api:
        async with logged_in(browser, play, SMALL) as page:
            yield Witnesses(play, page, api)


def _waits(change: Mapping[str, Any]) -> bool:
    if change["state"] not in DECIDING:
        return False
    return any(
        (step["state"] == "open" and not step["optional"]) or step["state"] == "changes_requested"
        for step in change["steps"]
    )


def _number(text: str) -> int:
    found = re.search(r"\d+", text)
    assert found, text
    return int(found[0])


def _percent(text: str) -> int | None:
    found = re.search(r"(\d+)%", text)
    return int(found[1]) if found else None
