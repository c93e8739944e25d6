"""Ten thousand steps and more through the whole of change control (issue 4)."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.machine.machine import TALLY, ChangeControl

STEPS = 10_000
EXAMPLES, EACH = 250, 50


@pytest.mark.timeout(900)
def test_ten_thousand_steps(capsys: pytest.CaptureFixture[str]) -> None:
    TALLY.clear()
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
    told = "\n".join(f"  {count:6}  {what}" for what, count in TALLY.most_common())
    with capsys.disabled():
        print(f"\n{TALLY.total()} steps\n{told}")  # noqa: T201 - what this is for
    assert TALLY.total() >= STEPS
