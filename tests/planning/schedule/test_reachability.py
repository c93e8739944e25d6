"""What an item hangs on, and what hangs on it."""

from hypothesis import given

from planning.plan.link import Drives
from planning.plan.plan import Plan
from planning.schedule.network import Network
from planning.schedule.reachability import downstream, upstream
from tests.planning.build import item, link, plan_of
from tests.planning.plans import placed_plans

PLAN = plan_of(
    *(item(code, "12-01") for code in "ABCDE"),
    link("A B"),
    link("B C"),
    link("A D"),
    link("D C", drives=Drives.PREDECESSOR),
)
"""A diamond from A to C, and E by itself."""


def test_what_hangs_on_an_item_and_what_it_hangs_on() -> None:
    network = Network.of(PLAN)
    assert downstream(["A"], network) == {"B", "C", "D"}
    assert upstream(["C"], network) == {"A", "B", "D"}, "whichever end drives: C waits for all of them"
    assert (upstream(["A"], network), downstream(["C"], network)) == (set(), set())
    assert upstream(["B", "D"], network) == {"A"}
    assert upstream(["B", "C"], network) == {"A", "B", "D"}, "one of them hangs on the other"


def test_an_item_without_links_or_not_in_the_plan_reaches_nothing() -> None:
    network = Network.of(PLAN)
    assert downstream(["E", "Z"], network) == upstream(["E", "Z"], network) == set()


@given(placed_plans())
def test_what_one_hangs_on_is_what_has_it_hanging_on(plan: Plan) -> None:
    network = Network.of(plan)
    for code in plan.items:
        assert {other for other in plan.items if code in downstream([other], network)} == upstream([code], network)
