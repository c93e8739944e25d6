"""Two plans behind the same apps, over the wire: what each platform shows says which plan it is of."""

from pathlib import Path

from bot.clock import MovableClock
from bot.company import load_company
from bot.demo import stage
from tests.scenarios.conftest import MONDAY, connected
from tests.scenarios.play import Play

WHOLE = load_company(MONDAY.date()).organisation.departments
PLANS = [
    {"id": "main", "name": "一厂计划", "departments": [one for one in WHOLE if one != "finance"]},
    {"id": "money", "name": "资金计划", "departments": ["finance"], "guests": ["lin.jing"]},
]


async def test_texts_and_cards_of_both_platforms_say_their_plan(tmp_path: Path) -> None:
    several = {"plan": None, "plans": PLANS}
    async with stage(f"sqlite:///{tmp_path / 'plan.db'}", clock=MovableClock(MONDAY), extra=several) as set_up:
        await connected(set_up)
        play = Play(set_up)
        production, quality = play.room("production"), play.room("quality")
        assert (await play.say(production, "zhang.haifeng", "查计划 MO-2442")).startswith("【一厂计划】")
        preview = await play.propose(production, "zhang.haifeng", "改期 MO-2442 推迟3天 因为 停机")
        assert preview.face("").title.startswith("一厂计划 · ")
        await play.press(preview, "zhang.haifeng", "提交")
        asked = await play.asked("quality", play.number(preview))
        assert asked.conversation == quality, "WeCom's"
        assert asked.face("").note == "一厂计划"
        (money,) = (key for key, one in set_up.world.conversations.items() if one.members == ["zheng.yun"])
        assert (await play.say(money, "zheng.yun", "查计划 MO-2442")).startswith("【资金计划】"), "one-to-one"
