"""The invariants of docs/rules.md by number; each looks at one step and raises AssertionError."""

from collections.abc import Callable, Mapping

from tests.machine import for_facts, for_people, for_plans
from tests.machine.step import Taken

INVARIANTS: Mapping[int, Callable[[Taken], None]] = {
    int(name.split("_")[1]): check
    for room in (for_plans, for_people, for_facts)
    for name, check in vars(room).items()
    if name.startswith("invariant_")
}
