"""Scheduling measured against networkx and rustworkx, and its growth with the plan."""

from tests.bench import others, ours
from tests.bench.measure import alone
from tests.bench.ours import Result

CONES = (100, 1_000, 10_000)


def compare(size: int) -> None:
    """The three programs on the same graph."""
    cones = tuple(cone for cone in CONES if cone < size)
    results = {
        "ours": alone(ours.measure, size, cones),
        "networkx": alone(others.with_networkx, size, cones),
        "rustworkx": alone(others.with_rustworkx, size, cones),
    }
    mine = results["ours"]
    same = len({(result.reached, *result.moved.values()) for result in results.values()}) == 1
    print(f"\n{size:,} items, about {2 * size:,} links; milliseconds, in brackets how many times ours")
    print(f"all three agree on the last day ({mine.reached}) and on what moves {tuple(mine.moved.values())}: {same}")
    print(f"{'':34}" + "".join(f"{name:>20}" for name in results))
    _row("build the graph", [(r.build, mine.build) for r in results.values()])
    _row("order of the items", [(r.order, mine.order) for r in results.values()])
    _row("full pass, order known", [(r.dates, mine.dates) for r in results.values()])
    _row("full pass and order", [(r.order + r.dates, mine.order + mine.dates) for r in results.values()])
    whole = [(mine.dates if r.library is None else r.library, mine.dates) for r in results.values()]
    _row("its own longest path; full pass", whole)
    for cone in cones:
        _row(f"incremental, cone of {cone:,}", [(r.cones[cone], mine.cones[cone]) for r in results.values()])
    _row("peak memory, MB", [(r.memory, mine.memory) for r in results.values()])
    print(f"{'keep up with a new revision':34}{mine.refresh:>12.1f}")
    for cone in cones:
        print(f"{f'whole impact, cone of {cone:,}':34}{mine.impacts[cone]:>12.1f}")


def grow(sizes: tuple[int, ...]) -> None:
    """Ours alone, from small to large."""
    print("\nOurs by the plan's size; milliseconds")
    names = [f"cone {cone:,}" for cone in CONES]
    print(f"{'items':>10}" + "".join(f"{name:>13}" for name in ("compile", "full pass", *names, "memory MB")))
    for size in sizes:
        result = alone(ours.measure, size, tuple(cone for cone in CONES if cone < size))
        times = [result.build, result.dates, *(result.cones.get(cone) for cone in CONES), result.memory]
        print(f"{size:>10,}" + "".join("            -" if t is None else f"{t:>13.2f}" for t in times), flush=True)


def _row(name: str, times: list[tuple[float, float]]) -> None:
    cells = (f"{time:>12.1f} ({time / mine:>4.1f})" for time, mine in times)
    print(f"{name:34}" + " ".join(cells))


__all__ = ["CONES", "Result", "compare", "grow"]
