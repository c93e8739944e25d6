"""试算 of drafted settings: what it says of each change of the last thirty days is what then becomes of its like."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from handlers.reads.control.settings_trial import Trial, try_settings
from handlers.settings import make
from planning.control.settings_version import SettingsVersion
from planning.trail.audit import Kind
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.handlers.company import PLANNING, PURCHASING, Company
from tests.handlers.governed import governed
from tests.small_company import plan

pytestmark = pytest.mark.both_databases
REST: dict[str, Any] = {"id": "rest", "event": "any"}
BIG = {"id": "big", "event": "any", "when": "days > 3", "approvals": ["affected", "warehouse"]}
DOWN = {"id": "down", "event": "machine_down", "class": "emergency", "ratify_hours": "4"}
ROOMS = {"qian": PURCHASING}
WISHES = (
    ("lin", "改期 MO-1 推迟1天 因为 设备停机"),
    ("lin", "改期 RC-1 推迟5天 因为 盘点人手不够"),
    ("lin", "改数量 MO-1 2100 因为 客户加单"),
    ("qian", "改期 PO-1 推迟4天 因为 供应商停电"),
)


@pytest.fixture
def company(migrated_url: str) -> Iterator[Company]:
    with closing(Database(migrated_url, "main")) as database:
        yield governed(database, rules=[REST]).opens(plan())


async def submitted(company: Company) -> list[str]:
    return [await company.proposes(who, text, ROOMS.get(who, PLANNING)) for who, text in WISHES]


async def trial(company: Company, section: str, document: Any) -> Trial:
    found = await company.look(lambda turn: try_settings(turn, section, document))
    assert found is not None
    return found


def keep(company: Company, rules: list[dict[str, Any]]) -> None:
    def unit(uow: UnitOfWork) -> None:
        now = company.clock.now()
        make(uow, "main", Kind.SETTINGS_CHANGED, SettingsVersion("rules", 0, rules, now, now, "admin"))
        uow.commit()

    company.database.write_now(unit)


async def test_what_would_be_different_is_counted_and_named(company: Company) -> None:
    numbers = await submitted(company)
    found = await trial(company, "rules", [DOWN, BIG, REST])
    assert (found.looked, found.skipped, found.is_cut) == (4, 0, False)
    told = {numbers.index(one.no): one.how for one in found.differing}
    assert told == {0: ("变紧急", "期限提前"), 3: ("多问仓储部",)}
    assert found.sentence == "试算近 30 天：4 单里 2 单会不同：1 单多问仓储部，1 单变紧急，1 单期限提前"


async def test_it_is_what_the_same_wishes_come_to_under_the_draft(company: Company) -> None:
    numbers = await submitted(company)
    differing = {one.no: one.how for one in (await trial(company, "rules", [DOWN, BIG, REST])).differing}
    keep(company, [DOWN, BIG, REST])
    for no, (who, text) in reversed([*zip(numbers, WISHES, strict=True)]):  # the emergency last: it moves the plan
        old = await company.change(no)
        again = await company.proposes(who, text, ROOMS.get(who, PLANNING))
        new, told = await company.change(again), differing.get(no, ())
        assert ("变紧急" in told) == (new.klass != old.klass), text
        departments = [{step.department for step in one.steps} for one in (old, new)]
        assert any(how.startswith("多问") for how in told) == bool(departments[1] - departments[0]), text
        assert any(how.startswith("不再问") for how in told) == bool(departments[0] - departments[1]), text


async def test_the_same_settings_differ_in_nothing(company: Company) -> None:
    assert (await trial(company, "rules", [REST])).sentence == "近 30 天没有变更，没有可试算的"
    await submitted(company)
    assert (await trial(company, "rules", [REST])).sentence == "试算近 30 天：4 单变更，没有一单会不同"
    company.clock.move(days=31)
    assert (await trial(company, "rules", [DOWN])).looked == 0


async def test_who_may_not_want_it_any_more_would_be_refused(company: Company) -> None:
    numbers = await submitted(company)
    found = await trial(company, "authority", [{"who": "role:coordinator"}])
    assert [(numbers.index(one.no), one.how) for one in found.differing] == [(3, ("会被挡下",))]


async def test_a_fence_asks_for_more(company: Company) -> None:
    await submitted(company)
    fence = {"id": "soon", "kind": "rolling", "days": "60", "approvals": ["role:coordinator"]}
    told = (await trial(company, "fences", [fence])).sentence
    assert "4 单里 4 单会不同：4 单多问计划协调员" in told


async def test_another_deadline_is_told(company: Company) -> None:
    await submitted(company)
    assert "4 单期限提前" in (await trial(company, "approval", {"expires_working_days": "1"})).sentence


async def test_what_happened_after_a_change_is_not_held_against_it(company: Company) -> None:
    """Two steps of a day each, and a rule for up to two days: together they were still as agreed when the second was
    wanted, whatever was voted for afterwards."""
    one = {"id": "small", "event": "any", "when": "days >= -1 && days <= 1", "class": "standard", "approvals": []}
    two = one | {"when": "days >= -2 && days <= 2"}
    keep(company, [one])
    numbers = []
    for _ in range(2):
        numbers.append(await company.proposes("lin", "改期 RC-1 推迟1天 因为 盘点人手不够", PLANNING))
        company.clock.move(minutes=1)
    assert [(await company.change(no)).klass for no in numbers] == ["standard", "normal"]
    before = await trial(company, "rules", [two])
    assert [one.no for one in before.differing] == [numbers[1]]
    await company.approves(numbers[1], "warehouse")
    assert (await trial(company, "rules", [two])).differing == before.differing


async def test_the_newest_only_are_said_to_be(company: Company) -> None:
    numbers = await submitted(company)
    found = await company.look(lambda turn: try_settings(turn, "rules", [BIG, REST], most=2))
    assert found is not None
    assert (found.looked, found.is_cut, [one.no for one in found.differing]) == (2, True, [numbers[3]])
    assert found.sentence == "试算近 30 天：2 单里 1 单会不同：1 单多问仓储部（只看最近 2 单）"


async def test_thresholds_decide_nothing(company: Company) -> None:
    await submitted(company)
    assert await company.look(lambda turn: try_settings(turn, "exceptions", {"silent_days": "3"})) is None
    assert await company.look(lambda turn: try_settings(turn, "rules", [{"id": "x", "when": "days >"}])) is None
