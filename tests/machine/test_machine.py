"""Ten thousand steps and more through the whole of change control (issue 4)."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.machine.machine import ChangeControl
from tests.machine.player import SEEN, TALLY
from tests.machine.tours import TOURS, tour

STEPS = 10_000
EXAMPLES, EACH = 170, 50
REACHED = (
    *(f"change.{state}" for state in ("applied", "rejected", "expired", "reopened", "conflict", "stance", "settled")),
    "decision.approve", "decision.reject", "click.foreign stranger", "escalation.climbed", "delegation.set",
)  # fmt: skip
"""Where the ten thousand steps have to have been by chance; where it leads seldom has a tour of its own."""


@pytest.mark.parametrize("kind", TOURS)
def test_a_tour_leads_there(kind: str) -> None:
    assert tour(kind) > 0


@pytest.mark.timeout(1800)
def test_ten_thousand_steps(capsys: pytest.CaptureFixture[str]) -> None:
    TALLY.clear()
    SEEN.clear()
    run_state_machine_as_test(
        ChangeControl,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=EACH,
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink],
            print_blob=False,
        ),
    )
    with capsys.disabled():
        print(f"\n{TALLY.total()} steps\n{listed(TALLY)}\nof which came\n{listed(SEEN)}")  # noqa: T201 - asked for
    assert TALLY.total() >= STEPS
    assert [kind for kind in REACHED if not SEEN[kind]] == [], "the machine never came there"


def listed(counted: Counter[str]) -> str:
    return "\n".join(f"  {count:6}  {what}" for what, count in counted.most_common())
