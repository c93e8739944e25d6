"""Scrap, and less than planned: what the needs pegged to an item lack is drafted, in the lot it comes to."""

from dataclasses import replace
from decimal import Decimal

import pytest

from planning.change.change import Change, ChangeState
from planning.plan.link import Drives, Link
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan, Stock
from storage.unit_of_work import UnitOfWork
from tests.handlers.office import Office
from tests.small_company import plan as small


def pegged(**more: Decimal) -> Plan:
    """SO-1 asks MO-1 for what it needs, and MO-1 asks PO-1. `more`: columns of MO-1."""
    plan = small()
    made = replace(plan.items["MO-1"], product="P-1", **more)  # type: ignore[arg-type]
    links = (
        Link("PO-1", "MO-1", drives=Drives.PREDECESSOR, ratio=Decimal(1)),
        Link("MO-1", "SO-1", drives=Drives.PREDECESSOR, ratio=Decimal(1)),
        Link("SO-1", "DL-1"),
    )
    return replace(plan, items={**plan.items, "MO-1": made}, links=links)


def shop(office: Office, plan: Plan) -> Office:
    """In time with its material, on the first day of MO-1."""
    office.bring(plan)
    office.wait(days=14)
    office.say("zhao", "到货 PO-1 全部 12-04")
    return office


def wanted(office: Office) -> tuple[Operation, ...]:
    def found(uow: UnitOfWork) -> list[Change]:
        drafts = [no for no, state in uow.proof.states() if state == ChangeState.DRAFT]
        return [change for no in drafts if (change := uow.changes.get(no))]

    changes = office.database.look(found)
    assert len(changes) <= 1, "one draft of one item"
    return changes[0].operations if changes else ()


def test_what_scrap_takes_from_an_order_is_to_be_made_as_well(office: Office) -> None:
    shop(office, pegged()).say("han", "报工 MO-1 600 报废10")
    assert wanted(office) == (Operation("MO-1", Op.SET_QUANTITY, Decimal(2010)),)


def test_it_comes_in_lots(office: Office) -> None:
    shop(office, pegged(lot_multiple=Decimal(50))).say("han", "报工 MO-1 600 报废10")
    assert wanted(office) == (Operation("MO-1", Op.SET_QUANTITY, Decimal(2050)),)


def test_more_scrap_replaces_the_draft_and_a_correction_drops_it(office: Office) -> None:
    shop(office, pegged()).say("han", "报工 MO-1 600 报废10")
    office.say("han", "报工 MO-1 0 报废5")
    assert wanted(office) == (Operation("MO-1", Op.SET_QUANTITY, Decimal(2015)),)
    office.say("han", "更正 作废")
    assert wanted(office) == (Operation("MO-1", Op.SET_QUANTITY, Decimal(2010)),)
    office.say("han", "更正 RP-20261207-002 报废 0")
    assert wanted(office) == ()


def test_what_stock_covers_is_silent(office: Office) -> None:
    shop(office, replace(pegged(), stock={"P-1": Stock("P-1", Decimal(10))})).say("han", "报工 MO-1 600 报废10")
    assert wanted(office) == ()
    office.say("han", "报工 MO-1 0 报废4")
    assert wanted(office) == (Operation("MO-1", Op.SET_QUANTITY, Decimal(2004)),)


def test_scrap_of_what_nobody_asked_for_is_silent(office: Office) -> None:
    shop(office, small()).say("han", "报工 MO-1 600 报废10")
    assert wanted(office) == ()


def test_once_it_is_in_the_plan_nothing_is_asked_again(office: Office) -> None:
    shop(office, pegged()).say("han", "报工 MO-1 600 报废10")
    office.say("han", "提交")
    for change in office.database.look(lambda uow: uow.changes.open_ones()):
        for step in change.waiting:
            office.say(step.approvers[0], f"同意 {change.no}")
    assert office.plan().items["MO-1"].quantity == 2010
    office.wait(hours=1)
    office.say("han", "报工 MO-1 400")
    assert wanted(office) == ()


@pytest.mark.parametrize(("lot", "made"), [({}, "500"), ({"lot_minimum": Decimal(800)}, "800")])
def test_what_a_short_completion_leaves_is_an_item_of_its_own(
    office: Office, lot: dict[str, Decimal], made: str
) -> None:
    """With its material, in the lot it comes to, before the order that waits for it."""
    shop(office, pegged(**lot)).say("han", "报工 MO-1 1500")
    assert wanted(office) == ()
    office.say("han", "完成 MO-1 够了")
    new, order, material = wanted(office)
    assert (new.item, new.op) == ("MO-1/2", Op.ADD)
    assert isinstance(new.to, dict)
    assert (new.to["quantity"], new.to["product"], new.to["duration_days"]) == (made, "P-1", "2")
    assert order == Operation("MO-1/2", Op.LINK, {"successor": "SO-1"})
    assert (material.item, isinstance(material.to, dict) and material.to["successor"]) == ("PO-1", "MO-1/2")


@pytest.mark.parametrize(("on_hand", "made"), [(400, "100"), (500, None), (100, "400")])
def test_of_a_short_completion_only_what_counted_stock_does_not_cover_is_made_again(
    office: Office, on_hand: int, made: str | None
) -> None:
    shop(office, replace(pegged(), stock={"P-1": Stock("P-1", Decimal(on_hand))})).say("han", "报工 MO-1 1500")
    office.say("han", "完成 MO-1 够了")
    quantities = [one.to["quantity"] for one in wanted(office) if isinstance(one.to, dict) and "quantity" in one.to]
    assert quantities == ([made] if made else [])


def test_what_was_to_be_made_again_can_be_submitted(office: Office) -> None:
    shop(office, pegged()).say("han", "报工 MO-1 1500")
    office.say("han", "完成 MO-1 够了")
    office.say("han", "提交")
    for change in office.database.look(lambda uow: uow.changes.open_ones()):
        for step in change.waiting:
            office.say(step.approvers[0], f"同意 {change.no}")
    plan = office.plan()
    assert plan.items["MO-1/2"].quantity == 500
    assert plan.items["MO-1"].quantity == 2000
    assert {link.successor for link in plan.links if link.predecessor == "MO-1/2"} == {"SO-1"}
