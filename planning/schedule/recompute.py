"""The whole plan computed again, after the rules of its days have changed under it."""

from dataclasses import replace
from datetime import date

from planning.plan.impact import Impact
from planning.plan.item import Item
from planning.plan.plan import Plan
from planning.schedule.edit import Edits
from planning.schedule.effect import Effect
from planning.schedule.network import Network
from planning.schedule.overlay import Draft
from planning.schedule.placement import ASAP
from planning.schedule.propagate import ripple
from planning.schedule.quantity import Flow
from planning.schedule.schedule import moved


def recompute(plan: Plan, today: date) -> Impact:
    """The changes that make all dates right again: none, unless the calendars are not what they were.

    A newer list of holidays, or another calendar for a department, makes starts fall on days off and durations reach
    other finishes: starts move to the next working day, finishes follow the durations (also of work in progress), and
    successors are pushed. Pinned and finished items stay as they are. To be applied as a change of the system's own.
    """
    network = Network.of(plan)
    draft = Draft(network)
    for node, item in enumerate(network.items):
        counted = _counted_again(network, node, item)
        if counted != item:
            draft.put(counted)
    draft.rewire()
    draft.wired.update(range(len(network.items)))
    ripple(draft, today)
    return Effect(Edits(draft, today), Flow(draft)).impact(plan.revision, ())


def _counted_again(network: Network, node: int, item: Item) -> Item:
    seat = network.seats[node]
    if seat.hold >= ASAP:
        return moved(item, seat, seat.start)
    if item.status.has_started and not item.status.is_over:
        return replace(item, finish=seat.calendar.finish_of(item.start, item.duration))
    return item
