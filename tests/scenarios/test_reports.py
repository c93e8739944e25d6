"""What the company reports: answered at once, and a true risk on the next working morning."""

from datetime import timedelta
from pathlib import Path

from bot.clock import MovableClock
from bot.company import load_reports
from bot.demo import AT_ONCE, stage
from tests.databases import fresh_database
from tests.scenarios.conftest import MONDAY, connected
from tests.scenarios.play import Play
from tests.scenarios.test_digests import digests

REPORTS = {report.id: report for report in load_reports()}


async def told(play: Play, id: str) -> tuple[str, str]:
    """The room, and what the bot answers there, a minute after the stock was counted: WeCom's clock has no
    milliseconds."""
    report, clock = REPORTS[id], play.stage.clock
    clock.move_to(clock.now() + timedelta(minutes=1))
    room = play.room(report.department)
    return room, await play.say(room, report.person, report.command)


async def test_a_part_that_arrives_leaves_the_next_order_short(play: Play) -> None:
    room, said = await told(play, "part")
    assert "累计 1500 / 2500套（60%）" in said
    assert "承诺 DL-6441" in said
    assert "拆分" in play.read(await play.shows(room, "待你提交"))
    morning = await morning_of(play, "production")
    assert "🔴 MO-2442 B2 整机组装 11-25 开工 · SH-B2 需2500套 有1500 缺1000" in morning


async def test_a_supplier_who_is_late_breaks_a_promise(play: Play) -> None:
    room, said = await told(play, "late")
    assert "预测完工 12-04，计划 11-25，晚 7 个工作日" in said
    assert "+7天 PO-3431" in play.read(await play.shows(room, "待你提交"))
    assert "预测破承诺 · DL-6431 发货：海纳优品 · 承诺 12-18，预测 12-25" in await morning_of(play, "warehouse")


async def test_more_than_planned_is_asked_about_before_it_counts(play: Play) -> None:
    room, said = await told(play, "over")
    assert "超过计划 2500副，还没有记。是超产吗？" in said
    assert "累计 0 / 2500副" in await play.say(room, "liu.yang", "进度 MO-2441")
    question = await play.shows(room, "是超产吗")
    (sure,) = (button.text for button in question.face("liu.yang").buttons if button.text.endswith("超产"))
    await play.press(question, "liu.yang", sure)
    await play.quiet()
    assert "累计 2800 / 2500副" in await play.say(room, "liu.yang", "进度 MO-2441")


async def test_a_machine_that_stops_offers_the_change_that_follows(play: Play) -> None:
    room, said = await told(play, "stop")
    assert "停机，预计 12-02 恢复" in said
    question = await play.shows(room, "停着的这几天")
    (move,) = (button.text for button in question.face("zhang.haifeng").buttons if "改期 MO-2442" in button.text)
    await play.press(question, "zhang.haifeng", move)
    assert "MO-2442" in play.read(await play.shows(room, "待你提交"))


async def test_a_visitor_has_the_cards_on_the_first_morning(tmp_path: Path) -> None:
    """A company hears of exceptions in the digest alone for two weeks; whoever looks at the demo has minutes."""
    with fresh_database("sqlite", tmp_path, migrated=True) as url:
        async with stage(url, clock=MovableClock(MONDAY), extra=AT_ONCE) as set_up:
            await connected(set_up)
            play = Play(set_up)
            room, _ = await told(play, "part")
            await set_up.next_morning()
            await play.quiet()
            assert "承诺 DL-6441" in play.read(await play.shows(room, "PO-3442", "逾期")).replace("：", " ")


async def morning_of(play: Play, department: str) -> str:
    await play.stage.next_morning()
    await play.quiet()
    (text,) = digests(play, play.room(department))
    return text
