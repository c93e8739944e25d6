"""Whoever presses on a page waits for nobody's import, as whoever presses on a card."""

import asyncio
import threading

import pytest

from bot.current import Current
from bot.web.pages.cookies import SESSION
from bot.web.pages.visit import Visit
from bot.web.platform.dependencies import Desk
from storage.unit_of_work import UnitOfWork
from tests.bot.web.pages.visitor import Visitor
from tests.handlers.company import Company


@pytest.mark.parametrize("backend", ["sqlite"])
async def test_a_press_goes_before_what_waits(company: Company, visitor: Visitor) -> None:
    await visitor.log_in(company, "wang")
    token = visitor.cookies[f"__Host-{SESSION}"].rpartition(".")[2]
    here = Visit(Desk(Current(company.environment), company.clock, company.database, {}), token)
    order: list[str] = []
    gate = threading.Event()

    def under_way(uow: UnitOfWork) -> None:
        gate.wait(30)

    waiting = [company.database.submit(under_way)]
    waiting += [company.database.submit(lambda uow: order.append("import")) for _ in range(3)]
    press = asyncio.create_task(here.act({"csrf": here.csrf}, lambda turn, person: order.append("press")))
    await asyncio.sleep(0)
    gate.set()
    await press
    for one in waiting:
        await asyncio.wrap_future(one)
    assert order == ["press", "import", "import", "import"]
