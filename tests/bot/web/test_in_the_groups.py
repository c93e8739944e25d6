"""A change proposed by another system, as people meet it in their groups."""

from bot.clock import MovableClock
from handlers.language import Acks, Why
from handlers.notify.render_card import draw
from handlers.reads.change.who_knows import acks
from handlers.reads.plan.why import why
from handlers.turn import Ask, Environment, Turn
from planning.subject import Subject
from storage.database import Database
from tests.bot.web.factory import approve
from tests.bot.web.system import System

DELAY = {"operations": [{"item": "PO-2001", "op": "shift", "to": 2}], "reason": "供应商延期"}


async def test_its_card_says_which_system_wants_what_and_why(
    system: System, factory: Database, environment: Environment, clock: MovableClock
) -> None:
    no = (await system.post("/api/v1/changes", DELAY)).json()["no"]

    def bodies(turn: Turn) -> list[str]:
        return [draw(turn, row).body for row in turn.uow.cards.about(Subject.of_change(no))]

    shown = await factory.read(lambda uow: bodies(Turn(uow, clock.now(), environment)))
    assert len(shown) == 3
    for body in shown:
        assert "api:erp" in body
        assert "供应商延期" in body


async def test_people_ask_who_knows_and_why(
    system: System, factory: Database, environment: Environment, clock: MovableClock
) -> None:
    no = (await system.post("/api/v1/changes", DELAY)).json()["no"]
    approve(factory, environment, clock, no)
    ask = Ask(environment.organisation.people["li"], "dingtalk:cidS==", "")

    def answers(turn: Turn) -> tuple[str, str]:
        return acks(turn, ask, Acks(no)).text, why(turn, ask, Why("MO-1023"))

    known, moved = await factory.read(lambda uow: answers(Turn(uow, clock.now(), environment)))
    assert "3/4" in known, "three of four people have decided; the system is none of them"
    assert "api:erp" not in known
    assert "api:erp" in moved
    assert "供应商延期" in moved
