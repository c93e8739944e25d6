"""Another system proposes a change: departments are asked on cards, and a repeated request is one request."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.clock import MovableClock
from bot.current import Current
from bot.settings import Settings
from bot.web import create_web
from handlers.turn import Environment
from planning.change.lockdown import hold
from planning.control.fences import Fence, FenceKind, Scope
from planning.control.rules import Event, Rule
from planning.control.shadow import Shadow
from planning.subject import Subject
from storage.database import Database
from storage.delivery.cards import Purpose
from storage.unit_of_work import UnitOfWork
from tests.bot.web.factory import approve
from tests.bot.web.system import Channel, System, problem

CHANGES = "/api/v1/changes"
FREE = "ZZ/备用"
DELAY = {"operations": [{"item": "PO-2001", "op": "shift", "to": 2}], "reason": "供应商延期"}


async def proposed(system: System, body: object = DELAY, key: str | None = None) -> dict[str, Any]:
    answer = await system.post(CHANGES, body, key=key)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    assert answer.headers["location"] == f"{CHANGES}/{found['no']}"
    return found


def move(days: int, item: str = FREE) -> dict[str, Any]:
    return {"operations": [{"item": item, "op": "shift", "to": days}], "reason": "让路"}


async def test_a_proposed_change_asks_every_department_it_touches(system: System, factory: Database) -> None:
    change = await proposed(system)
    assert change["no"] == "CR-20261130-001"
    assert change["state"] == "in_approval"
    assert change["class"] == "normal"
    assert change["proposer"] == "api:erp"
    assert change["reason"] == "供应商延期"
    assert change["base_revision"] == 1
    assert change["operations"] == [{"item": "PO-2001", "op": "shift", "to": 2, "pull": False}]
    assert {step["department"] for step in change["steps"]} == {"purchasing", "production", "sales"}
    assert {(step["mode"], step["state"]) for step in change["steps"]} == {("any", "open")}
    assert [event["event"] for event in change["history"]] == ["created", "submitted"]
    cards = await factory.read(lambda uow: uow.cards.about(Subject.of_change(change["no"])))
    assert {card.conversation for card in cards} == {"dingtalk:cidP==", "dingtalk:cidB==", "dingtalk:cidS=="}
    assert {card.purpose for card in cards} == {Purpose.APPROVAL}
    assert await factory.read(lambda uow: uow.outbox.counts()) == {"new": 3}
    assert await factory.read(lambda uow: uow.timers.get("expiry", change["no"])) is not None


async def test_when_all_have_approved_it_is_the_next_revision(
    system: System, factory: Database, environment: Environment, clock: MovableClock
) -> None:
    no = (await proposed(system))["no"]
    clock.move_to(clock.now() + timedelta(hours=1))
    approve(factory, environment, clock, no)
    change = await system.found(f"{CHANGES}/{no}")
    assert change["state"] == "applied"
    assert {step["state"] for step in change["steps"]} == {"approved"}
    said = next(step for step in change["steps"] if step["department"] == "production")["decisions"]
    assert [(d["person"], d["verdict"], d["comment"], d["channel"]) for d in said] == [
        ("wang", "approve", "可以", "dingtalk")
    ]
    events = [(event["event"], event["by"], event["detail"]) for event in change["history"]]
    assert events[:2] == [("created", "api:erp", "供应商延期"), ("submitted", "api:erp", "")]
    assert {event for event, *_ in events[2:5]} == {"approve"}
    assert events[5] == ("applied", "", "2")
    assert [event["at"] for event in change["history"]] == sorted(event["at"] for event in change["history"])
    assert (await system.found("/api/v1/plan/items/PO-2001"))["start"] == "2026-12-07"


async def test_it_says_until_when_it_waits_and_what_holds_it(
    system: System, factory: Database, clock: MovableClock
) -> None:
    change, since = await proposed(system), clock.now()
    assert (change["expires_at"], change["held_at"], change["held_by"]) == ("2026-12-02T10:00:00Z", None, [])

    def freeze(uow: UnitOfWork) -> None:
        found = uow.changes.get(change["no"])
        assert found is not None
        uow.changes.save(hold(found, "F-001", since))
        uow.commit()

    factory.write_now(freeze)
    held = await system.found(f"{CHANGES}/{change['no']}")
    assert (held["state"], held["held_by"]) == ("on_hold", ["F-001"])
    assert datetime.fromisoformat(held["held_at"]) == since


async def test_what_was_told_is_what_the_change_holds(system: System) -> None:
    told = await system.post("/api/v1/impact", {"operations": DELAY["operations"]})
    assert (await proposed(system))["impact"] == told.json()


async def test_operations_come_back_as_they_were_sent(system: System) -> None:
    sent: list[dict[str, Any]] = [
        {"item": FREE, "op": "set_start", "to": "2026-12-23", "pull": True},
        {"item": FREE, "op": "set_quantity", "to": 12.5, "pull": False},
        {"item": FREE, "op": "pin", "to": None, "pull": False},
        {"item": "N-1", "op": "add", "to": {"title": "新", "quantity": "3"}, "pull": False},
    ]
    no = (await proposed(system, {"operations": sent, "reason": "盘点"}))["no"]
    assert (await system.found(f"{CHANGES}/{no}"))["operations"] == sent


async def test_a_refused_change_is_a_sentence_and_leaves_nothing(system: System, factory: Database) -> None:
    refused: list[tuple[str, dict[str, Any], str]] = [
        ("unknown-item", {"item": "NOPE", "op": "pin"}, "NOPE"),
        ("item-is-over", {"item": "QA-0001", "op": "cancel"}, "QA-0001"),
        ("in-the-past", {"item": FREE, "op": "set_start", "to": "2026-11-02"}, "2026-11-02"),
        ("nothing-changes", {"item": FREE, "op": "unpin"}, FREE),
    ]
    for code, operation, named in refused:
        answer = await system.post(CHANGES, {"operations": [operation], "reason": "试试"}, key="again")
        assert named in problem(answer, 422, code)
    assert await system.everything(CHANGES) == []
    counts = await factory.read(lambda uow: (uow.changes.counts(), uow.outbox.counts()))
    assert counts == ({}, {})
    assert (await proposed(system, move(1), key="again"))["no"] == "CR-20261130-001"


async def test_before_the_first_import_nothing_can_be_proposed(empty: System) -> None:
    problem(await empty.post(CHANGES, DELAY), 404, "no-plan")


async def test_changes_are_listed_newest_first_whatever_the_limit(system: System) -> None:
    numbers = [(await proposed(system, move(days)))["no"] for days in (1, 2, 3, 4, 5)]
    for limit in (1, 2, 5, 6):
        found = await system.everything(CHANGES, limit=limit)
        assert [change["no"] for change in found] == numbers[::-1]
    assert (await system.found(f"{CHANGES}/{numbers[2]}")) == found[2]


async def test_a_change_that_is_not_there(system: System) -> None:
    for no in ("CR-20261130-001", "nope", "%00", "CR-20261130-%D9%A1%D9%A1%D9%A1"):
        assert problem(await system.get(f"{CHANGES}/{no}"), 404, "unknown-change").startswith("没有变更单")


async def test_the_same_key_and_body_is_the_same_change(system: System, factory: Database) -> None:
    first = await proposed(system, DELAY, key="order-7")
    again = await proposed(system, {**DELAY, "submit": True, "reason": " 供应商延期 "}, key="order-7")
    assert again == first
    assert await factory.read(lambda uow: uow.outbox.counts()) == {"new": 3}


async def test_a_repeated_request_shows_how_the_change_stands_now(
    system: System, factory: Database, environment: Environment, clock: MovableClock
) -> None:
    approve(factory, environment, clock, (await proposed(system, DELAY, key="order-7"))["no"])
    assert (await proposed(system, DELAY, key="order-7"))["state"] == "applied"


async def test_the_same_key_with_another_body_is_refused(system: System) -> None:
    await proposed(system, DELAY, key="order-7")
    answer = await system.post(CHANGES, move(1), key="order-7")
    sentence = problem(answer, 422, "idempotency-key-reused")
    assert "order-7" in sentence
    assert "CR-20261130-001" in sentence
    assert len(await system.everything(CHANGES)) == 1


async def test_keys_of_two_systems_have_nothing_to_do_with_each_other(system: System) -> None:
    await proposed(system, DELAY, key="1")
    answer = await system.post(CHANGES, move(1), key="1", token=System.TOKENS["intake"])
    assert answer.json()["proposer"] == "api:intake"


async def test_without_a_key_every_request_is_a_new_one(system: System) -> None:
    assert (await proposed(system))["no"] != (await proposed(system))["no"]


async def test_tries_at_the_same_time_are_one_request(system: System, factory: Database) -> None:
    answers = await asyncio.gather(*(proposed(system, DELAY, key="order-7") for _ in range(8)))
    assert {answer["no"] for answer in answers} == {"CR-20261130-001"}
    assert await factory.read(lambda uow: uow.changes.counts()) == {"in_approval": 1}


async def test_requests_at_the_same_time_get_numbers_of_their_own(system: System) -> None:
    answers = await asyncio.gather(*(proposed(system, move(days), key=str(days)) for days in range(1, 9)))
    assert len({answer["no"] for answer in answers}) == 8


async def test_a_draft_is_its_proposers_own_until_it_is_submitted(system: System, factory: Database) -> None:
    draft = await proposed(system, {**DELAY, "submit": False})
    path = f"{CHANGES}/{draft['no']}"
    assert draft["state"] == "draft"
    assert draft["steps"] == []
    assert await system.everything(CHANGES) == []
    assert await factory.read(lambda uow: uow.outbox.counts()) == {}
    problem(await system.get(path, token=System.TOKENS["mes"]), 404, "unknown-change")
    problem(await system.post(f"{path}/submit", token=System.TOKENS["intake"]), 404, "unknown-change")
    assert await system.found(path) == draft
    submitted = await system.post(f"{path}/submit")
    assert submitted.json()["state"] == "in_approval"
    assert (await system.get(path, token=System.TOKENS["mes"])).json() == submitted.json()
    assert await factory.read(lambda uow: uow.outbox.counts()) == {"new": 3}
    assert draft["no"] in problem(await system.post(f"{path}/submit"), 422, "already-submitted")


async def test_a_draft_whose_effect_has_changed_is_looked_at_again_before_it_is_submitted(
    system: System, factory: Database, environment: Environment, clock: MovableClock
) -> None:
    draft = await proposed(system, {**move(1), "submit": False})
    approve(factory, environment, clock, (await proposed(system, move(2)))["no"])
    path = f"{CHANGES}/{draft['no']}"
    assert "计划变了" in problem(await system.post(f"{path}/submit"), 409, "preview-changed")
    fresh = await system.found(path)
    assert (draft["base_revision"], fresh["base_revision"]) == (1, 2)
    assert fresh["impact"]["hash"] != draft["impact"]["hash"]
    assert (await system.post(f"{path}/submit")).json()["state"] == "in_approval"


async def test_a_proposer_takes_a_change_back(system: System, factory: Database) -> None:
    no = (await proposed(system))["no"]
    foreign = await system.post(f"{CHANGES}/{no}/withdraw", token=System.TOKENS["intake"])
    assert no in problem(foreign, 422, "not-the-proposer")
    withdrawn = (await system.post(f"{CHANGES}/{no}/withdraw")).json()
    assert withdrawn["state"] == "withdrawn"
    assert {step["state"] for step in withdrawn["steps"]} == {"not_required"}
    assert withdrawn["history"][-1]["event"] == "withdrawn"
    assert no in problem(await system.post(f"{CHANGES}/{no}/withdraw"), 422, "change-ended")
    wanted = {card.wanted_version for card in await factory.read(lambda uow: uow.cards.about(Subject.of_change(no)))}
    assert wanted == {2}, "every card is to show the end"
    problem(await system.post(f"{CHANGES}/CR-20261130-009/withdraw"), 404, "unknown-change")


async def test_a_system_undoes_its_own_change_within_ten_minutes(
    system: System, factory: Database, environment: Environment, clock: MovableClock
) -> None:
    before = (await system.found("/api/v1/plan/items/PO-2001"))["start"]
    no = (await proposed(system))["no"]
    approve(factory, environment, clock, no)
    assert (await system.found(f"{CHANGES}/{no}"))["state"] == "applied"
    answer = await system.post(f"{CHANGES}/{no}/undo")
    assert answer.status_code == 200, answer.text
    by = answer.json()
    assert (by["state"], by["reverts"], by["proposer"]) == ("applied", no, "api:erp")
    assert {operation["op"] for operation in by["operations"]} == {"restore"}
    assert (await system.found(f"{CHANGES}/{no}"))["state"] == "reverted"
    assert (await system.found("/api/v1/plan/items/PO-2001"))["start"] == before
    again = await system.post(f"{CHANGES}/{no}/undo")
    assert problem(again, 422, "undo-already") == f"{no} 已经由 {by['no']} 撤销，不用再撤销。"


async def test_another_systems_change_is_not_undone(
    system: System, factory: Database, environment: Environment, clock: MovableClock
) -> None:
    no = (await proposed(system))["no"]
    approve(factory, environment, clock, no)
    other = await system.ask("POST", f"{CHANGES}/{no}/undo", token=System.TOKENS["intake"])
    assert problem(other, 422, "may-not-undo").startswith(f"{no} 不是你提出的。只有提出人和计划协调员可以撤销。")


async def test_nobody_asks_to_restore(system: System) -> None:
    wish = {"operations": [{"item": FREE, "op": "restore", "to": {"start": "2026-12-01"}}], "reason": "恢复"}
    assert (await system.post(CHANGES, wish)).status_code == 422


NEAR = Fence("near", "下单前冻结", FenceKind.ROLLING, scope=Scope(types=("purchase",)), days=15, approvals=("sales",))


async def test_it_says_by_which_rule_and_inside_which_fences(
    configured: Settings, environment: Environment, clock: MovableClock, factory: Database, channel: Channel
) -> None:
    late = Rule("late", Event.MATERIAL_DELAY, None)
    governed = replace(environment, rules=(late,), fences=(NEAR,))
    async with System.of(create_web(configured, Current(governed), clock, factory, {"dingtalk": channel})) as system:
        change = await proposed(system)
    assert (change["class"], change["rule"]) == ("normal", "late")
    near = {"id": "near", "name": "下单前冻结", "zone": "frozen", "item": "PO-2001"}
    assert change["fences"] == [near | {"earliest": None, "approvals": ["sales"]}]
    assert change["shadow"] == {"asked": [], "fences": [], "refused": []}


async def test_it_says_what_is_only_in_shadow(
    configured: Settings, environment: Environment, clock: MovableClock, factory: Database, channel: Channel
) -> None:
    shown = replace(environment, fences=(replace(NEAR, approvals=()),), shadow=Shadow(everything=True))
    async with System.of(create_web(configured, Current(shown), clock, factory, {"dingtalk": channel})) as system:
        change = await proposed(system)
    assert (change["state"], change["rule"], change["fences"], change["steps"]) == ("applied", "", [], [])
    shadow = change["shadow"]
    assert set(shadow["asked"]) == {"purchasing", "production", "sales"}
    assert [(fence["id"], fence["item"]) for fence in shadow["fences"]] == [("near", "PO-2001")]
    (why,) = shadow["refused"]
    assert why.startswith("PO-2001 采购 外壳 在冻结窗“下单前冻结”内，不能改：这个窗没有设特批。")
