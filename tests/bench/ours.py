"""What the product's own scheduling costs."""

import gc
from dataclasses import dataclass, field, replace
from functools import partial

from planning.plan.operation import Op, Operation
from planning.schedule.assess import assess
from planning.schedule.network import Network
from planning.schedule.order import topological
from planning.schedule.overlay import Draft
from planning.schedule.propagate import ripple, settle
from planning.schedule.refresh import refreshed
from tests.bench.measure import best, peak_memory
from tests.bench.plans import DELAY, TODAY, Graph, code


@dataclass
class Result:
    """Milliseconds, megabytes, and the positions reached, as days after the first."""

    build: float
    order: float
    dates: float
    reached: int
    memory: float = 0
    library: float | None = None
    """By the library's own function for the longest path, where it has one."""
    cones: dict[int, float] = field(default_factory=dict)
    moved: dict[int, int] = field(default_factory=dict)
    impacts: dict[int, float] = field(default_factory=dict)
    refresh: float = 0


def measure(size: int, cones: tuple[int, ...]) -> Result:
    graph = Graph.of(size)
    plan = graph.plan()
    gc.freeze()  # Or every collection between two runs walks through the whole plan.
    build = best(lambda: Network.of(plan), 2)
    network = Network.of(plan)
    gc.freeze()
    start = settle(network)
    order = best(lambda: topological(network.out, network.code_of))
    result = Result(build, order, best(lambda: settle(network)), max(start) - min(start))
    for cone in cones:
        node = graph.with_cone(cone)
        longer = graph.durations[node] + DELAY
        result.cones[cone] = best(partial(delay, network, node, longer), 9)
        result.moved[cone] = len(delay(network, node, longer).moved)
        wanted = [Operation(code(node), Op.SET_DURATION, longer)]
        result.impacts[cone] = best(partial(assess, plan, wanted, TODAY, network))
    changed = assess(plan, [Operation(code(size - 1), Op.SHIFT, 1)], TODAY, network).changed
    later = replace(plan.with_items(changed.values()), revision=2)
    result.refresh = best(lambda: refreshed(network, later))
    result.memory = peak_memory()
    return result


def delay(network: Network, node: int, duration: int) -> Draft:
    """The incremental pass after one item takes longer."""
    draft = Draft(network)
    draft.put(replace(network.items[node], duration=duration))
    draft.rewire()
    ripple(draft, TODAY)
    return draft
