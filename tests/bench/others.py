"""The same schedule by two graph libraries, written the way their documentation suggests."""

import gc
from typing import Any

import networkx
import rustworkx

from tests.bench.measure import best, peak_memory
from tests.bench.ours import Result
from tests.bench.plans import DELAY, Graph


def with_networkx(size: int, cones: tuple[int, ...]) -> Result:
    graph = Graph.of(size)

    def build() -> Any:
        directed = networkx.DiGraph()
        directed.add_nodes_from(range(size))
        directed.add_edges_from((a, b, {"gap": graph.durations[a] + lag}) for a, b, lag in graph.edges)
        return directed

    built = best(build, 2)
    directed = build()
    order = list(networkx.topological_sort(directed))
    gc.freeze()

    def dates() -> dict[int, int]:
        start = dict.fromkeys(directed, 0)
        for node in order:
            at = start[node]
            for after, edge in directed.adj[node].items():
                reached = at + edge["gap"]
                if reached > start[after]:
                    start[after] = reached
        return start

    start = dates()
    ordering = best(lambda: list(networkx.topological_sort(directed)), 3)
    result = Result(built, ordering, best(dates, 3), max(start.values()))
    result.library = best(lambda: networkx.dag_longest_path_length(directed, weight="gap"), 2)
    for cone in cones:
        node = graph.with_cone(cone)

        def incremental(node: int = node) -> dict[int, int]:
            moved: dict[int, int] = {}
            for late in networkx.topological_sort(directed.subgraph(networkx.descendants(directed, node))):
                at = start[late]
                for before, edge in directed.pred[late].items():
                    extra = DELAY if before == node else 0
                    at = max(at, moved.get(before, start[before]) + edge["gap"] + extra)
                moved[late] = at
            return moved

        result.cones[cone] = best(incremental, 3)
        result.moved[cone] = len(incremental())
    result.memory = peak_memory()
    return result


def with_rustworkx(size: int, cones: tuple[int, ...]) -> Result:
    graph = Graph.of(size)

    def build() -> Any:
        directed = rustworkx.PyDiGraph()
        directed.add_nodes_from(range(size))
        directed.add_edges_from([(a, b, graph.durations[a] + lag) for a, b, lag in graph.edges])
        return directed

    built = best(build, 2)
    directed = build()
    order = list(rustworkx.topological_sort(directed))
    gc.freeze()

    def dates() -> list[int]:
        start = [0] * size
        for node in order:
            at = start[node]
            for _, after, gap in directed.out_edges(node):
                if at + gap > start[after]:
                    start[after] = at + gap
        return start

    start = dates()
    rank = [0] * size
    for place, node in enumerate(order):
        rank[node] = place
    ordering = best(lambda: rustworkx.topological_sort(directed), 3)
    result = Result(built, ordering, best(dates, 3), max(start))
    result.library = best(lambda: rustworkx.dag_longest_path_length(directed, lambda _a, _b, gap: gap), 2)
    for cone in cones:
        node = graph.with_cone(cone)

        def incremental(node: int = node) -> dict[int, int]:
            moved: dict[int, int] = {}
            for late in sorted(rustworkx.descendants(directed, node), key=rank.__getitem__):
                at = start[late]
                for before, _, gap in directed.in_edges(late):
                    extra = DELAY if before == node else 0
                    at = max(at, moved.get(before, start[before]) + gap + extra)
                moved[late] = at
            return moved

        result.cones[cone] = best(incremental, 3)
        result.moved[cone] = len(incremental())
    result.memory = peak_memory()
    return result
