"""Text that a database cannot hold, wherever another system can put it: never more than a sentence."""

import json
from typing import Any

import pytest

from tests.bot.web.system import System, problem

pytestmark = pytest.mark.both_databases
NUL, HALF = "a\0", "a\ud800"
BODIES: dict[str, list[dict[str, Any]]] = {
    "/api/v1/reports": [
        {"item": "MO-1023", "kind": "quantity", "good": 1, "reason": "?"},
        {"item": "?", "kind": "quantity", "good": 1},
        {"department": "?", "kind": "stop"},
        {"kind": "correction", "corrects": "?", "void": True},
        {"item": "MO-1023", "kind": "?"},
        {"item": "MO-1023", "kind": "start", "?": 1},
    ],
    "/api/v1/stock": [{"product": "?", "on_hand": 1}, {"product": "steel", "on_hand": "?"}],
}


def filled(row: dict[str, Any], text: str) -> dict[str, Any]:
    return {name.replace("?", text): text if value == "?" else value for name, value in row.items()}


async def test_every_word_of_every_address(system: System) -> None:
    paths = (await system.found("/openapi.json"))["paths"]
    asked = [
        (path, one["name"])
        for path, methods in paths.items()
        for one in methods.get("get", {}).get("parameters", [])
        if one["in"] in ("query", "path")
    ]
    assert len(asked) > 30
    for path, name in asked:
        known = {"{no}": "CR-20261130-001", "{number}": "1", "{code}": "MO-1023"} | {f"{{{name}}}": "%00"}
        for mark, value in known.items():
            path = path.replace(mark, value)
        answer = await system.get(f"{path}?{name}=a%00" if "%00" not in path else path)
        assert answer.status_code < 500, (path, name)


@pytest.mark.parametrize("text", [NUL, HALF], ids=["NUL", "half a character"])
async def test_a_name_that_nobody_knows(system: System, text: str) -> None:
    answer = await system.ask(
        "POST", "/api/v1/changes", content=json.dumps({text: 1}), headers={"Content-Type": "application/json"}
    )
    problem(answer, 422, "invalid")


@pytest.mark.parametrize("text", [NUL, HALF], ids=["NUL", "half a character"])
@pytest.mark.parametrize(("path", "row"), [(path, row) for path, rows in BODIES.items() for row in rows], ids=str)
async def test_every_word_of_a_row(system: System, path: str, row: dict[str, Any], text: str) -> None:
    answer = await system.ask(
        "POST", path, token=System.TOKENS["floor"], content=json.dumps([filled(row, text)]),
        headers={"Content-Type": "application/json"},
    )  # fmt: skip
    assert answer.status_code in (200, 422), answer.text
    if answer.status_code == 200:
        (one,) = answer.json()["results"]
        assert one["code"], "it was not kept"
