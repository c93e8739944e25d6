"""Assessing operations on a plan: an Impact, computed without writing anything."""

from collections.abc import Iterator, Sequence
from datetime import date

from planning.plan.impact import Impact
from planning.plan.limits import LAST_DAY
from planning.plan.operation import Operation
from planning.plan.plan import Plan
from planning.refusal import Refusal, Refused
from planning.schedule.edit import Edits
from planning.schedule.effect import Effect
from planning.schedule.network import Network
from planning.schedule.overlay import Draft
from planning.schedule.placement import ASAP, too_early
from planning.schedule.propagate import ripple
from planning.schedule.quantity import Flow


def assess(plan: Plan, operations: Sequence[Operation], today: date, network: Network | None = None) -> Impact:
    """The effect of the operations, done together, on the plan where it now stands.

    `network` is the plan compiled (`Network.of(plan)`), which callers keep per plan and revision; `today` a local date.
    `planning.schedule.edit` has the rules for dates given by hand. A date that an item's own predecessors do not
    allow is refused ("predecessor-later"), unless the operation pulls: then the item goes as early as they allow.
    Refused operations are left out and the effect of the others is still told, but an impact with `refused` cannot be
    submitted. The result does not depend on the order of the plan's items and links, and to do it twice is to do it
    once. Raises Refused only for a plan that cannot be scheduled at all (`Network.of`).
    """
    compiled = network or Network.of(plan)
    wanted, refused = list(operations), list[Refusal]()
    while True:
        edits, done = _edited(compiled, wanted, today, refused)
        try:
            edits.draft.rewire()
            ripple(edits.draft, today, edits.pulled(), edits.by_hand)
            flow = Flow(edits.draft, edits.quantities, spreads=not edits.restoring)
            _refuse_far_future(edits.draft)
        except Refused as no:  # Together they make no plan; which of them is to blame nobody can say.
            refused.append(no.refusal)
            wanted = []
            continue
        blocked = {id(operation): why for operation, why in _blocked(edits)}
        if not blocked:
            return Effect(edits, flow).impact(plan.revision, refused)
        refused += blocked.values()
        wanted = [operation for operation in done if id(operation) not in blocked]


def _edited(
    network: Network, operations: Sequence[Operation], today: date, refused: list[Refusal]
) -> tuple[Edits, list[Operation]]:
    """A draft with the operations done; the ones that cannot be done are left out and added to `refused`."""
    edits, done = Edits(Draft(network), today), []
    for operation in operations:
        try:
            edits.apply(operation)
            done.append(operation)
        except Refused as no:
            refused.append(no.refusal)
    return edits, done


def _refuse_far_future(draft: Draft) -> None:
    for node, start in draft.moved.items():
        seat = draft.seats[node]
        if start + seat.span - 1 > seat.calendar.position(LAST_DAY):
            raise Refused("too-late-for-any-plan", item=draft.code_of(node), last=LAST_DAY)


def _blocked(edits: Edits) -> Iterator[tuple[Operation, Refusal]]:
    """The operations that put an item where its predecessors do not allow it.

    An item that was pinned already may stand there: the links it breaks are told among the exceptions.
    """
    draft, known = edits.draft, edits.draft.network.seats
    for node, operation in edits.by_hand.items():
        seat = draft.seats[node]
        was = known[node] if node < len(known) else seat
        bounds = [(draft.start(source) + gap, draft.code_of(source)) for source, gap in draft.lows[node]]
        earliest = max((bound for bound, _ in bounds), default=seat.start)
        pulled_closer = operation.pull and seat.hold >= ASAP and earliest < was.start
        if earliest <= seat.start or pulled_closer or was.hold < ASAP:
            continue
        predecessor = min(code for bound, code in bounds if bound == earliest)
        yield operation, too_early("predecessor-later", operation, seat, earliest, was.start, predecessor=predecessor)
