"""Which columns who may see, and when a free text seems to give one away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.people.masks import DEFAULT_MASKS, HIDDEN, Mask, gives_away, hidden, masked
from planning.people.organisation import Person, Role
from tests.planning.build import item

LIN = Person("lin", "林静", "planning", frozenset({Role.COORDINATOR}))
ADMIN = Person("admin", "吴凡", "planning", frozenset({Role.ADMIN}))
HE = Person("he", "何佳", "sales", frozenset({Role.PLANNER}))
KE = Person("ke", "柯会计", "finance", frozenset({Role.VIEWER}))
COST = (Mask(("cost", "单价*"), frozenset({Role.ADMIN}), ("finance",)),)


@pytest.mark.parametrize(
    ("column", "secret"),
    [
        ("cost", True), ("Cost", True), ("ＣＯＳＴ", True), (" cost ", True), ("costs", False),
        ("单价", True), ("单价(元)", True), ("含税单价", False), ("colour", False),
    ],
)  # fmt: skip
def test_a_column_is_masked_by_its_name_however_it_is_typed(column: str, secret: bool) -> None:
    assert (column in hidden(COST, [column], [HE])) is secret


@pytest.mark.parametrize(
    ("column", "secret"),
    [
        ("cost", True), ("unit_price", True), ("Customer name", True), ("客户", True), ("客户名称", True),
        ("成本价", True), ("含税单价", True), ("价格条款", True), ("color", False), ("备注", False),
    ],
)  # fmt: skip
def test_without_settings_whatever_is_called_cost_price_or_customer_is_masked(column: str, secret: bool) -> None:
    assert (column in hidden(DEFAULT_MASKS, [column], [HE])) is secret
    assert not hidden(DEFAULT_MASKS, [column], [LIN, ADMIN])


@pytest.mark.parametrize("name", ["a?c", "[ab]", "a.c", "(元"])
def test_only_a_star_stands_for_other_signs(name: str) -> None:
    assert hidden([Mask((name,))], [name, "abc", "a"]) == {name}


@pytest.mark.parametrize(
    ("readers", "secret"),
    [([ADMIN], False), ([KE], False), ([ADMIN, KE], False), ([HE], True), ([ADMIN, HE], True), ([], True)],
)
def test_all_who_read_must_be_allowed(readers: list[Person], secret: bool) -> None:
    cells = {"cost": "120", "colour": "red"}
    assert masked(COST, cells, readers) == {"cost": HIDDEN if secret else "120", "colour": "red"}


def test_what_two_masks_hide_is_shown_to_those_both_let() -> None:
    masks = (Mask(("cost",), frozenset({Role.ADMIN})), Mask(("c*",), departments=("finance",)))
    both = Person("x", "某", "finance", frozenset({Role.ADMIN}))
    assert [bool(hidden(masks, ["cost"], [reader])) for reader in (ADMIN, KE, both)] == [True, True, False]


def test_no_masks_hide_nothing() -> None:
    assert masked((), {"cost": "1"}) == {"cost": "1"}


READERS = st.lists(st.sampled_from([LIN, ADMIN, HE, KE]), max_size=4)


@given(READERS, st.sampled_from([LIN, ADMIN, HE, KE]))
def test_another_reader_never_opens_what_was_hidden(readers: list[Person], more: Person) -> None:
    columns = ["cost", "单价", "客户", "color"]
    for masks in (COST, DEFAULT_MASKS):
        if readers:
            assert hidden(masks, columns, readers) <= hidden(masks, columns, [*readers, more])


@given(READERS)
def test_nobody_sees_more_than_each_of_the_readers_alone(readers: list[Person]) -> None:
    together = hidden(COST, ["cost"], readers)
    assert bool(together) == (not readers or any(hidden(COST, ["cost"], [reader]) for reader in readers))


ITEM = item("SO", "12-01", attributes={"客户": "星河电子", "cost": "120", "price": "7", "colour": "红色"})


@pytest.mark.parametrize(
    ("reason", "warned"),
    [
        ("客户要求提前交货", False),
        ("每台多付35元", True),
        ("单价降到 35", True),
        ("加急费 ￥2,000", True),
        ("加急费２０００元", True),
        ("要三万块钱", True),
        ("costs USD 12 more", True),
        ("price is 12", True),
        ("成本涨到一百二", True),
        ("追加3000件", False),
        ("缺3元件", False),
        ("推迟2天，12-05到货", False),
        ("5 europeans", False),
        ("星河电子加单", True),
        ("按 120 算", True),
        ("加到1200件", False),
        ("改成红色", False),
        ("星河电子2号单", True),  # what ends in a Chinese sign ends there, whatever follows
        ("2号星河电子", True),
        ("七月7日前", False),
        ("", False),
    ],
)
def test_a_reason_that_seems_to_hold_a_price_is_noticed(reason: str, warned: bool) -> None:
    assert gives_away(reason, [ITEM], DEFAULT_MASKS, LIN) is warned


def test_what_nobody_masks_gives_nothing_away() -> None:
    assert not gives_away("星河电子加单", [ITEM], (), LIN)


def test_a_warning_tells_nobody_what_they_may_not_see() -> None:
    assert gives_away("星河电子要求", [ITEM], DEFAULT_MASKS, LIN)
    assert [gives_away(f"{name}要求", [ITEM], DEFAULT_MASKS, HE) for name in ("星河电子", "云栖")] == [False, False]
    assert gives_away("每台多付35元", [ITEM], DEFAULT_MASKS, HE), "what looks like money, whoever says it"
