"""The whole plan computed again, for when the rules of its days have changed under it."""

from dataclasses import replace
from datetime import date

from planning.draft import Draft
from planning.edit import Edits
from planning.effect import Effect
from planning.impact import Impact
from planning.item import Item
from planning.network import Network
from planning.plan import Plan
from planning.propagate import ripple
from planning.quantity import Flow
from planning.schedule import moved
from planning.seat import ASAP


def recompute(plan: Plan, today: date) -> Impact:
    """What has to change for all dates to be right again: nothing, unless the calendars are not what they were.

    A newer list of holidays, or another calendar for a department, makes starts fall on days off and durations reach
    other finishes: starts move to the next working day, finishes follow the durations (also of work in progress), and
    what follows is pushed. Pinned and finished items stay as they are. To be applied as a change of the system's own.
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
