"""The demo as it is delivered: its emergency and its fence can be tried beside the five stories."""

from planning.change.change import ChangeState
from tests.scenarios.play import Play

STOP = "改期 MO-2451 推迟1天 因为 贴片机故障"


async def test_a_short_stop_is_an_emergency(play: Play) -> None:
    room = play.room("production")
    tried = await play.say(room, "zhang.haifeng", f"规则 试算 {STOP}")
    assert "触发 **short-stop** → 紧急 · 由" in tried
    preview = await play.propose(room, "zhang.haifeng", STOP)
    assert "⚡ 提交后立即先行生效，4 小时内要追认" in play.read(preview)
    await play.press(preview, "zhang.haifeng", "提交")
    change = await play.change(play.number(preview))
    assert (change.state, change.policy.rule) == (ChangeState.PROVISIONAL, "short-stop")


async def test_a_stocktaking_brought_forward_runs_into_its_fence(play: Play) -> None:
    room = play.room("warehouse")
    assert "盘点前五天" in await play.say(room, "chen.xia", "冻结 查看")
    preview = await play.propose(room, "chen.xia", "改期 WR-5901 提前5天 因为 财务要提前盘")
    assert "🔒 WR-5901 在冻结窗“盘点前五天”内，需要计划协调员特批" in play.read(preview)
    buttons = [button.text for button in preview.face("chen.xia").buttons]
    assert buttons == ["申请特批", "改到 12-01", "走紧急", "详情"]
