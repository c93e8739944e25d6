"""What holds for every plan and every change."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from planning.plan.impact import Impact
from planning.plan.item import Mode, Status
from planning.plan.link import Drives
from planning.plan.operation import Operation
from planning.plan.plan import Plan
from planning.refusal import Refused
from planning.schedule.assess import assess
from planning.schedule.edit import Edits
from planning.schedule.network import Network, gap_between
from planning.schedule.overlay import Draft
from planning.schedule.placement import ASAP, FIXED, GONE
from planning.schedule.propagate import ripple, settle
from planning.schedule.refresh import refreshed
from planning.schedule.schedule import place
from planning.schedule.slack import Slacks, latest_starts
from tests.planning import build
from tests.planning.plans import TODAY, changed_plans, operations, placed_plans

DATA = st.data()
PLANS = placed_plans()
many = settings(max_examples=120, deadline=None)


def after(plan: Plan, impact: Impact) -> Plan:
    kept = tuple(link for link in plan.links if link not in impact.links_removed)
    return replace(plan.with_items(impact.changed.values()), links=(*kept, *impact.links_added))


def broken_links(plan: Plan) -> list[str]:
    """Hard links that do not hold, except into what cannot move."""
    network = Network.of(plan)
    found = []
    for link, (predecessor, successor) in zip(network.links, network.ends, strict=True):
        ends = network.seats[predecessor], network.seats[successor]
        if GONE in (ends[0].hold, ends[1].hold) or ends[1].hold == FIXED:
            continue
        gap = gap_between(link, ends, network.timetable)
        if network.start[predecessor] + gap > network.start[successor]:
            found.append(f"{link.predecessor} → {link.successor}")
    return found


def runs_in_a_circle(plan: Plan) -> bool:
    try:
        Network.of(plan)
    except Refused:
        return True
    return False


def settled(plan: Plan) -> bool:
    network = Network.of(plan)
    return settle(network)[: len(plan.items)] == network.start[: len(plan.items)]


@many
@given(PLANS)
def test_a_placed_plan_keeps_its_links_and_stays_as_it_is(plan: Plan) -> None:
    assert settled(plan)
    assert broken_links(plan) == []
    assert place(plan, (), TODAY) == plan


@many
@given(PLANS, DATA)
def test_looking_only_at_what_changes_finds_what_a_full_pass_finds(plan: Plan, data: st.DataObject) -> None:
    network = Network.of(plan)
    edits = Edits(Draft(network), TODAY)
    for operation in data.draw(st.lists(operations(plan), max_size=4)):
        try:
            edits.apply(operation)
        except Refused:
            continue
    draft = edits.draft
    edited = [draft.items[node] for node in draft.edited]
    links = (*(link for link in plan.links if link not in edits.removed), *edits.added)
    changed = replace(plan.with_items(edited), links=links)
    if runs_in_a_circle(changed):
        with pytest.raises(Refused, match="loop"):
            draft.rewire()
        return
    whole = Network.of(changed)
    draft.rewire()
    ripple(draft, TODAY)
    full = settle(whole)
    assert {code: draft.start(draft.node_of(code)) for code in plan.items} == {
        code: full[whole.index[code]] for code in plan.items
    }
    assert_slacks_agree(draft, whole, full)


def assert_slacks_agree(draft: Draft, whole: Network, start: list[int]) -> None:
    slacks, latest = Slacks(draft), latest_starts(whole)
    for code, node in whole.index.items():
        slack = latest[node] - start[node] if latest[node] < 10**8 else None
        assert slacks.after(draft.node_of(code)) == slack, code


@many
@given(PLANS, DATA)
def test_a_change_leaves_a_plan_that_keeps_its_links(plan: Plan, data: st.DataObject) -> None:
    impact = assess(plan, data.draw(st.lists(operations(plan), max_size=4)), TODAY)
    then = after(plan, impact)
    assert settled(then)
    assert broken_links(then) == []
    assert assess(then, (), TODAY).lines == ()


@many
@given(PLANS, DATA)
def test_a_network_kept_up_with_its_plan_is_one_compiled_anew(plan: Plan, data: st.DataObject) -> None:
    network = Network.of(plan)
    latest_starts(network)
    for _ in range(2):
        impact = assess(plan, data.draw(st.lists(operations(plan), max_size=2)), TODAY, network)
        plan = after(plan, impact)
        network = refreshed(network, plan)
        anew = Network.of(plan)
        count = len(plan.items)
        assert network.start[:count] == anew.start[:count]
        assert settle(network)[:count] == settle(anew)[:count]
        assert latest_starts(network) == latest_starts(anew)
        pull = data.draw(st.booleans())
        wanted = [replace(wish, pull=pull) for wish in data.draw(st.lists(operations(plan), max_size=2))]
        assert assess(plan, wanted, TODAY, network) == assess(plan, wanted, TODAY, anew)


@many
@given(PLANS, DATA)
def test_saying_it_twice_is_saying_it_once(plan: Plan, data: st.DataObject) -> None:
    wanted = data.draw(st.lists(operations(plan, absolute=True), max_size=3, unique_by=lambda op: op.item))
    first = assess(plan, wanted, TODAY)
    if not first.refused:
        again = assess(after(plan, first), wanted, TODAY)
        assert (again.lines, again.refused) == ((), ())


@many
@given(PLANS, DATA)
def test_the_order_of_rows_means_nothing(plan: Plan, data: st.DataObject) -> None:
    wanted = data.draw(st.lists(operations(plan), max_size=3))
    shuffled = replace(
        plan,
        items={code: plan.items[code] for code in data.draw(st.permutations(sorted(plan.items)))},
        links=tuple(data.draw(st.permutations(plan.links))),
    )
    one, other = assess(plan, wanted, TODAY), assess(shuffled, wanted, TODAY)
    assert one == other
    assert one.hash == other.hash
    assert one.changed == other.changed


@many
@given(PLANS, DATA)
def test_pushing_never_pulls(plan: Plan, data: st.DataObject) -> None:
    wanted = data.draw(st.lists(operations(plan), max_size=3))
    impact = assess(plan, wanted, TODAY)
    touched = {operation.item for operation in wanted}
    for code, item in impact.changed.items():
        if code in plan.items and code not in touched and item.mode is not Mode.ALAP:
            assert item.start >= plan.items[code].start, code


@many
@given(PLANS, DATA)
def test_pulling_keeps_links_and_comes_no_later_than_pushing(plan: Plan, data: st.DataObject) -> None:
    wanted = data.draw(operations(plan))
    pushed = assess(plan, [wanted], TODAY)
    pulled = assess(plan, [replace(wanted, pull=True)], TODAY)
    then = after(plan, pulled)
    assert broken_links(then) == []
    assert settled(then)
    if not pushed.refused and not pulled.refused:
        for code, item in after(plan, pushed).items.items():
            assert then.items[code].start <= item.start, code


@many
@given(PLANS, DATA)
def test_what_cannot_move_does_not(plan: Plan, data: st.DataObject) -> None:
    wanted = data.draw(st.lists(operations(plan), max_size=3))
    impact = assess(plan, wanted, TODAY)
    network = Network.of(plan)
    touched = {operation.item for operation in wanted}
    for code in impact.changed.keys() & plan.items.keys() - touched:
        assert network.seats[network.index[code]].hold >= ASAP
    for code, item in impact.changed.items():
        if code in plan.items and plan.items[code].status.has_started:
            assert item.start == plan.items[code].start


RELEASED = build.plan_of(
    build.item("A", "2026-02-02", 0),
    build.item("B", "2026-02-03", 0, mode=Mode.ALAP),
    build.item("C", "2026-02-02", 0, status=Status.IN_PROGRESS),
    build.link("A B", lag=1),
    build.link("B C", drives=Drives.PREDECESSOR),
    today=TODAY,
)
RELEASED_BEHIND = build.plan_of(
    build.item("A", "2026-02-03", 2),
    build.item("B", mode=Mode.ALAP),
    build.item("C", mode=Mode.ALAP),
    build.item("D", "2026-02-04", status=Status.IN_PROGRESS),
    build.link("A B"),
    build.link("B C", drives=Drives.PREDECESSOR),
    build.link("C D", drives=Drives.PREDECESSOR),
    today=TODAY,
)
"""C waits for where B could be at the earliest, which A holds."""
BACK_TO_ITSELF = build.plan_of(
    build.item("A", "2026-02-10", mode=Mode.ALAP, not_before="2026-02-05"), build.item("B", "2026-02-03"), today=TODAY
)


@many
@example((RELEASED, [build.change("A", "cancel")]))
@example((RELEASED_BEHIND, [build.change("A", "cancel")]))
@example((BACK_TO_ITSELF, [build.change("A", "link", {"successor": "B"})]))
@given(changed_plans())
def test_every_line_is_told_from_what_was_asked_for_to_its_item(changed: tuple[Plan, list[Operation]]) -> None:
    plan, wanted = changed
    asked = {op.item for op in wanted} | {op.to["successor"] for op in wanted if isinstance(op.to, dict)}
    impact = assess(plan, wanted, TODAY)
    joined = {ends for link in (*plan.links, *impact.links_added) for ends in (link.ends, link.ends[::-1])}
    for line in impact.lines:
        assert line.path[0] in asked
        assert line.path[-1] == line.item
        assert joined.issuperset(pairwise(line.path))
        assert len(set(line.path)) == len(line.path)
