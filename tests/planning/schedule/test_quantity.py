"""Quantities along links: bills of material, scrap, lots, stock, what others share."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.plan.columns import link_of
from planning.plan.impact import Impact
from planning.plan.item import Item, Status
from planning.plan.link import Drives, Link
from planning.plan.operation import Operation
from planning.plan.plan import Plan, Stock
from planning.schedule.assess import assess
from planning.schedule.ledger import NONE, Books, lot_of
from planning.schedule.network import Network
from planning.schedule.schedule import place
from tests.planning.build import change, effect, item, link, plan_of, stock
from tests.planning.plans import TODAY, amounts, code

D = Decimal


def bom(ends: str, ratio: str = "1", scrap: str = "0", drives: Drives = Drives.PREDECESSOR) -> Link:
    """The first supplies the second, so many for each."""
    return link(ends, ratio=D(ratio), scrap=D(scrap), drives=drives)


def some(name: str, start: str, quantity: int, **fields: Any) -> Item:
    return item(name, start, quantity=D(quantity), unit="pcs", **fields)


def quantities(impact: Impact) -> dict[str, str]:
    return {line.item: line.after for line in impact.lines if line.field == "quantity"}


def shortages(impact: Impact) -> dict[str, tuple[Decimal, Decimal]]:
    return {short.product: (short.before, short.after) for short in impact.shortages}


def works(screws: Item, **fields: Any) -> Plan:
    """100 fans are assembled from 100 motors and 400 screws, for one order."""
    return plan_of(
        some("MO", "12-10", 100, type="production"),
        some("SO", "12-15", 100, type="sales_order"),
        some("PM", "12-01", 100, type="purchase", product="motor"),
        screws,
        bom("MO SO"),
        bom("PM MO"),
        bom("PS MO", "4"),
        **fields,
    )


def screws(quantity: int = 400, **fields: Any) -> Item:
    return some("PS", "12-01", quantity, type="purchase", product="screw", **fields)


def test_a_larger_order_asks_more_of_all_that_is_pegged_to_it() -> None:
    impact = effect(works(screws()), change("SO", "set_quantity", D(150)))
    assert quantities(impact) == {"SO": "150", "MO": "150", "PM": "150", "PS": "600"}
    paths = {line.item: line.path for line in impact.lines}
    assert paths["PS"] == ("SO", "MO", "PS")
    assert impact.departments == ("dept-mo", "dept-pm", "dept-ps", "dept-so")
    assert impact.shortages == ()


def test_a_smaller_order_gives_back_what_was_pegged_to_it() -> None:
    assert quantities(effect(works(screws()), change("SO", "set_quantity", D(40)))) == {
        "SO": "40", "MO": "40", "PM": "40", "PS": "160",
    }  # fmt: skip


def test_a_cancelled_order_leaves_nothing_to_make() -> None:
    impact = effect(works(screws()), change("SO", "cancel"))
    assert quantities(impact) == {"MO": "0", "PM": "0", "PS": "0"}
    assert impact.changed["PM"].status is Status.CONFIRMED


def test_stock_is_used_before_anything_is_bought() -> None:
    impact = effect(works(screws(0), stock=stock(screw=450)), change("SO", "set_quantity", D(150)))
    assert quantities(impact)["PS"] == "150"
    assert shortages(impact) == {"screw": (D(-50), D(0))}


def test_what_was_bought_beside_the_stock_is_meant() -> None:
    """Of the 400 screws 150 lie there already: whoever bought them all wants 150 to spare."""
    impact = effect(works(screws(), stock=stock(screw=150)), change("SO", "set_quantity", D(150)))
    assert quantities(impact)["PS"] == "600"
    assert shortages(impact) == {}


def test_the_safety_stock_is_left_alone() -> None:
    kept = {"screw": Stock("screw", D(150), safety=D(100))}
    assert quantities(effect(works(screws(350), stock=kept), change("SO", "set_quantity", D(150))))["PS"] == "550"


def test_lots_round_up_and_their_rest_is_used_next_time() -> None:
    plan = works(screws(500, lot_multiple=D(250)))
    first = effect(plan, change("SO", "set_quantity", D(110)))
    assert "PS" not in quantities(first)
    assert shortages(first) == {"screw": (D(-100), D(-60))}
    second = effect(plan, change("SO", "set_quantity", D(130)))
    assert quantities(second)["PS"] == "750"
    assert shortages(second)["screw"] == (D(-100), D(-230))
    assert quantities(effect(plan, change("SO", "set_quantity", D(50))))["PS"] == "250"


def test_scrap_is_bought_on_top_in_whole_pieces() -> None:
    plan = plan_of(some("MO", "12-10", 98), some("PO", "12-01", 100, product="p"), bom("PO MO", scrap="0.02"))
    assert quantities(effect(plan, change("MO", "set_quantity", D(1000))))["PO"] == "1021"


@pytest.mark.parametrize(
    ("ratio", "scrap", "unit", "wanted", "then"),
    [
        ("0.3333", "0", "件", 60, "20"),  # not 19.998
        ("0.3333", "0", "台", 3, "1"),
        ("1/3", "0", "件", 60, "20"),
        ("2/3", "0", "个", 3, "2"),
        ("2/3", "0", "只", 4, "3"),
        ("1.5", "0.02", "PCS", 7, "11"),
        ("0.3333", "0", "kg", 60, "19.998"),
        ("0.3333", "0.02", "kg", 60, "20.407"),
        ("1/3", "0", "kg", 50, "17"),  # no decimals of its own, and the quantity has none
        ("1/8", "0", "kg", 5, "0.625"),
        ("1/3", "0.1", "", 60, "23"),
    ],
)
def test_pieces_are_whole_and_what_is_measured_keeps_its_decimals(
    ratio: str, scrap: str, unit: str, wanted: int, then: str
) -> None:
    """Rounded up after ratio and scrap; a ratio may be a fraction."""
    peg = link_of("PO", {"successor": "SO", "ratio": ratio, "scrap": scrap}, Drives.PREDECESSOR)
    bought = item("PO", "12-01", quantity=D(0), unit=unit)
    impact = effect(plan_of(bought, some("SO", "12-15", 0), peg), change("SO", "set_quantity", D(wanted)))
    assert quantities(impact) == {"SO": str(wanted), "PO": then}


def test_pieces_are_whole_at_every_level() -> None:
    """A third of a third: 20 of 60, and 7 of these, not 6.66."""
    parts = [item("P", "12-01", quantity=D(0), unit="件"), item("M", "12-08", quantity=D(0), unit="套")]
    pegs = [link_of(below, {"successor": above, "ratio": "1/3"}, Drives.PREDECESSOR) for below, above in ("PM", "MS")]
    impact = effect(plan_of(*parts, some("S", "12-15", 0), *pegs), change("S", "set_quantity", D(60)))
    assert quantities(impact) == {"S": "60", "M": "20", "P": "7"}


def test_forward_links_carry_quantities_forwards() -> None:
    plan = plan_of(some("MO", "12-01", 10), some("DN", "12-05", 20), bom("MO DN", "2", drives=Drives.SUCCESSOR))
    assert quantities(effect(plan, change("MO", "set_quantity", D(15))))["DN"] == "30"


SHARED: list[Item | Link] = [
    some("M1", "12-10", 60),
    some("M2", "12-11", 40),
    some("PO", "12-01", 100, type="purchase", product="steel"),
    bom("PO M1"),
    bom("PO M2"),
]


def test_what_others_share_is_never_cancelled() -> None:
    assert quantities(effect(plan_of(*SHARED), change("M1", "cancel"))) == {"PO": "40"}
    assert quantities(effect(plan_of(*SHARED), change("M1", "cancel"), change("M2", "set_quantity", D(70)))) == {
        "M2": "70", "PO": "70",
    }  # fmt: skip


def test_a_fall_first_heals_what_was_already_short() -> None:
    short = plan_of(*(replace(p, quantity=D(80)) if isinstance(p, Item) and p.code == "PO" else p for p in SHARED))
    impact = effect(short, change("M1", "set_quantity", D(30)))
    assert quantities(impact) == {"M1": "30", "PO": "70"}
    assert shortages(impact) == {"steel": (D(20), D(0))}


def two_purchases(first: int, second: int) -> Plan:
    """Of one product, for 60 and for 40."""
    return plan_of(
        some("M1", "12-10", 60),
        some("M2", "12-11", 40),
        some("P1", "12-01", first, type="purchase", product="steel"),
        some("P2", "12-02", second, type="purchase", product="steel"),
        bom("P1 M1"),
        bom("P2 M2"),
    )


@pytest.mark.parametrize(
    ("first", "second", "change_of", "to", "then"),
    [
        (100, 40, "M2", 90, {"P2": "90"}),  # the surplus of one purchase stays what it is
        (100, 40, "M2", 20, {"P2": "20"}),
        (100, 40, "M1", 20, {"P1": "60"}),  # and a fall lowers nobody else's purchase
        (90, 10, "M2", 50, {"P2": "20"}),  # where the other draws on it already, it serves
        (90, 10, "M2", 20, {"P2": "0"}),
        (90, 10, "M1", 30, {"P1": "60"}),
        (90, 10, "M1", 0, {"P1": "30"}),
        (60, 30, "M1", 80, {"P1": "80"}),  # nor does one make good what another lacks
        (60, 30, "M2", 50, {"P2": "50"}),
    ],
)
def test_two_purchases_of_one_product_keep_one_ledger(
    first: int, second: int, change_of: str, to: int, then: dict[str, str]
) -> None:
    impact = effect(two_purchases(first, second), change(change_of, "set_quantity", D(to)))
    assert quantities(impact) == {change_of: str(to), **then}


def test_an_open_receipt_pegged_to_nothing_is_free() -> None:
    plan = plan_of(*SHARED, some("R", "12-01", 25, type="receipt", product="steel"))
    less = plan.with_items([replace(plan.items["PO"], quantity=D(75))])
    assert quantities(effect(less, change("M1", "set_quantity", D(80)))) == {"M1": "80", "PO": "95"}
    assert quantities(effect(less, change("M1", "cancel"), change("M2", "set_quantity", D(20)))) == {
        "M2": "20", "PO": "0",
    }  # fmt: skip


def test_what_has_started_keeps_its_quantity_and_the_shortage_is_told() -> None:
    started = [replace(p, status=Status.IN_PROGRESS) if isinstance(p, Item) and p.code == "PO" else p for p in SHARED]
    impact = effect(plan_of(*started), change("M1", "set_quantity", D(80)))
    assert quantities(impact) == {"M1": "80"}
    assert shortages(impact) == {"steel": (D(0), D(20))}


def test_a_cancelled_supply_leaves_its_needs_short() -> None:
    assert shortages(effect(plan_of(*SHARED), change("PO", "cancel"))) == {"steel": (D(0), D(100))}


def test_a_supplier_has_to_confirm_a_smaller_released_order() -> None:
    released = [replace(p, status=Status.RELEASED) if isinstance(p, Item) and p.code == "PO" else p for p in SHARED]
    impact = effect(plan_of(*released), change("M1", "cancel"))
    assert [(e.code, dict(e.facts)) for e in impact.exceptions] == [
        ("supplier-must-confirm", {"item": "PO", "before": "100", "after": "40"})
    ]


def test_a_quantity_given_by_hand_is_kept_and_a_wrong_lot_told() -> None:
    plan = plan_of(some("PO", "12-01", 100, lot_minimum=D(50), lot_multiple=D(20)))
    impact = effect(plan, change("PO", "set_quantity", D(130)))
    assert quantities(impact) == {"PO": "130"}
    assert [(e.code, dict(e.facts)) for e in impact.exceptions] == [
        ("off-lot", {"item": "PO", "quantity": "130", "lot": "140"})
    ]


def test_linking_and_unlinking_peg_and_free() -> None:
    plan = plan_of(*SHARED, some("M3", "12-12", 30))
    pegged = effect(plan, change("PO", "link", {"successor": "M3", "ratio": "2", "drives": "predecessor"}))
    assert quantities(pegged) == {"PO": "160"}
    assert quantities(effect(plan, change("PO", "unlink", {"successor": "M2"}))) == {"PO": "60"}


@pytest.mark.parametrize(
    ("status", "counted", "free"),
    [
        (Status.CONFIRMED, True, 130),
        (Status.IN_PROGRESS, True, 130),
        (Status.DONE, True, 30),  # it lies in stock already
        (Status.CLOSED, True, 30),
        (Status.DONE, False, 100),  # nobody counts that stock
        (Status.CANCELLED, True, 30),
        (Status.CANCELLED, False, 0),
    ],
)
def test_what_has_arrived_is_not_counted_twice(status: Status, counted: bool, free: int) -> None:
    lying = stock(part=30) if counted else {}
    plan = plan_of(some("PO", "12-01", 100, type="purchase", product="part", status=status), stock=lying)
    assert Books(Network.of(plan)).pool(plan.items["PO"]).balance == free


def test_what_has_arrived_of_a_purchase_is_given_once() -> None:
    """40 of PO's 100 lie in the stock already: ten that SO leaves are there for others, and not fifty."""
    lying = {"part": Stock("part", D(40), received={"PO": D(40)})}
    under_way = some("PO", "12-01", 100, type="purchase", product="part", status=Status.IN_PROGRESS)
    other = some("P2", "12-02", 50, type="purchase", product="part")
    orders = some("SO", "12-15", 100), some("S2", "12-16", 50)
    plan = plan_of(under_way, other, *orders, bom("PO SO"), bom("P2 S2"), stock=lying)
    found = effect(plan, change("SO", "set_quantity", 90), change("S2", "set_quantity", 70))
    assert quantities(found) == {"SO": "90", "S2": "70", "P2": "60"}


@pytest.mark.parametrize(
    ("bought", "lot", "then"),
    [
        (130, 0, "110"),  # 30 more than are asked for, on purpose: they stay
        (150, 50, "100"),  # the lot of 120: what was only rounding goes
        (200, 50, "150"),  # and the lot that is more than that stays
    ],
)
def test_when_less_is_asked_a_purchase_keeps_what_was_bought_beyond(bought: int, lot: int, then: str) -> None:
    asked = 120 if lot else 100
    parts = some("PO", "12-01", bought, type="purchase", lot_multiple=D(lot) if lot else None)
    plan = plan_of(parts, some("SO", "12-15", asked), bom("PO SO"))
    told = quantities(effect(plan, change("SO", "set_quantity", D(asked - 20))))
    assert told.get("PO", str(bought)) == then


def test_pegs_that_run_in_a_circle_are_refused_wherever_they_are_reached_from() -> None:
    circle = (bom("A B", drives=Drives.SUCCESSOR), bom("A B", drives=Drives.PREDECESSOR))
    way = (bom("S T", drives=Drives.SUCCESSOR), bom("T A", drives=Drives.SUCCESSOR))
    plan = plan_of(*(some(name, "12-01", 10) for name in "STAB"), *way, *circle)
    for name in "STAB":
        impact = effect(plan, change(name, "set_quantity", D(20)))
        assert [(no.code, dict(no.facts)) for no in impact.refused] == [("loop", {"path": "A → B → A"})]


def test_a_new_item_keeps_the_quantity_it_comes_with() -> None:
    columns = {"title": "more fans", "start": "2026-12-10", "quantity": "130", "lot_multiple": "20"}
    peg = {"successor": "SO", "ratio": "1", "drives": "predecessor"}
    impact = effect(plan_of(some("SO", "12-15", 100)), change("N", "add", columns), change("N", "link", peg))
    assert quantities(impact) == {"N": "130"}
    assert [(note.code, dict(note.facts)) for note in impact.exceptions] == [
        ("off-lot", {"item": "N", "quantity": "130", "lot": "140"})
    ]


def test_dates_and_quantities_may_change_at_once() -> None:
    impact = effect(works(screws()), change("SO", "set_quantity", D(150)), change("MO", "shift", 2))
    assert quantities(impact)["PM"] == "150"
    assert {line.item for line in impact.lines if line.field == "start"} == {"MO"}


def test_a_quantity_is_told_from_the_need_that_changed() -> None:
    """M1 only moves; what it asks for stays."""
    impact = effect(plan_of(*SHARED), change("M1", "shift", 2), change("M2", "cancel"))
    assert {line.path for line in impact.lines if line.field == "quantity"} == {("M2", "PO")}
    swapped = effect(plan_of(*SHARED), change("M1", "set_quantity", D(50)), change("M2", "set_quantity", D(90)))
    assert {line.path for line in swapped.lines if line.item == "PO"} == {("M2", "PO")}


@pytest.mark.parametrize(
    ("quantity", "minimum", "multiple", "lot"),
    [(0, 50, 20, 0), (1, 50, 20, 60), (50, 50, None, 50), (61, 50, 20, 80), (80, None, 20, 80), (7, None, None, 7)],
)
def test_lots(quantity: int, minimum: int | None, multiple: int | None, lot: int) -> None:
    rules = item("A", "12-01", lot_minimum=minimum and D(minimum), lot_multiple=multiple and D(multiple))
    assert lot_of(rules, D(quantity)) == lot


@st.composite
def pegged_plans(draw: st.DrawFn) -> Plan:
    """Orders, works and purchases of few products in three levels, pegged at random, with lots and stock."""
    items: dict[str, Item] = {}
    levels = [draw(st.integers(1, 3)) for _ in range(3)]
    numbered: list[list[str]] = []
    for level, count in enumerate(levels):
        numbered.append([])
        for _ in range(count):
            name = code(len(items))
            numbered[level].append(name)
            items[name] = Item(
                name, name, TODAY, TODAY, quantity=draw(amounts()), status=draw(PLANNED),
                product=draw(st.sampled_from(["", f"x{level}", f"y{level}"])) if level else "",
                lot_multiple=draw(st.sampled_from([None, None, D(10), D(7)])),
                lot_minimum=draw(st.sampled_from([None, None, D(25)])),
            )  # fmt: skip
    links: dict[tuple[str, str], Link] = {}
    for level in (1, 2):
        for _ in range(draw(st.integers(1, 5))):
            supply, need = draw(st.sampled_from(numbered[level])), draw(st.sampled_from(numbered[level - 1]))
            ratio, scrap = draw(st.sampled_from(["1", "2", "0.5"])), draw(st.sampled_from(["0", "0", "0.1"]))
            links[supply, need] = bom(f"{supply} {need}", ratio, scrap)
    kept = {p: Stock(p, draw(amounts()), draw(amounts(0, 20))) for p in draw(st.sets(st.sampled_from(["x1", "y2"])))}
    return Plan("p", "P", 1, items, tuple(links.values()), "weekdays", kept)


PLANNED = st.sampled_from([Status.CONFIRMED] * 6 + [Status.IN_PROGRESS, Status.DONE, Status.CANCELLED])


def short(plan: Plan, product: str) -> Decimal:
    """What is missing of a product, counted afresh."""
    books = Books(Network.of(plan))
    supply = next(i for i in plan.items.values() if i.product == product)
    return -books.pool(supply).balance


def follows(plan: Plan, product: str) -> bool:
    """Whether every supply of the product may still be changed."""
    return all(i.status is Status.CONFIRMED for i in plan.items.values() if i.product == product)


@settings(max_examples=200, deadline=None)
@given(pegged_plans(), st.data())
def test_no_stock_is_promised_twice(plan: Plan, data: st.DataObject) -> None:
    open_items = [i.code for i in plan.items.values() if not i.status.is_over]
    if not open_items:
        return
    chosen = data.draw(st.lists(st.sampled_from(open_items), min_size=1, max_size=2, unique=True))
    wanted = [change(name, "set_quantity", data.draw(amounts())) for name in chosen]
    impact = assess(plan, wanted, TODAY)
    then = plan.with_items(impact.changed.values())
    assert all((i.quantity or 0) >= 0 for i in then.items.values())
    told = shortages(impact)
    for product in {i.product for i in plan.items.values()} - {""}:
        before, after = short(plan, product), short(then, product)
        assert told.get(product, (before, before)) == (before, after)
        if follows(plan, product) and not {i.code for i in plan.items.values() if i.product == product} & set(chosen):
            assert after <= max(before, NONE)


@settings(max_examples=200, deadline=None)
@given(pegged_plans(), st.data())
def test_a_cancelled_order_leaves_nobody_else_short(plan: Plan, data: st.DataObject) -> None:
    orders = [i.code for i in plan.items.values() if not i.product and not i.status.is_over]
    if not orders:
        return
    impact = assess(plan, [change(data.draw(st.sampled_from(orders)), "cancel")], TODAY)
    then = plan.with_items(impact.changed.values())
    for name, changed in impact.changed.items():
        had = plan.items[name].quantity
        if changed.product and had is not None and changed.quantity is not None and changed.quantity < had:
            assert short(then, changed.product) <= max(short(plan, changed.product), NONE)


@st.composite
def changed_plans(draw: st.DrawFn) -> tuple[Plan, list[Operation]]:
    """A plan whose dates its links allow, and what is wanted of its items and pegs."""
    plan = place(draw(pegged_plans()), (), TODAY)
    wanted = []
    for _ in range(draw(st.integers(1, 3))):
        name, peg = draw(st.sampled_from(sorted(plan.items))), draw(st.sampled_from(plan.links))
        kinds = [
            change(name, "set_quantity", draw(amounts())),
            change(name, "cancel"),
            change(name, "shift", draw(st.integers(1, 5))),
            change(peg.predecessor, "unlink", {"successor": peg.successor}),
        ]
        wanted.append(draw(st.sampled_from(kinds)))
    return plan, wanted


@settings(max_examples=200, deadline=None)
@given(changed_plans())
def test_every_quantity_is_told_from_what_was_asked_for(changed: tuple[Plan, list[Operation]]) -> None:
    plan, wanted = changed
    asked = {op.item for op in wanted} | {op.to["successor"] for op in wanted if isinstance(op.to, dict)}
    lines = assess(plan, wanted, TODAY).lines
    asks_otherwise = {line.item for line in lines if line.field in ("quantity", "status")}
    for line in lines:
        assert line.path[0] in asked
        assert line.path[-1] == line.item
        if line.field == "quantity":
            assert asks_otherwise.issuperset(line.path[:-1])


@settings(max_examples=200, deadline=None)
@given(pegged_plans(), st.data())
def test_the_order_of_rows_means_nothing(plan: Plan, data: st.DataObject) -> None:
    open_items = [i.code for i in plan.items.values() if not i.status.is_over]
    wanted = [change(name, "set_quantity", data.draw(amounts())) for name in open_items[:2]]
    shuffled = replace(
        plan,
        items={name: plan.items[name] for name in data.draw(st.permutations(sorted(plan.items)))},
        links=tuple(data.draw(st.permutations(plan.links))),
    )
    assert assess(plan, wanted, TODAY) == assess(shuffled, wanted, TODAY)
