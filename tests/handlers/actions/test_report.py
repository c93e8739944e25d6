"""Reports by word: what is booked, what it makes of the item, what is asked, and what is refused."""

from dataclasses import replace
from datetime import date

import pytest

from handlers.reads.trail.proof import faults
from planning.plan.item import Status
from planning.trail.audit import Kind
from tests.handlers.office import Office
from tests.tampering import tampered

HINT = "报错了就发：更正"
NO_NUMBER = "不是能记的数：写大于 0 的数（可加 报废 N），百分数不超过 100；要减少请用“更正”。"


@pytest.fixture
def shop(office: Office) -> Office:
    """Monday 12-07, the first day of MO-1."""
    office.wait(days=14)
    return office


def lines(told: str) -> list[str]:
    return [line.removeprefix("- ").strip("*") for line in told.splitlines() if HINT not in line]


def test_a_first_count_starts_it_and_says_so(shop: Office) -> None:
    assert lines(shop.say("wang", "报工 MO-1 160 报废5")) == [
        "✅ **RP-20261207-001 · MO-1 耳机组装 · 今日 160（报废 5）",
        "累计 160 / 2000（8%）（报废 5） · 今日应到 400",
        "按这条记为 12-07 开工（计划第 2 版）",
        "预测完工 12-15，计划 12-11，晚 2 个工作日",
        "会推迟：SO-1 星河订单 12-15→12-17、DL-1 星河发货 12-16→12-18",
        "⚠ 承诺 DL-1 12-16→12-18",
        "已按这个写好草稿，韩冬 看过可以提交",
    ]
    item = shop.plan().items["MO-1"]
    assert (item.status, item.start, item.finish) == (Status.IN_PROGRESS, date(2026, 12, 7), date(2026, 12, 11))


def test_a_second_count_makes_no_revision(shop: Office) -> None:
    shop.say("wang", "报工 MO-1 160")
    shop.wait(hours=1)
    assert lines(shop.say("wang", "报工 MO-1 140"))[1] == "累计 300 / 2000（15%） · 今日应到 400"
    assert shop.plan().revision == 2


def test_a_finished_item_is_not_late_next_morning(shop: Office) -> None:
    assert "已完成，完工 12-07" in shop.say("wang", "完成 MO-1")
    shop.wait(days=10)
    assert shop.plan().items["MO-1"].finish == date(2026, 12, 7)
    assert "MO-1" not in shop.say("lin", "晚单")
    assert "MO-1" not in shop.say("wang", "早会")


def test_a_completion_without_a_count_books_the_whole(shop: Office) -> None:
    assert "累计 2000 / 2000（100%）" in shop.say("wang", "完成 MO-1")
    assert shop.database.look(lambda uow: uow.reports.of_item("MO-1")[0].good) == 2000


def test_nothing_a_fact_does_moves_another_item(shop: Office) -> None:
    before = shop.plan().items
    shop.wait(days=7)
    shop.say("wang", "开工 MO-1")
    shop.say("wang", "完成 MO-1")
    after = shop.plan().items
    assert [code for code in after if after[code] != before[code]] == ["MO-1"]


def test_goods_that_come_in_two_lots(shop: Office) -> None:
    assert "到货中" in shop.say("zhao", "到货 PO-1 500 余下 12-09")
    assert shop.plan().items["PO-1"].start == date(2026, 12, 1), "a purchase is not begun by hand"
    assert "今日 到货 1500" in shop.say("zhao", "到货 PO-1 全部")
    assert shop.plan().items["PO-1"].status is Status.DONE


def test_goods_that_came_in_part_are_asked_for_the_rest(shop: Office) -> None:
    assert "还差 1500，哪天到？" in shop.say("zhao", "到货 PO-1 500")
    assert "预计 12-11" in shop.say("zhao", "12-11"), "the next words are the day"
    assert "按 赵敏 说的 12-11" in shop.say("lin", "进度 PO-1")
    assert "哪天到" not in shop.say("zhao", "到货 PO-1 200 余下 12-14")
    assert "哪天到" not in shop.say("zhao", "到货 PO-1 全部")


def test_a_wrong_report_is_put_right_by_a_newer_one(shop: Office) -> None:
    shop.say("wang", "报工 MO-1 160")
    assert "更正 RP-20261207-001：150" in shop.say("wang", "更正 150")
    assert "恢复为未开工，计划 12-07" in shop.say("wang", "更正 RP-20261207-001 作废 因为 报错单号")
    assert shop.plan().items["MO-1"].status is Status.CONFIRMED
    rows = shop.database.look(lambda uow: uow.reports.of_item("MO-1"))
    assert [(row.kind, row.corrects) for row in rows][1:] == [
        ("correction", "RP-20261207-001"), ("correction", "RP-20261207-001")
    ]  # fmt: skip


def test_a_done_item_is_reopened_by_withdrawing_what_finished_it(shop: Office) -> None:
    shop.say("wang", "完成 MO-1")
    told = shop.say("wang", "报工 MO-1 5")
    assert "已经完成" in told
    assert "[更正 RP-20261207-001 作废]" in told
    assert "恢复为未开工" in shop.say("wang", "更正 RP-20261207-001 作废")


def test_somebody_elses_report_is_corrected_by_their_approver_and_they_are_told(shop: Office) -> None:
    shop.say("han", "报工 MO-1 160")
    assert shop.say("he", "更正 RP-20261207-001 150") == (
        "RP-20261207-001 是 韩冬 报的：由本人、本部门审批人或协调员更正。"
    )
    told = shop.say("wang", "更正 RP-20261207-001 150")
    assert "韩冬：你报的 RP-20261207-001 已由 王五 更正。" in told


@pytest.mark.parametrize(
    ("who", "text", "told"),
    [
        ("he", "报工 MO-1 5", "何佳，MO-1 耳机组装 由 王五、韩冬、林静 报，什么也没有记。"),
        ("boss", "停机 生产部", "高总，生产部 的情况由 王五、韩冬、林静 报，什么也没有记。"),
        ("wang", "报工 MO-1 -5", f"“-5”{NO_NUMBER}"),
        ("wang", "报工 MO-1 减50", f"“-50”{NO_NUMBER}"),
        ("wang", "报工 MO-1 0", f"“0”{NO_NUMBER}"),
        ("wang", "报工 MO-1 120%", f"“120%”{NO_NUMBER}"),
        ("wang", "报工 MO-1 很多", "没有看懂“报工 MO-1 很多”，什么也没有记。数量写成数字，例如：报工 MO-1 300"),
        ("wang", "报工 MO-1 300 12-08", "2026-12-08 不能报：只能报 2026-11-06 到 2026-12-07 的。"),
        ("wang", "报工 MO-1 300 2026-10-30", "2026-10-30 不能报：只能报 2026-11-06 到 2026-12-07 的。"),
        ("wang", "开工 MO-1 明天", "2026-12-08 不能报：只能报 2026-11-06 到 2026-12-07 的。"),
        ("wang", "报工 MO-1 9000", "9000 太多了：MO-1 加上这次共 9000，是计划 2000 的三倍以上，没有记。请检查数字。"),
        ("wang", "到货 MO-1 5", "MO-1 耳机组装 不是采购，请报工：报工 MO-1 <数量>"),
        ("zhao", "报工 PO-1 5", "PO-1 主控芯片 是买来的，请报到货：到货 PO-1 <数量>"),
        ("zhao", "开工 PO-1", "PO-1 主控芯片 是买来的，请报到货：到货 PO-1 <数量>"),
        ("wang", "更正 RP-20261207-009 5", "没有报工号 RP-20261207-009。请核对编号，或直接发"
         "“更正 <数字>”改自己最近报的那条。"),
        ("wang", "更正 5", "王五 还没有报过，没有可以更正的。"),
        ("li", "报工 MO-9 5", "计划里没有“MO-9”，什么也没有做。最接近的是：MO-1"),
    ],
)  # fmt: skip
def test_what_cannot_be_booked_is_refused_in_a_sentence(shop: Office, who: str, text: str, told: str) -> None:
    assert shop.say(who, text).splitlines()[0] == told.replace("<", "＜").replace(">", "＞")
    assert list(shop.database.look(lambda uow: list(uow.reports.all()))) == []
    assert shop.plan().revision == 1


def test_cancelled_work_takes_no_report(shop: Office) -> None:
    shop.say("lin", "取消 RC-1 因为 不盘了")
    shop.say("lin", "提交")
    number = shop.database.look(lambda uow: uow.changes.open_ones()[0].no)
    assert number in shop.say("li", f"同意 {number}")
    assert shop.say("li", "报工 RC-1 50%") == "RC-1 年度盘点 已取消，不能报工；报错单了吗？"


def test_a_day_with_scrap_alone_and_a_day_off_are_accepted(shop: Office) -> None:
    assert "（报废 5）" in shop.say("wang", "报工 MO-1 0 报废5")
    assert "12-06 160" in shop.say("wang", "报工 MO-1 160 昨天"), "people do work on Sundays"
    assert shop.plan().items["MO-1"].start == date(2026, 12, 6)


def test_more_than_planned_is_asked_once(shop: Office) -> None:
    told = shop.say("wang", "报工 MO-1 2150")
    assert told.splitlines()[0] == "MO-1 加上这次共 2150，超过计划 2000，还没有记。是超产吗？"
    assert "[报工 MO-1 2150 超产]" in told
    assert "（已确认超出计划）" in shop.say("wang", "报工 MO-1 2150 超产")
    assert shop.database.look(lambda uow: uow.reports.of_item("MO-1")[0].over)


def test_a_little_more_is_not_asked(shop: Office) -> None:
    assert "累计 2100 / 2000（105%）" in shop.say("wang", "报工 MO-1 2100")


def test_the_same_within_two_minutes_is_asked(shop: Office) -> None:
    shop.say("wang", "报工 MO-1 160")
    told = shop.say("wang", "报工 MO-1 160")
    assert "再报一次是追加吗？不是就不用管。\n[报工 MO-1 160 追加]" in told
    assert "累计 320" in shop.say("wang", "报工 MO-1 160 追加")
    shop.wait(minutes=3)
    assert "累计 480" in shop.say("wang", "报工 MO-1 160")


def test_a_short_completion_asks_whether_it_is_enough(shop: Office) -> None:
    shop.say("wang", "报工 MO-1 1500")
    told = shop.say("wang", "完成 MO-1")
    assert told.splitlines()[0] == "MO-1 才做了 1500，离 2000 还差 500，还没有记完成。够了，还是还要做？"
    assert "[完成 MO-1 够了]" in told
    assert "累计 1500 / 2000（100%）" in shop.say("wang", "完成 MO-1 够了")


def test_an_estimate_is_no_count_when_it_is_called_finished(shop: Office) -> None:
    """60 % was said of 700 that were counted."""
    shop.say("wang", "报工 MO-1 700")
    assert "累计 1200 / 2000（60%，估） · 今日应到 400" in shop.say("wang", "报工 MO-1 60%")
    told = shop.say("wang", "完成 MO-1").splitlines()
    assert told[0] == (
        "MO-1 报过 60%，数过的只有 700，离 2000 还差 1300，还没有记完成。够了，还是还要做？"
    )
    assert told[1] == "[完成 MO-1 够了]"
    assert lines(shop.say("wang", "完成 MO-1 够了"))[1] == "累计 700 / 2000（100%）"


def test_what_should_be_done_is_the_plans(shop: Office) -> None:
    """400 a day, also where it began late; of what is over, or comes when it is said to, there is none on the way."""
    shop.wait(days=2)
    shop.say("wang", "报工 MO-1 160")
    assert "累计 160 / 2000（8%） · 今日应到 1200" in shop.say("lin", "进度 MO-1")
    assert "累计 0 / 2000（0%） · 今日应到 2000" in shop.say("lin", "进度 PO-1"), "due on 12-04"
    assert "今日应到" not in shop.say("lin", "进度 SO-1")
    assert "今日应到" not in shop.say("zhao", "到货 PO-1 全部")


def test_a_count_moves_no_start_of_what_ran_before(shop: Office) -> None:
    """The plan that was imported says since when; a count of an earlier day knows better."""
    plan = shop.plan()
    running = replace(plan.items["MO-1"], start=date(2026, 12, 1), duration=9, status=Status.IN_PROGRESS)
    shop.bring(plan.with_items([running]))
    told = shop.say("wang", "报工 MO-1 900")
    assert "现在记为" not in told
    assert shop.plan().items["MO-1"] == running
    assert "预测完工 12-15" in told, "180 a day for five days, beside 222 by plan: 6 more days"
    assert "今日应到 1111" in told, "whole pieces"
    assert "现在记为 11-30–12-11" in shop.say("wang", "报工 MO-1 10 2026-11-30")


def test_a_percent_is_an_estimate_until_the_next_count(shop: Office) -> None:
    assert "累计 1200 / 2000（60%，估）" in shop.say("wang", "报工 MO-1 60%")
    assert "累计 300 / 2000（15%）" in shop.say("wang", "报工 MO-1 300")


def test_all_of_one_line_is_booked_or_nothing(shop: Office) -> None:
    shop.say("wang", "报工 MO-1 9000 剩3天")
    assert list(shop.database.look(lambda uow: list(uow.reports.all()))) == []
    shop.say("wang", "报工 MO-1 300 剩3天")
    kinds = shop.database.look(lambda uow: [row.kind for row in uow.reports.all()])
    assert kinds == ["quantity", "remaining"]


def test_two_reports_of_one_line_are_told_as_one(shop: Office) -> None:
    """Both numbers, and what has become of the item since before the first."""
    told = lines(shop.say("wang", "报工 MO-1 160 剩3天"))
    assert told[0] == (
        "✅ **RP-20261207-001、RP-20261207-002 · MO-1 耳机组装 · 今日 160、今日起还剩 3 个工作日"
    )
    assert told[2] == "按这条记为 12-07 开工（计划第 2 版）"


def test_a_number_behind_a_day_is_a_count(shop: Office) -> None:
    told = lines(shop.say("wang", "报工 MO-1 预计 12-14 80"))
    assert told[0].endswith("今日 80、预计 12-14")
    assert lines(shop.say("wang", "报工 MO-1 expected Dec 15"))[0].endswith("预计 12-15")


def test_what_has_left_the_plan_is_put_right_and_drafts_nothing(shop: Office) -> None:
    shop.say("wang", "报工 MO-1 160")
    plan = shop.plan()
    items = {code: item for code, item in plan.items.items() if code != "MO-1"}
    links = tuple(link for link in plan.links if "MO-1" not in (link.predecessor, link.successor))
    shop.bring(replace(plan, items=items, links=links))
    told = shop.say("wang", "更正 RP-20261207-001 150")
    assert lines(told) == ["✅ **RP-20261207-002 · MO-1 · 更正 RP-20261207-001：150"]
    assert len(shop.database.look(lambda uow: uow.reports.of_item("MO-1"))) == 2


def test_a_deputy_who_stops_a_machine_acts_for_its_owner(shop: Office) -> None:
    shop.say("wang", "请假 今天到12-11 交给 何佳")
    shop.say("he", "代理 接受 王五")
    shop.say("he", "停机 MO-1")
    (row,) = shop.database.look(lambda uow: uow.reports.of_item("MO-1"))
    assert (row.by, row.acting_for) == ("he", "wang")


def test_the_day_a_machine_is_back_moves_no_forecast(shop: Office) -> None:
    shop.say("wang", "报工 MO-1 600")
    before = [line for line in shop.say("lin", "进度 MO-1").splitlines() if "预测" in line]
    shop.say("wang", "停机 MO-1 预计 12-24")
    assert [line for line in shop.say("lin", "进度 MO-1").splitlines() if "预测" in line] == before != []


def test_a_machine_that_stops_books_nothing(shop: Office) -> None:
    assert lines(shop.say("wang", "停机 MO-1 预计 12-09 因为 贴片头坏了")) == [
        "✅ **RP-20261207-001 · MO-1 耳机组装 · 今日 停机，预计 12-09 恢复",
        "要推迟的话，请 韩冬、林静、何佳 提出。",
    ]
    assert "生产部 · 今日 停机" in shop.say("wang", "停机 生产部")
    assert "PO-1 主控芯片 · 今日 隔离" in shop.say("zhao", "隔离 PO-1 因为 来料不良")
    assert shop.plan().revision == 1


def test_two_reports_in_one_message_are_two_taps(shop: Office) -> None:
    told = shop.say("wang", "报工 MO-1 100\n完成 MO-1")
    assert "[报工 MO-1 100]" in told
    assert "[完成 MO-1]" in told


def test_why_tells_who_reported_what(shop: Office) -> None:
    shop.say("wang", "完成 MO-1")
    told = shop.say("lin", "为什么 MO-1")
    assert "RP-20261207-001" in told
    assert "王五 报：今日 完成" in told
    assert "王五 报 今日 完成" in shop.say("lin", "为什么")


def test_what_is_changed_after_a_fact_stays_when_it_is_withdrawn(shop: Office) -> None:
    shop.say("wang", "报工 MO-1 160")
    shop.say("lin", "改期 MO-1 推迟1天 因为 设备故障")
    shop.say("lin", "提交")
    for change in shop.database.look(lambda uow: uow.changes.open_ones()):
        for step in change.waiting:
            shop.say(step.approvers[0], f"同意 {change.no}")
    assert shop.plan().items["MO-1"].finish == date(2026, 12, 14)
    shop.say("wang", "更正 RP-20261207-001 作废")
    item = shop.plan().items["MO-1"]
    assert (item.status, item.start, item.finish) == (Status.CONFIRMED, date(2026, 12, 7), date(2026, 12, 14))


# -- what proves itself ------------------------------------------------------------------------------------


def unproven(office: Office) -> list[str]:
    return office.database.look(lambda uow: faults(office.turn(uow)))


def test_the_trail_has_every_report(shop: Office) -> None:
    shop.say("wang", "报工 MO-1 160")
    shop.say("wang", "更正 150")
    kinds = shop.database.look(lambda uow: [event.kind for event in uow.audit.chain()])
    assert [kind for kind in kinds if kind.startswith("report.")] == [
        Kind.REPORTED, Kind.REPORT_APPLIED, Kind.CORRECTED
    ]  # fmt: skip
    assert unproven(shop) == []


@pytest.mark.parametrize(
    ("work", "told"),
    [
        ("UPDATE reports SET good = '16' WHERE no = 'RP-20261207-001'", "审计记录里有"),
        ("DELETE FROM reports WHERE no = 'RP-20261207-002'", "审计记录里有"),
        ("UPDATE reports SET void = true WHERE no = 'RP-20261207-002'", "审计记录里有"),
        ("UPDATE items SET status = 'confirmed' WHERE code = 'MO-1'", "哈希"),
    ],
)
def test_a_ledger_that_was_worked_on_is_found(shop: Office, work: str, told: str) -> None:
    shop.say("wang", "报工 MO-1 160")
    shop.say("wang", "更正 150")
    tampered(shop.database.url, work)
    assert told in unproven(shop)[0]
