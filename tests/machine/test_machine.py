"""Ten thousand steps and more through the whole bot, in parts that share the workers."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.machine.machine import WholeBot
from tests.machine.player import SEEN, TALLY
from tests.machine.tours import TOURS, tour
from tests.telling import Tell

STEPS = 10_000
PARTS, EXAMPLES, EACH = 10, 19, 50
REACHED = (
    *(f"change.{state}" for state in ("applied", "rejected", "expired", "reopened", "conflict", "stance", "settled")),
    "decision.approve", "decision.reject", "click.foreign stranger", "escalation.climbed", "delegation.set",
    "report.made", "report.applied", "stock.counted", "exception.opened",
)  # fmt: skip
"""Where chance leads a hundred times in ten thousand steps, whatever the seed. What it reaches fifty times or less
has a tour instead: some seed misses it, and nothing is wrong then."""


@dataclass
class Taken:
    """`steps` by the rule that took them, `seen` by what came of them."""

    steps: Counter[str]
    seen: Counter[str]

    def __add__(self, other: "Taken") -> "Taken":
        return Taken(self.steps + other.steps, self.seen + other.seen)

    def __str__(self) -> str:
        return f"{self.steps.total()} steps\n{listed(self.steps)}\nof which came\n{listed(self.seen)}"


@pytest.mark.parametrize("kind", TOURS)
def test_a_tour_leads_there(kind: str) -> None:
    assert tour(kind) > 0


@pytest.mark.timeout(600)
@pytest.mark.parametrize("part", range(4))
def test_some_steps(part: int) -> None:
    """The same in every run of the same code; some rules end a story early."""
    assert play(part, examples=4).steps.total() > 100


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("part", range(PARTS))
def test_ten_thousand_steps(part: int, parts: Path, pytestconfig: pytest.Config, tell: Tell) -> None:
    taken = play(int(pytestconfig.getoption("hypothesis_seed") or 0) + part, EXAMPLES, shrinks=False)
    (parts / f"{part}.json").write_text(json.dumps([taken.steps, taken.seen]), encoding="utf-8")
    played = [json.loads(file.read_text(encoding="utf-8")) for file in parts.glob("*.json")]
    if len(played) < PARTS:
        return
    # Whoever ends last sees all of them.
    taken = sum((Taken(Counter(steps), Counter(seen)) for steps, seen in played), Taken(Counter(), Counter()))
    tell(str(taken))
    assert taken.steps.total() >= STEPS
    assert [kind for kind in REACHED if not taken.seen[kind]] == [], "the machine never came there"


@pytest.fixture
def parts(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """A folder that all workers of this run share."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if hasattr(request.config, "workerinput") else base) / "machine"
    shared.mkdir(exist_ok=True)
    return shared


def play(number: int, examples: int, *, shrinks: bool = True) -> Taken:
    """`shrinks`: look for a shorter way to a fault. That may take an hour; of a long run the seed is enough."""
    TALLY.clear()
    SEEN.clear()
    run_state_machine_as_test(
        seed(number)(type("WholeBot", (WholeBot,), {})),
        settings=settings(
            max_examples=examples,
            stateful_step_count=EACH,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink] if shrinks else [Phase.generate],
            print_blob=False,
        ),
    )
    return Taken(TALLY.copy(), SEEN.copy())


def listed(counted: Counter[str]) -> str:
    return "\n".join(f"  {count:6}  {what}" for what, count in counted.most_common())
