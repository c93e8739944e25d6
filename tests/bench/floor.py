"""From a command to its card, beside the least that a bot can do, in one run; and from a click to its answer."""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from bot.company import load_company
from planning.people.organisation import Role
from sandbox.dingtalk import Limits
from sandbox.dingtalk.pushes import Push
from sandbox.world import Card, ClickOutcome, Conversation, Person, Platform
from tests import ROOT
from tests.bot.channels.product import eventually
from tests.chaos.crowd import ANYTHING_GOES, words_in
from tests.scenarios.process import Town, town

RATES = {1: 20.0, 8: 10.0, 200: 2.0}
"""Messages a second, and for how many seconds."""
PLATFORM_TAKES = 20
"""Cards a second: what comes faster waits for the platform's pace, so that only its acknowledgement is told."""
NO_LIMITS = Limits(deliveries=1, monthly_calls=10**9, qps=10**6)
"""The floor keeps to no pace."""
HERE, PLANNER = Platform.DINGTALK, "zhang.haifeng"
WARM_UP = 10
ROUNDS = 2
SUBMISSIONS, SUBMISSIONS_A_SECOND = 40, 4
DECISIONS, DECISIONS_A_SECOND = 60, 50
PATIENCE = 120.0
Press = tuple[Card, str, str]
"""A card, who presses, and what."""
TEXT = "改期 MO-2442 推迟3天 因为 停机 {}"
_words = count()


@dataclass
class Seen:
    """Milliseconds until a message was acknowledged, and until its card was there."""

    acknowledged: list[float] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)


def card_beside_the_floor() -> None:
    """Both talk to the same simulated platform over sockets, each from a process of its own, in turns."""
    print("\nFrom a command to its card, milliseconds; the floor: DingTalk's SDK, one durable commit, one HTTP call")
    print(f"{'':32}{'acked':>10}{'p99':>10}{'card':>10}{'p99':>10}")
    bots: dict[str, Callable[[], list[str]]] = {"floor": _floor, "ours": _ours}
    seen = {(name, rate): Seen() for rate in RATES for name in bots}
    submissions: list[float] = []
    decisions: list[float] = []
    for _ in range(ROUNDS):
        for name, command in bots.items():
            asyncio.run(_measure(name, command(), seen, submissions, decisions))
    for rate in RATES:
        told = [[seen[name, rate].acknowledged] + [seen[name, rate].shown] * (rate <= PLATFORM_TAKES) for name in bots]
        for name, columns in zip(bots, told, strict=True):
            print(f"{f'{name}, {rate} a second':32}{''.join(map(_figures, columns))}")
        ratios = (statistics.median(ours) / statistics.median(floor) for floor, ours in zip(*told, strict=True))
        print(f"{'times the floor':32}" + "".join(f"{ratio:>10.1f}{'':10}" for ratio in ratios), flush=True)
    print(f"{f'提交, {SUBMISSIONS_A_SECOND} a second, answered':32}{_figures(submissions)}")
    print(f"{f'同意, {DECISIONS_A_SECOND} a second, answered':32}{_figures(decisions)}")


async def _measure(
    name: str, command: list[str], seen: dict[tuple[str, int], Seen], submissions: list[float], decisions: list[float]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with town(Path(folder), settings=ANYTHING_GOES, limits=NO_LIMITS) as there, _running(command, folder):
            await there.dingtalk_connected()
            await _say_at(there, WARM_UP, WARM_UP)
            for rate, seconds in RATES.items():
                one = await _say_at(there, rate, round(rate * seconds))
                seen[name, rate].acknowledged += one.acknowledged
                seen[name, rate].shown += one.shown
            if name == "ours":
                submissions += await _submit(there)
                decisions += await _decide(there)


@asynccontextmanager
async def _running(command: list[str], folder: str) -> AsyncIterator[None]:
    environment = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
    environment["PYTHONPATH"] = str(ROOT)
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, cwd=folder, env=environment, stdout=quiet, stderr=quiet
    )
    try:
        yield
    finally:
        process.terminate()
        await process.wait()


def _floor() -> list[str]:
    return ["-m", "tests.bench.floor_bot"]


def _ours() -> list[str]:
    return [str(ROOT / "run.py"), "serve"]


async def _say_at(there: Town, rate: int, number: int) -> Seen:
    """So many commands at a rate, and what was seen of them."""
    room, person = _somewhere(there)
    begun = time.monotonic() + 1 / rate  # from the first: the one before it took its turn of the pace just now
    said, acknowledged = dict[str, float](), list[asyncio.Task[float]]()
    for n in range(number):
        await asyncio.sleep(begun + n / rate - time.monotonic())
        word = f"K{next(_words):06}"
        frame = there.dingtalk.message_frame(room, person, TEXT.format(word))
        said[word] = there.world.now().timestamp()
        push = await there.dingtalk.gateway.push(frame)
        assert push is not None
        acknowledged.append(asyncio.create_task(_acknowledged(push, time.monotonic())))
    shown = await eventually(lambda: _all_shown(there, said), PATIENCE)
    return Seen(await asyncio.gather(*acknowledged), [(shown[word] - at) * 1000 for word, at in said.items()])


async def _acknowledged(push: Push, begun: float) -> float:
    await push.settled.wait()
    return (time.monotonic() - begun) * 1000


def _all_shown(there: Town, said: dict[str, float]) -> dict[str, float] | None:
    """When the card of each was there, as soon as all are."""
    shown: dict[str, float] = {}
    for entry in there.world.entries:
        if entry.card:
            for word in words_in(str(_card(there, entry.card).face(""))):
                shown.setdefault(word, entry.at.timestamp())
    return shown if said.keys() <= shown.keys() else None


async def _submit(there: Town) -> list[float]:
    """Milliseconds until each is answered: every one of them asks several departments."""
    return await _press_at(there, _to_press(there, "submit", [PLANNER])[-SUBMISSIONS:], SUBMISSIONS_A_SECOND)


async def _decide(there: Town) -> list[float]:
    organisation = load_company(there.world.now().date()).organisation
    approvers = [one.id for one in organisation.people.values() if Role.APPROVER in one.roles]

    def enough() -> list[Press] | None:
        found = _to_press(there, "approve", approvers)
        return found if len(found) >= DECISIONS else None

    return await _press_at(there, (await eventually(enough, PATIENCE))[:DECISIONS], DECISIONS_A_SECOND)


def _to_press(there: Town, verb: str, people: list[str]) -> list[Press]:
    """Buttons for this on the cards of DingTalk's groups, each with the first of these people who is there."""
    found = []
    here = [entry for entry in there.world.entries if there.world.conversations[entry.conversation].platform == HERE]
    for card in [_card(there, entry.card) for entry in here if entry.card]:
        members = there.world.conversations[card.conversation].members
        who = next((one for one in people if one in members and there.world.people[one].dingtalk), None)
        if who:
            actions = [button.action for button in card.face(who).buttons]
            found += [(card, who, action) for action in actions if action.partition("/")[2].partition("@")[0] == verb]
    return found


async def _press_at(there: Town, pressed: list[Press], rate: int) -> list[float]:
    begun, answers = time.monotonic(), list[asyncio.Task[float]]()
    for n, press in enumerate(pressed):
        await asyncio.sleep(begun + n / rate - time.monotonic())
        answers.append(asyncio.create_task(_pressed(there, press)))
    return list(await asyncio.gather(*answers))


async def _pressed(there: Town, press: Press) -> float:
    card, who, action = press
    begun = time.monotonic()
    outcome = await there.world.click(card.conversation, who, card.id, action, {})
    assert outcome is not ClickOutcome.OFFLINE
    return (time.monotonic() - begun) * 1000


def _somewhere(there: Town) -> tuple[Conversation, Person]:
    """A planner, where people of the department talk."""
    rooms = [room for room in there.world.conversations.values() if room.platform is HERE]
    return next((room, there.world.people[PLANNER]) for room in rooms if PLANNER in room.members and not room.single)


def _card(there: Town, card_id: str) -> Card:
    return there.world.cards.get(f"dingtalk:{card_id}") or there.world.cards[card_id]


def _figures(taken: list[float]) -> str:
    return f"{statistics.median(taken):>10.1f}{statistics.quantiles(taken, n=100)[98]:>10.1f}"
