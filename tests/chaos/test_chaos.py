"""The short form of each scenario: nothing is lost, doubled or made up. How long it took is only told."""

import pytest

from tests.chaos.scenarios import SCENARIOS
from tests.telling import Tell

LONG_ONLY = {"asleep", "soak"}
pytestmark = pytest.mark.timeout(600)  # a busy machine starts a process in half a minute


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.long) if name in LONG_ONLY else name for name in SCENARIOS]
)
async def test_nothing_is_lost_and_nothing_doubled(name: str, tell: Tell) -> None:
    count = await SCENARIOS[name].short()
    tell(str(count))
    assert count.is_clean, count
