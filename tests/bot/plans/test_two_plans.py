"""Two plans of the same item codes in one deployment: each is what it would be alone."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.bot.plans.deployment import NAMES, Hand, deployed
from tests.databases import fresh_database

PLANS = ("east", "south")
FILLED = (
    "revisions", "changes", "decisions", "cards", "outbox", "audit_events", "fences", "timers", "digest_runs", "inbox",
)  # fmt: skip
Rows = dict[str, list[str]]
MOVE = {"operations": [{"item": "PO-1", "op": "shift", "to": 3}], "reason": "供应商延期"}


async def story(hand: Hand, several: bool) -> None:
    """Proposals by chat and API, votes by button and word, fences, questions, a night and its digests."""
    query = {"plan": hand.plan_id} if several else {}
    await hand.types("han", "改期 MO-1 推迟2天 因为 设备故障", "production")
    await hand.presses("han", "production", "提交")
    first = "CR-20261123-001"
    assert any(first in line for line in await hand.types("lin", f"谁知道 {first}", "planning"))
    await hand.presses("su", "sales", "同意")
    await hand.presses("wang", "production", "同意")
    await hand.types("li", f"同意 {first}", "warehouse")
    await hand.types("he", "改数量 SO-1 2500 因为 客户加单", "sales")
    await hand.presses("he", "sales", "提交")
    await hand.types("wang", "驳回 CR-20261123-002 因为 产能不够", "production")
    frozen = await hand.types("lin", f"冻结 生产部{hand.plan_id} 12-07~12-11 因为 大促备货", "planning")
    assert any("F-001" in line for line in frozen), frozen
    await hand.types("han", "改期 MO-1 推迟1天 因为 停机", "production")
    await hand.types("li", "改期 RC-1 推迟1天 因为 盘点", "warehouse")
    answer = await hand.asks("POST", "/api/v1/changes", MOVE, **query)
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"].endswith(f"?plan={hand.plan_id}") is several
    for text in ("总览", "待办", "为什么 MO-1", "帮助", "查计划 MO-1"):
        assert await hand.types("lin", text, "planning")
    for _ in range(3):
        await hand.rings(hours=8)
    await hand.presses("zhao", "purchasing", "同意")


async def reads(hands: Sequence[Hand], ended: asyncio.Event) -> int:
    """Other systems that read all the while; how often."""
    count = 0
    while not ended.is_set():
        for hand in hands:
            for path in ("/api/v1/plan/items", "/api/v1/changes", "/api/v1/plan/revisions", "/api/v1/audit"):
                answer = await hand.asks("GET", path, plan=hand.plan_id)
                assert answer.status_code == 200, answer.text
                other = next(one for one in PLANS if one != hand.plan_id)
                assert f"-{other}" not in answer.text
                count += 1
    return count


async def alone(url: str, plan_id: str) -> Rows:
    async with deployed(url, [plan_id]) as deployment:
        hand = deployment.of(plan_id)
        await story(hand, several=False)
        assert await hand.unproven() == []
        return await hand.rows()


@pytest.mark.both_databases
@pytest.mark.timeout(600)
async def test_two_plans_beside_each_other_never_mix(backend: str, tmp_path: Path) -> None:
    expected = {}
    for plan_id in PLANS:
        (tmp_path / plan_id).mkdir()
        with fresh_database(backend, tmp_path / plan_id, migrated=True) as url:
            expected[plan_id] = await alone(url, plan_id)
    replicas = 2 if backend == "postgresql" else 1
    with fresh_database(backend, tmp_path, migrated=True) as url:
        async with deployed(url, PLANS, replicas) as deployment:
            hands, readers, ended = [*map(deployment.of, PLANS)], [*map(deployment.of, PLANS)], asyncio.Event()
            reading = asyncio.create_task(reads(readers, ended))
            await asyncio.gather(*(story(hand, several=True) for hand in hands))
            ended.set()
            count = await reading
            for hand in hands:
                rows = await hand.rows()
                _same(rows, expected[hand.plan_id], hand.plan_id)
                assert await hand.unproven() == []
    print(f"two plans, {replicas} processes: {sum(map(len, rows.values()))} rows each as alone, {count} reads")  # noqa: T201


def _same(rows: Rows, expected: Rows, plan_id: str) -> None:
    other = next(one for one in PLANS if one != plan_id)
    for table, lines in rows.items():
        assert lines == expected[table], table
        assert not [line for line in lines if f"-{other}" in line or NAMES[other] in line], table
    for table in FILLED:
        assert rows[table], f"the story leaves something in {table}"
