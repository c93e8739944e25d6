"""Cards and redraws on a platform for one change request, by the number of conversations."""

import asyncio
import tempfile
from pathlib import Path

from tests.scenarios.rooms import Cost, rooms

MOST = 14


def platform_calls(most: int = MOST) -> None:
    """Counted by the simulated platforms themselves; the approvals are clicks, in a random order."""
    for is_own in (False, True):
        _table(most, is_own)


def _table(most: int, is_own: bool) -> None:
    whose = "; the proposer's department is asked as well" if is_own else ""
    print(f"\nOne change request in k conversations, from its preview to its effect, decided on cards{whose}")
    print(f"{'k':>4}{'calls of DingTalk':>20}{'at most':>10}{'messages on WeCom':>20}{'at most':>10}")
    for count in range(1, most + 1):
        dingtalk, wecom = (asyncio.run(_cost(platform, count, is_own)) for platform in ("dingtalk", "wecom"))
        said = f"{sum(wecom.messages.values())} ({max(wecom.messages.values())} in one)"
        missed = dingtalk.missed + wecom.missed
        late = f"   {missed} clicks answered too late" if missed else ""
        print(f"{count:>4}{dingtalk.calls:>20}{2 * count:>10}{said:>20}{2 * count:>10}{late}", flush=True)


async def _cost(platform: str, count: int, is_own: bool) -> Cost:
    with tempfile.TemporaryDirectory() as folder:
        async with rooms([platform] * count, Path(folder), is_own=is_own) as set_up:
            return await set_up.cost(seed=count)
