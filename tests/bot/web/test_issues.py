"""POST and GET /api/v1/issues."""

from typing import Any

import pytest

from tests.bot.web.system import System, problem

ISSUES = "/api/v1/issues"
WRONG = {"text": "外壳有划痕", "about": "PO-2001"}


async def raised(system: System, body: object, key: str | None = None) -> dict[str, Any]:
    answer = await system.post(ISSUES, body, key=key)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_it_has_a_number_an_owner_and_a_deadline(system: System) -> None:
    one = await raised(system, WRONG)
    assert (one["no"], one["text"], one["about"], one["state"]) == ("IS-20261130-001", "外壳有划痕", "PO-2001", "open")
    assert one["owner"]
    assert one["answer_due"] > one["raised_at"]
    assert (await system.found(ISSUES))["items"] == [one]
    assert (await system.found(ISSUES, state="closed"))["items"] == []
    assert len((await system.found(ISSUES, about="PO-2001"))["items"]) == 1


async def test_sent_again_it_is_the_same(system: System) -> None:
    first = await raised(system, WRONG, key="k1")
    assert await raised(system, WRONG, key="k1") == first
    assert (await raised(system, WRONG))["no"] == first["no"], "the same words within ten minutes"
    other = await system.post(ISSUES, WRONG | {"text": "少了两箱"}, key="k1")
    assert "k1" in problem(other, 422, "idempotency-key-reused")
    assert len(await system.everything(f"{ISSUES}?limit=1")) == 1


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (WRONG | {"about": "PO-9"}, 422, "unknown-item"),
        (WRONG | {"about": "CR-20261130-999"}, 404, "unknown-change"),
        (WRONG | {"urgent": True}, 422, "issue-why"),
        (WRONG | {"text": "！！"}, 422, "issue-text-missing"),
    ],
)
async def test_what_cannot_be_noted_is_refused(system: System, body: object, status: int, code: str) -> None:
    problem(await system.post(ISSUES, body), status, code)
    assert (await system.found(ISSUES))["items"] == []


async def test_what_is_urgent_says_why(system: System) -> None:
    one = await raised(system, WRONG | {"urgent": True, "why": "客户在等"})
    assert (one["urgent"], one["text"]) == (True, "外壳有划痕 因为 客户在等")


async def test_who_may_not(system: System) -> None:
    problem(await system.post(ISSUES, WRONG, token=System.TOKENS["mes"]), 403, "forbidden")
    problem(await system.get(ISSUES, token=System.TOKENS["intake"]), 403, "forbidden")
