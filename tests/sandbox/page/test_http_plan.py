"""Reading the plan from an API over a real socket, and the sentences when that fails."""

from collections.abc import Callable

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from sandbox.page import HttpPlan, PlanUnavailable
from sandbox.page.plan import MOST_PAGES
from sandbox.server import serving

TOKEN = "token-of-the-page"
ITEM = {
    "code": "MO-1042",
    "type": "production",
    "title": "控制板装配",
    "department": "production",
    "quantity": "2000",
    "unit": "台",
    "start": "2026-11-26",
    "finish": "2026-12-01",
    "status": "in_progress",
    "zone": "frozen",
    "revision": 4,
}
REVISION = {
    "revision": 4,
    "change": "CR-20261123-003",
    "applied_at": "2026-11-23T04:00:00Z",
    "applied_by": "zhou.min",
    "hash": "9f2c",
}


def api(answer: Callable[[Request], Response]) -> Starlette:
    async def endpoint(request: Request) -> Response:
        if request.headers["authorization"] != f"Bearer {TOKEN}":
            return JSONResponse({"title": "Unauthorized"}, 401)
        return answer(request)

    return Starlette(routes=[Route("/api/v1/{what:path}", endpoint)])


def paged(request: Request) -> Response:
    """Three items on three pages, one revision, and why it was."""
    told = {"plan/revisions": REVISION, "changes": {"no": REVISION["change"], "reason": "客户加单", "state": "applied"}}
    if found := told.get(request.path_params["what"]):
        return JSONResponse({"items": [found], "next_cursor": None})
    number = int(request.query_params.get("cursor", "1"))
    item = {**ITEM, "code": f"MO-{number}"}
    return JSONResponse({"items": [item], "next_cursor": str(number + 1) if number < 3 else None})


async def test_all_pages_of_the_plan_are_read() -> None:
    async with serving(api(paged)) as address:
        items = await HttpPlan(address + "/", TOKEN).items()
    assert [item.code for item in items] == ["MO-1", "MO-2", "MO-3"]
    assert (str(items[0].quantity), str(items[0].finish), items[0].zone) == ("2000", "2026-12-01", "frozen")


async def test_revisions_are_read_with_their_reasons() -> None:
    async with serving(api(paged)) as address:
        (revision,) = await HttpPlan(address, TOKEN).revisions()
        assert await HttpPlan(address, TOKEN).latest_revision() == 4
    assert (revision.revision, revision.change, revision.applied_by) == (4, "CR-20261123-003", "zhou.min")
    assert revision.reason == "客户加单"


async def test_a_plan_without_revisions_is_at_none() -> None:
    async with serving(api(lambda _: JSONResponse({"items": []}))) as address:
        assert await HttpPlan(address, TOKEN).latest_revision() == 0
        assert await HttpPlan(address, TOKEN).revisions() == []


async def test_a_plan_may_leave_out_what_it_does_not_know() -> None:
    bare = {"items": [{"code": "A", "title": "a", "quantity": None, "start": None, "owner": "x"}]}
    async with serving(api(lambda _: JSONResponse(bare))) as address:
        (item,) = await HttpPlan(address, TOKEN).items()
    assert (item.code, item.quantity, item.start) == ("A", None, None)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (lambda _: PlainTextResponse("nope", 500), "HTTP 500"),
        (lambda _: PlainTextResponse("<html>"), "看不懂"),
        (lambda _: JSONResponse([1, 2]), "看不懂"),
        (lambda _: JSONResponse({"items": [{"title": "没有编号"}]}), "看不懂"),
        (lambda _: JSONResponse({"items": [], "next_cursor": "again"}), f"{MOST_PAGES * 200} 项"),
    ],
)
async def test_a_bad_answer_becomes_a_sentence(answer: Callable[[Request], Response], sentence: str) -> None:
    async with serving(api(answer)) as address:
        with pytest.raises(PlanUnavailable, match=sentence):
            await HttpPlan(address, TOKEN).items()


async def test_a_wrong_token_becomes_a_sentence_without_the_token() -> None:
    async with serving(api(paged)) as address:
        with pytest.raises(PlanUnavailable, match="令牌") as refused:
            await HttpPlan(address, "wrong-token").items()
    assert "wrong-token" not in str(refused.value)


async def test_a_silent_api_becomes_a_sentence() -> None:
    async with serving(api(paged)) as address:
        pass
    with pytest.raises(PlanUnavailable, match="没有应答"):
        await HttpPlan(address, TOKEN).revisions()
