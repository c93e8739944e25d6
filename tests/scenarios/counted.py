"""The five stories, counted: characters typed and buttons pressed, by role.

    python -m tests.scenarios.counted full      # every command whole, as it had to be typed
    python -m tests.scenarios.counted short     # as little as the product understands

Everybody does the same in both: somebody proposes and submits and asks who has it, the coordinator reminds, one
approver answers by word and the others by button, and the boss asks why the plan has changed.
"""

import asyncio
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.clock import MovableClock
from bot.company import Story, load_stories
from bot.demo import stage
from planning.change.change import ChangeState
from sandbox.world import Card
from tests.databases import fresh_database
from tests.scenarios.conftest import MONDAY, connected
from tests.scenarios.play import SECONDS, Play

COORDINATOR, BOSS = "lin.jing", "gao.jianguo"
ROLES = ("proposer", "approver", "coordinator", "boss")
REASONS = {
    "promotion": "客户要求", "supplier": "来料晚到", "quantity": "客户要求", "machine": "设备故障",
    "quality": "质量问题",
}  # fmt: skip
"""The button that says most nearly why."""


@dataclass
class Counted:
    play: Play
    story: Story
    typed: Counter[str] = field(default_factory=Counter)
    taps: Counter[str] = field(default_factory=Counter)

    async def says(self, role: str, room: str, person: str, text: str) -> str:
        self.typed[role] += len(text)
        return await self.play.say(room, person, text)

    async def presses(self, role: str, card: Card, person: str, text: str) -> None:
        self.taps[role] += 1
        await self.play.press(card, person, text)

    async def full(self) -> None:
        play, story = self.play, self.story
        room, planning = play.room(story.department), play.room("planning")
        self.typed["proposer"] += len(story.command)
        preview = await play.propose(room, story.person, story.command)
        await self.presses("proposer", preview, story.person, "提交")
        no = play.number(preview)
        assert no in await self.says("proposer", room, story.person, f"谁知道 {no}")
        assert no in await self.says("coordinator", planning, COORDINATOR, f"催办 {no}")
        await self.decided(no, f"同意 {no}")
        assert no in await self.says("boss", planning, BOSS, f"为什么 {story.item}")

    async def short(self) -> None:
        play, story = self.play, self.story
        room, planning = play.room(story.department), play.room("planning")
        command = story.command.partition(" 因为")[0]
        asked = await self.says("proposer", room, story.person, command)
        assert "还缺原因" in asked
        before = len(play.world.cards_in(room))
        question = await play.shows(room, "还缺原因")
        await self.presses("proposer", question, story.person, REASONS[story.id])
        preview = await play.world.until(lambda: self._preview(room, before), SECONDS)
        await self.presses("proposer", preview, story.person, "提交")
        await play.quiet()
        no = await self._newest()
        assert no in await self.says("proposer", room, story.person, "谁知道")
        assert no in await self.says("coordinator", planning, COORDINATOR, "催办")
        await self.decided(no, "同意")
        assert no in await self.says("boss", planning, BOSS, "为什么")

    async def decided(self, no: str, by_word: str) -> None:
        """The first department answers by word, the others by button."""
        play = self.play
        for place, step in enumerate((await play.change(no)).steps):
            card, person = await play.asked(step.department, no), step.approvers[0]
            if place == 0:
                await play.quiet()
                await self.says("approver", play.room(step.department), person, by_word)
            else:
                await self.presses("approver", card, person, "同意")
        await play.quiet()
        assert (await play.change(no)).state is ChangeState.APPLIED

    def _preview(self, room: str, before: int) -> Card | None:
        cards = self.play.world.cards_in(room)[before:]
        return next((card for card in cards if "待你提交" in self.play.read(card)), None)

    async def _newest(self) -> str:
        database = self.play.stage.service.database
        return await database.read(lambda uow: uow.changes.open_ones()[-1].no)


WAYS: dict[str, Callable[[Counted], Awaitable[None]]] = {"full": Counted.full, "short": Counted.short}


async def counted(story: Story, way: str) -> Counted:
    with TemporaryDirectory() as place, fresh_database("sqlite", Path(place), migrated=True) as url:
        async with stage(url, clock=MovableClock(MONDAY)) as set_up:
            await connected(set_up)
            one = Counted(Play(set_up), story)
            await WAYS[way](one)
            await one.play.quiet()
            return one


def line(name: str, typed: Counter[str], taps: Counter[str]) -> str:
    cells = (f"{typed[role]} / {taps[role]}" for role in ROLES)
    return f"| {name} | {' | '.join(cells)} | {typed.total()} / {taps.total()} |"


def main(way: str) -> None:
    sys.stdout.write(f"| story | {' | '.join(ROLES)} | all |\n|---|{'---|' * (len(ROLES) + 1)}\n")
    typed: Counter[str] = Counter()
    taps: Counter[str] = Counter()
    for story in load_stories():
        one = asyncio.run(counted(story, way))
        typed, taps = typed + one.typed, taps + one.taps
        sys.stdout.write(f"{line(story.title, one.typed, one.taps)}\n")
    sys.stdout.write(f"{line('all', typed, taps)}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
