"""What other systems see of people's previews: nothing, and never their keys."""

from bot.clock import MovableClock
from handlers.actions.change.propose import draft, submit_draft
from handlers.actions.change.withdraw import drop
from handlers.turn import Environment, Turn
from planning.change.change import PREVIEW, Change
from planning.plan.operation import Op, Operation
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.bot.web.system import System, problem

CHANGES = "/api/v1/changes"
WISH = (Operation("PO-2001", Op.SHIFT, 2),)


def previewed(database: Database, environment: Environment, clock: MovableClock, end: str = "") -> Change:
    """Somebody's preview; `end`: it is submitted or discarded."""

    def work(uow: UnitOfWork) -> Change:
        turn = Turn(uow, clock.now(), environment)
        change = draft(turn, turn.plan(), WISH, "li", "设备故障", "…", "dingtalk:cidS==", preview=True)
        if end:
            change = submit_draft(turn, change, "li") if end == "submitted" else drop(turn, change, "li")
        uow.commit()
        return change

    return database.write_now(work)


async def test_a_draft_of_another_system_has_a_number_beside_previews(
    system: System, factory: Database, environment: Environment, clock: MovableClock
) -> None:
    previewed(factory, environment, clock)
    answer = await system.post(CHANGES, {"operations": [{"item": "PO-2001", "op": "shift", "to": 1}], "reason": "x"})
    no = answer.json()["no"]
    assert no == "CR-20261130-001"
    assert previewed(factory, environment, clock, "submitted").no == "CR-20261130-002"
    assert (await system.found(f"{CHANGES}/{no}"))["no"] == no


async def test_no_answer_has_a_key(
    system: System, factory: Database, environment: Environment, clock: MovableClock
) -> None:
    left = previewed(factory, environment, clock)
    for end in ("submitted", "discarded"):
        previewed(factory, environment, clock, end)
    assert left.no.startswith(PREVIEW)
    for path in (CHANGES, f"{CHANGES}/CR-20261130-001", "/api/v1/plan/items", "/api/v1/plan/revisions"):
        answer = await system.get(path)
        assert answer.status_code == 200, answer.text
        assert PREVIEW not in answer.text
    assert len((await system.found(CHANGES))["items"]) == 1
    for path in (f"{CHANGES}/{left.no}", f"{CHANGES}/{left.no}/picture.svg"):
        problem(await system.get(path), 404, "unknown-change")


async def test_the_trail_joins_the_two_and_calls_a_preview_that(
    system: System, factory: Database, environment: Environment, clock: MovableClock
) -> None:
    """The chained records keep the key, as they keep every id; their sentences do not."""
    no = previewed(factory, environment, clock, "submitted").no
    answer = await system.get("/api/v1/audit", token=System.TOKENS["auditor"])
    submitted, drafted = answer.json()["items"]
    assert (submitted["subject"], submitted["facts"]["preview"]) == (no, drafted["subject"])
    assert drafted["text"].endswith(" 起草 预览：PO-2001 推迟2天（设备故障）")
    assert PREVIEW not in submitted["text"] + drafted["text"]
