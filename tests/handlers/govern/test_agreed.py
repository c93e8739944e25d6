"""Standard rules are measured from what people last agreed to: what is cut into slices is asked like the whole."""

from dataclasses import replace
from decimal import Decimal

import pytest

from planning.change.change import Change
from planning.control.rules import Class, Rule
from planning.plan.operation import Op, Operation
from tests.handlers.govern.test_classify import cards, rule, ruled, shown
from tests.handlers.govern.test_fences import approve, submitted
from tests.handlers.office import Office
from tests.small_company import plan

ONE_DAY = rule("one-day", when="days >= -1 && days <= 1", klass=Class.STANDARD, approvals=())
TENTH = rule("tenth", when="quantity.ratio <= 1.1", klass=Class.STANDARD, approvals=())


def shifts(office: Office, *days: int, item: str = "RC-1") -> list[str]:
    """The classes of some shifts one after the other; the last one left as it was submitted."""
    return [submitted(office, Operation(item, Op.SHIFT, by)).klass for by in days]


@pytest.fixture
def measured(office: Office) -> Office:
    return ruled(office, ONE_DAY)


def test_six_times_one_day_is_not_six_days_with_nobody_asked(measured: Office) -> None:
    assert shifts(measured, 1, 1) == ["standard", "normal"]
    item = measured.plan().items["RC-1"]
    assert item.finish.isoformat() == "2026-12-23", "one day was approved beforehand; the second is asked"


@pytest.mark.parametrize(
    ("days", "classes"),
    [
        ((1, -1, 1, -1), ["standard"] * 4),
        ((1, -2), ["standard", "standard"]),
        ((-1, -1), ["standard", "normal"]),
        ((1, -1, 2), ["standard", "standard", "normal"]),
    ],
    ids=["forth and back", "back beyond", "earlier twice", "the whole of it at last"],
)
def test_forth_and_back_is_counted_from_where_it_was(
    measured: Office, days: tuple[int, ...], classes: list[str]
) -> None:
    assert shifts(measured, *days) == classes


def test_a_vote_is_where_it_is_counted_from_afterwards(measured: Office) -> None:
    assert shifts(measured, 1) == ["standard"]
    asked = submitted(measured, Operation("RC-1", Op.SHIFT, 1))
    assert approve(measured, asked.no, "warehouse").applied_revision == 3
    assert shifts(measured, 1, 1) == ["standard", "normal"]


def test_what_was_voted_for_and_taken_back_is_agreed_to_no_more(measured: Office) -> None:
    asked = submitted(measured, Operation("RC-1", Op.SHIFT, 5))
    approve(measured, asked.no, "warehouse")
    measured.say("qian", f"撤销 {asked.no}")
    assert measured.plan().items["RC-1"].finish.isoformat() == "2026-12-22"
    assert shifts(measured, 1, 1) == ["standard", "normal"], "not one day from where it had been voted to"


def test_an_import_is_agreed_to(measured: Office) -> None:
    assert shifts(measured, 1) == ["standard"]
    measured.wait(minutes=1)
    known = measured.plan()
    renamed = {**known.items, "PO-1": replace(known.items["PO-1"], title="主控芯片（新版）")}
    measured.bring(replace(known, items=renamed))
    assert shifts(measured, 1, 1) == ["standard", "normal"]


def test_after_the_window_it_begins_anew(measured: Office) -> None:
    measured.environment = replace(measured.environment, standard_window_days=7)
    assert shifts(measured, 1, 1) == ["standard", "normal"]
    measured.wait(days=6, hours=23)
    assert shifts(measured, 1) == ["normal"]
    measured.wait(hours=2)
    assert shifts(measured, 1) == ["standard"]


def test_quantities_are_measured_in_the_same_way(office: Office) -> None:
    stocked = {**plan().items, "RC-1": replace(plan().items["RC-1"], quantity=Decimal(100))}
    ruled(office, TENTH).bring(replace(plan(), items=stocked))
    wanted = [Operation("RC-1", Op.SET_QUANTITY, Decimal(n)) for n in (110, 121, 105)]
    assert [submitted(office, one).klass for one in wanted] == ["standard", "normal", "standard"]


def test_what_follows_is_not_pushed_from_several_sides(measured: Office) -> None:
    """PO-1 pushes MO-1 by a day, unasked; MO-1's own day then is its second, and another push of PO-1 is PO-1's."""
    assert shifts(measured, 1, item="PO-1") == ["standard"]
    assert measured.plan().items["SO-1"].finish.isoformat() == "2026-12-16"
    assert shifts(measured, 1, item="SO-1") == ["normal"], "it has been moved a day already"
    assert shifts(measured, 1, item="MO-1") == ["normal"]


def test_a_request_that_pushes_what_was_pushed_is_asked_though_its_own_item_was_not_moved(measured: Office) -> None:
    assert shifts(measured, 1, item="MO-1") == ["standard"]
    assert shifts(measured, 2, item="PO-1") == ["normal"]
    assert shifts(measured, -1, item="PO-1") == ["standard"], "earlier, which pushes nothing"


def test_several_operations_are_measured_each(measured: Office) -> None:
    assert shifts(measured, 1) == ["standard"]
    both = Operation("PO-1", Op.SHIFT, -1), Operation("RC-1", Op.SHIFT, 1)
    classes = [wanted(measured, *both[:1]).klass, wanted(measured, *both).klass]
    assert classes == ["standard", "normal"]


def wanted(office: Office, *operations: Operation) -> Change:
    """The draft of it, which is not kept."""
    from handlers.actions.change.propose import drafted

    def look(uow):  # type: ignore[no-untyped-def]
        turn = office.turn(uow)
        return drafted(turn, turn.plan(), operations, "qian", "设备检修", "…", "")

    return office.database.look(look)  # type: ignore[no-any-return]


def test_its_card_and_its_trial_say_why_it_is_asked(measured: Office) -> None:
    assert shifts(measured, 1) == ["standard"]
    asked = submitted(measured, Operation("RC-1", Op.SHIFT, 1))
    why = "连同之前没人审批的移动，超出了标准规则 one-day，所以要审批"
    assert why in shown(measured, cards(measured, asked)[0]).details
    trial = measured.say("boss", "规则 试算 RC-1 推迟1天").splitlines()
    assert "✗ 推后不超过 1 天（移动 2 天）；从上次有人同意时算起" in trial[-1]


def test_rules_that_ask_anyway_count_the_step_alone(office: Office) -> None:
    far: Rule = rule("far", when="days > 1", approvals=("affected", "role:coordinator"))
    ruled(office, ONE_DAY, far)
    assert shifts(office, 1) == ["standard"]
    again = submitted(office, Operation("RC-1", Op.SHIFT, 1))
    assert [step.department for step in again.steps] == ["warehouse"], "the coordinator is asked of two days at once"
