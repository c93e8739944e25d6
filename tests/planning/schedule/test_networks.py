"""The newest compiled network of each plan is kept and brought up to the revision that is asked for."""

from dataclasses import replace

from planning.schedule.network import Network
from planning.schedule.refresh import Networks, refreshed
from planning.schedule.slack import latest_starts
from tests.planning.build import change, effect, item, link, plan_of

PLAN = plan_of(
    item("A", "12-01", 2), item("B", "12-03", 2, due="12-08"), item("C", "12-07"), link("A B"), link("B C"),
)  # fmt: skip
MOVED = PLAN.with_effect(effect(PLAN, change("A", "set_duration", 1)))


def test_the_same_revision_is_not_compiled_again() -> None:
    networks = Networks()
    assert networks.of(PLAN) is networks.of(PLAN)


def test_a_newer_revision_is_the_network_of_that_revision() -> None:
    networks = Networks()
    old = networks.of(PLAN)
    new = networks.of(MOVED)
    assert (old.plan, new.plan) == (PLAN, MOVED), "whoever still works on the old one keeps it"
    assert new.start == Network.of(MOVED).start
    assert networks.of(MOVED) is new


def test_plans_are_kept_apart() -> None:
    networks, other = Networks(), replace(MOVED, id="other")
    first = networks.of(PLAN)
    assert networks.of(other).plan is other
    assert networks.of(PLAN) is first


def test_what_is_in_common_is_not_compiled_again() -> None:
    network = Network.of(PLAN)
    assert refreshed(network, MOVED).links is network.links
    for other in (
        replace(PLAN, links=PLAN.links[:1]),
        replace(PLAN, calendar="every-day"),
        replace(PLAN, department_calendars={"dept-a": "every-day"}),
        plan_of(*PLAN.items.values(), item("D", "12-07"), *PLAN.links),
        replace(PLAN, items=dict(list(PLAN.items.items())[::-1])),
    ):
        again = refreshed(network, other)
        assert again.plan is other
        assert (again.start, latest_starts(again)) == (Network.of(other).start, latest_starts(Network.of(other)))


def test_where_only_dates_are_others_its_links_are_those_it_had() -> None:
    networks = Networks()
    known = networks.of(PLAN)
    assert networks.joined(MOVED) is known
    fewer = replace(PLAN, links=PLAN.links[:1])
    assert networks.joined(fewer).plan is fewer


def test_receipts_stand_behind_the_purchase_whose_product_they_are() -> None:
    bought = replace(item("PO", "12-01", 1), type="purchase", product="steel")
    came = replace(item("WR", "12-01", 1), type="receipt", product="steel")
    other = replace(came, code="WX", product="glass")
    plan = plan_of(bought, came, other, link("PO WR"), link("PO WX"))
    network = Network.of(plan)
    assert (network.receipts, network.bought_by) == ({"PO": ["WR"]}, {"WR": ["PO"]})
    later = refreshed(network, plan.with_items([replace(came, duration=2)]))
    assert later.receipts is network.receipts, "the same goods, so nothing is looked for again"
    renamed = refreshed(network, plan.with_items([replace(other, product="steel")]))
    assert renamed.receipts == {"PO": ["WR", "WX"]}
