"""What the product's own scheduling costs."""

from dataclasses import dataclass, field, replace

from planning.assess import assess
from planning.draft import Draft
from planning.network import Network
from planning.operation import Op, Operation
from planning.order import topological
from planning.propagate import ripple, settle
from planning.refresh import refreshed
from tests.bench.measure import best, peak_memory
from tests.bench.plans import DELAY, TODAY, Graph, code


@dataclass
class Result:
    """Milliseconds, megabytes, and the positions reached, as days after the first."""

    build: float
    full: float
    memory: float
    reached: int
    cones: dict[int, float] = field(default_factory=dict)
    moved: dict[int, int] = field(default_factory=dict)
    impacts: dict[int, float] = field(default_factory=dict)
    ordered: float = 0
    refresh: float = 0


def measure(size: int, cones: tuple[int, ...]) -> Result:
    graph = Graph.of(size)
    plan = graph.plan()
    build = best(lambda: Network.of(plan), 2)
    network = Network.of(plan)
    full = best(lambda: full_pass(network))
    ordered = best(lambda: settle(network))
    start = settle(network)
    result = Result(build, full, peak_memory(), max(start) - min(start), ordered=ordered)
    for cone in cones:
        node = graph.with_cone(cone)
        longer = graph.durations[node] + DELAY
        draft = Draft(network)
        result.cones[cone] = best(lambda node=node, longer=longer: delay(network, node, longer), 9)  # type: ignore[misc]
        draft = delay(network, node, longer)
        result.moved[cone] = len(draft.moved)
        wanted = [Operation(code(node), Op.SET_DURATION, longer)]
        result.impacts[cone] = best(lambda wanted=wanted: assess(plan, wanted, TODAY, network))  # type: ignore[misc]
    changed = assess(plan, [Operation(code(size - 1), Op.SHIFT, 1)], TODAY, network).changed
    later = replace(plan.with_items(changed.values()), revision=2)
    result.refresh = best(lambda: refreshed(network, later))
    result.memory = peak_memory()
    return result


def full_pass(network: Network) -> list[int]:
    """Of the compiled plan: the order of its items, then their dates."""
    network.order = topological(network.out, network.code_of)
    network.__dict__.pop("steps", None)
    return settle(network)


def delay(network: Network, node: int, duration: int) -> Draft:
    """The incremental pass after one item takes longer."""
    draft = Draft(network)
    draft.put(replace(network.items[node], duration=duration))
    draft.rewire()
    ripple(draft, TODAY)
    return draft
