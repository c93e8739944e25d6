"""Bodies that make no sense: each is answered with the place and what is wanted there."""

import json
from typing import Any

import pytest

from tests.bot.web.system import System, problem

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])
IMPACT = "/api/v1/impact"
JSON = {"Content-Type": "application/json"}


def one(op: str, **more: Any) -> dict[str, Any]:
    return {"operations": [{"item": "MO-1023", "op": op, **more}]}


WRONG: list[tuple[Any, str, str]] = [
    ([], "请求内容", "应为一个对象。"),
    ({}, "operations", "缺少这一项。"),
    ({"operations": []}, "operations", "至少要有 1 项。"),
    ({"operations": "x"}, "operations", "应为一个列表。"),
    ({"operations": [1]}, "operations[0]", "应为一个对象。"),
    ({"operations": [{"item": "A", "op": "pin"}] * 1001}, "operations", "最多 1000 项。"),
    ({"operations": [{"item": "A", "op": "pin"}, {"item": "A"}]}, "operations[1]", "缺少 op。"),
    ({**one("pin"), "resaon": ""}, "resaon", "没有这一项，请检查拼写或删掉。"),
    (one("explode"), "operations[0]", "没有 op “explode”；有：set_start, set_finish, shift,"),
    (one("pin", pull="yes"), "operations[0].pull", "应为 true 或 false。"),
    (one("pin", to=1), "operations[0].to", "这个 op 不需要 to，请删掉。"),
    (one("shift"), "operations[0].to", "缺少这一项。"),
    (one("shift", to="2"), "operations[0].to", "应为整数。"),
    (one("shift", to=1.5), "operations[0].to", "应为整数。"),
    (one("shift", to=True), "operations[0].to", "应为整数。"),
    (one("shift", to=5001), "operations[0].to", "不能大于 5000。"),
    (one("set_duration", to=-1), "operations[0].to", "不能小于 0。"),
    (one("set_start", to="2026-02-30"), "operations[0].to", "应为日期 YYYY-MM-DD，如 2026-12-05。"),
    (one("set_finish", to=20261205), "operations[0].to", "应为日期 YYYY-MM-DD，如 2026-12-05。"),
    (one("set_finish", to="2026-12-05T00:00:00"), "operations[0].to", "应为日期 YYYY-MM-DD，如 2026-12-05。"),
    (one("set_quantity", to=-1), "operations[0].to", "不能小于 0。"),
    (one("set_quantity", to="many"), "operations[0].to", "应为数字。"),
    (one("set_quantity", to=True), "operations[0].to", "应为数字。"),
    (one("set_quantity", to="NaN"), "operations[0].to", "应为普通的数字。"),
    (one("set_quantity", to="1e-400"), "operations[0].to", "最多 9 位小数。"),
    (one("set_quantity", to="1e400"), "operations[0].to", "不能大于 1000000000000。"),
    (one("reassign", to=" "), "operations[0].to", "至少要有 1 个字符。"),
    (one("reassign", to="火星部"), "operations[0].to", "没有部门“火星部”；有：销售部、生产部、采购部。"),
    (one("add", to={}), "operations[0].to.title", "缺少这一项。"),
    (one("add", to={"title": {}}), "operations[0].to.title", "应为文字、数字、true 或 false。"),
    (one("add", to={"title": "a", "up": None, "size": {}}), "operations[0].to.size", "应为文字、数字、true 或 false。"),
    (one("add", to={"title": "a\0"}), "operations[0].to.title", "不能含控制字符。"),
    (one("add", to={"title": "a", "b\0": 1}), "operations[0].to", "不能含控制字符。"),
    (one("add", to={"title": "a", "department": "火星"}), "operations[0].to.department", "没有部门“火星”"),
    (one("add", to={"title": "a", "also_informs": "sales|火星"}), "operations[0].to.also_informs", "没有部门“火星”"),
    (one("link", to={"successor": "A", "colour": 1}), "operations[0].to.colour", "没有这一项"),
    (one("link", to="A"), "operations[0].to", "应为一个对象。"),
    ({"operations": [{"item": "", "op": "pin"}]}, "operations[0].item", "至少要有 1 个字符。"),
    ({"operations": [{"item": "x" * 65, "op": "pin"}]}, "operations[0].item", "最多 64 个字符。"),
    ({"operations": [{"item": "a\nb", "op": "pin"}]}, "operations[0].item", "不能含控制字符。"),
    ({"operations": [{"item": "\ud800", "op": "pin"}]}, "operations[0].item", "文字的编码不对"),
    ({"operations": [{"item": 7, "op": "pin"}]}, "operations[0].item", "应为文字。"),
]


@pytest.mark.parametrize(("body", "at", "wanted"), WRONG)
async def test_a_wrong_value_is_named_with_its_place(system: System, body: Any, at: str, wanted: str) -> None:
    answer = await system.ask("POST", IMPACT, content=json.dumps(body), headers=JSON)
    assert problem(answer, 422, "invalid").startswith(f"{at}：{wanted}")
    first = answer.json()["errors"][0]
    assert first["at"] == at
    assert first["detail"].startswith(wanted)


async def test_every_wrong_value_is_listed(system: System) -> None:
    body = {"operations": [{"item": "", "op": "shift", "to": "x"}, {"op": "zap"}], "why": 1}
    answer = await system.post("/api/v1/changes", body)
    assert problem(answer, 422, "invalid").endswith("（另有 4 处，见 errors）")
    places = ["operations[0].item", "operations[0].to", "operations[1]", "reason", "why"]
    assert [wrong["at"] for wrong in answer.json()["errors"]] == places


REASONS = [
    ("", "至少要有 1 个字符。"),
    (" \n ", "至少要有 1 个字符。"),
    ("字" * 501, "最多 500 个字符。"),
    ("a\0", "不能含控制字符。"),
]


@pytest.mark.parametrize(("reason", "wanted"), REASONS)
async def test_a_change_needs_a_reason_people_can_read(system: System, reason: str, wanted: str) -> None:
    answer = await system.post("/api/v1/changes", {**one("pin"), "reason": reason})
    assert problem(answer, 422, "invalid") == f"reason：{wanted}"


@pytest.mark.parametrize("key", ["x" * 201, "a b", "键".encode(), b"\x01"])
async def test_an_idempotency_key_is_visible_ascii(system: System, key: str | bytes) -> None:
    answer = await system.ask(
        "POST", "/api/v1/changes", json={**one("pin"), "reason": "x"}, headers={"Idempotency-Key": key}
    )
    assert problem(answer, 422, "invalid").startswith("Idempotency-Key：应为 1 到 200 个可见的 ASCII 字符")


NOT_JSON = [b"{", b"{'operations': 1}", b"\xff\xfe", b"[" * 100_000, b'{"a": ' + b"9" * 6000 + b"}"]


@pytest.mark.parametrize("body", NOT_JSON, ids=range(len(NOT_JSON)))
async def test_what_is_not_json_is_refused_as_such(system: System, body: bytes) -> None:
    answer = await system.ask("POST", IMPACT, content=body, headers=JSON)
    assert "JSON" in problem(answer, 400, "bad-json")


@pytest.mark.parametrize("kind", [None, "text/plain", "application/x-www-form-urlencoded"])
async def test_json_has_to_call_itself_so(system: System, kind: str | None) -> None:
    headers = {"Content-Type": kind} if kind else {}
    answer = await system.ask("POST", IMPACT, content=json.dumps(one("pin")), headers=headers)
    assert "Content-Type: application/json" in problem(answer, 415, "not-json")


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "application/vnd.erp+json"])
async def test_kinds_of_json(system: System, kind: str) -> None:
    answer = await system.ask("POST", IMPACT, content=json.dumps(one("pin")), headers={"Content-Type": kind})
    assert answer.status_code == 200


async def test_a_body_may_have_one_mebibyte(system: System) -> None:
    body = json.dumps(one("pin")).encode()
    full = await system.ask("POST", IMPACT, content=body.ljust(1024 * 1024), headers=JSON)
    assert full.status_code == 200
    over = await system.ask("POST", IMPACT, content=body.ljust(1024 * 1024 + 1), headers=JSON)
    assert "1048576" in problem(over, 413, "too-large")


async def test_a_body_that_does_not_say_how_long_it_is_may_not_be_longer(system: System) -> None:
    async def endless() -> Any:
        while True:
            yield b" " * 65536

    answer = await system.ask("POST", IMPACT, content=endless(), headers=JSON)
    assert "1048576" in problem(answer, 413, "too-large")
