"""Shadow mode from the first word to the report, on both databases: who is asked, what is shown, what is counted."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from cards.action import Verb
from cards.card import Card
from cards.encoders.wecom.encode import AIBOT, template_card
from cards.words import Words
from handlers.actions.change.decide import decide
from handlers.notify.render_card import draw
from handlers.turn import Turn
from planning.change.change import Change, ChangeState, Decision, Verdict
from planning.control.authority import Grant
from planning.control.condition import Condition
from planning.control.fences import Fence, FenceKind, Scope
from planning.control.policy import AFFECTED, Policy
from planning.control.rules import TYPES, Class, Event, Rule
from planning.control.shadow import ENFORCED, Shadow
from planning.plan.operation import Op, Operation
from storage.change.codec import policy_from_json
from storage.delivery.cards import CardRow, Purpose
from storage.unit_of_work import UnitOfWork
from tests.handlers.company import Company
from tests.handlers.govern.test_fences import approve, refused, submitted
from tests.handlers.notify.test_audit import trail
from tests.handlers.office import Office
from tests.previews import newest_change
from tests.reading import ways, whole
from tests.small_company import plan

COUNT = Operation("RC-1", Op.SHIFT, 1)
"""Moves the warehouse's own item and nothing else; LATER asks sales and production."""
CLOSED = Fence("seal", "封板", FenceKind.ROLLING, scope=Scope(types=("production",)), days=15)
GUARDED = replace(CLOSED, id="near", name="生产冻结期", approvals=("role:coordinator",))
EVERYTHING = Shadow(everything=True)
T = TypeVar("T")


def shadowed(office: Office, shadow: Shadow, **environment: Any) -> Office:
    office.environment = replace(office.environment, shadow=shadow, **environment)
    return office


def rows(office: Office, change: Change, purpose: Purpose) -> list[CardRow]:
    found = office.database.look(lambda uow: uow.cards.about(change.subject))
    return [row for row in found if row.purpose is purpose]


def shown(office: Office, row: CardRow) -> Card:
    return office.database.look(lambda uow: draw(office.turn(uow), row))


def seen(office: Office) -> list[str]:
    """What the audit trail says of shadow mode."""
    return [sentence for kind, sentence in trail(office) if kind == "change.shadowed"]


# who is asked, and what the others see


def test_of_a_mixed_change_only_the_enforced_decide_and_the_others_see_it_at_once(office: Office) -> None:
    shadowed(office, Shadow(("sales",)))
    change = submitted(office)
    assert [step.department for step in change.steps] == ["production"]
    assert [row.department for row in rows(office, change, Purpose.APPROVAL)] == ["production"]
    (notice,) = rows(office, change, Purpose.NOTICE)
    card = shown(office, notice)
    assert (notice.department, notice.conversation) == ("sales", "wecom:sales")
    assert card.summary == "影子运行：正式启用后，这张变更要由销售部同意。钱波：设备检修"
    assert (card.title, card.status) == ("推迟1天 · MO-1 耳机组装", f"{change.no} · 待生产部决定")
    assert ways(card) == ["收到", "有问题"]
    assert card.body.splitlines() == [
        "影子运行：正式启用后，这张变更要由销售部同意",
        "",
        "钱波：设备检修",
        "",
        "- SO-1 星河订单：完成 12-15 → 12-16（+1天）",
        "- DL-1 星河发货：完成 12-16 → 12-17（+1天） ⚠ 晚 1 天",
    ]
    assert card.details.splitlines() == [
        "钱波 提出 · 原因：设备检修",
        "",
        "**同意后的变化**",
        "- MO-1 耳机组装（生产部）：12-07～12-11 → 12-08～12-14（+1天）",
        "- SO-1 星河订单（销售部）：12-14～12-15 → 12-15～12-16（+1天）",
        "- DL-1 星河发货（销售部）：12-16 → 12-17（+1天）",
        "",
        "影响 3 项、2 个部门，晚交 1 单，最多 1 天",
        "- ⚠ DL-1 星河发货 晚 1 天",
        "",
        "- ℹ 影子运行：正式启用后，这张变更要由销售部同意",
        "",
        "**审批**",
        "- ⏳ 生产部：或签：王五、韩冬 任一人同意即可",
        "",
        "为什么发给你：销售部在影子运行，只看不批 · 计划第 1 版",
    ]


def test_the_notice_is_brought_up_to_date_when_it_is_decided_and_sent_once(office: Office) -> None:
    shadowed(office, Shadow(("sales",)))
    change = submitted(office)
    applied = approve(office, change.no, "production")
    assert applied.state is ChangeState.APPLIED
    of_sales = [row for row in rows(office, change, Purpose.NOTICE) if row.department == "sales"]
    assert [row.wanted_version for row in of_sales] == [2]
    card = shown(office, of_sales[0])
    assert card.status == f"{change.no} · 已生效，请知悉"
    assert "**变化**" in card.details
    assert "影子运行：正式启用后，这张变更要由销售部同意" in card.body
    assert "计划第 2 版" in card.details


def test_the_notice_tells_of_a_rejection_too(office: Office) -> None:
    shadowed(office, Shadow(("sales",)))
    change = submitted(office)

    def unit(uow: UnitOfWork) -> None:
        turn = office.turn(uow)
        said = Decision("wang", Verdict.REJECT, turn.now, change.impact.hash, "产能不够")
        decide(turn, turn.change(change.no), "production", said)
        uow.commit()

    office.database.write_now(unit)
    (notice,) = rows(office, change, Purpose.NOTICE)
    assert notice.wanted_version == 2
    assert shown(office, notice).status == f"{change.no} · 王五 已驳回"


def test_with_no_enforced_department_left_it_takes_effect_at_once_and_everyone_is_told(office: Office) -> None:
    shadowed(office, Shadow(("sales", "production")))
    change = submitted(office)
    assert (change.state, change.steps, change.applied_revision) == (ChangeState.APPLIED, (), 2)
    told = rows(office, change, Purpose.NOTICE)
    assert sorted(row.department for row in told) == ["production", "sales", "warehouse"]
    assert "影子运行：正式启用后，这张变更要由销售部、生产部同意" in shown(office, told[0]).body
    assert office.database.look(lambda uow: uow.timers.get("expiry", change.no)) is None
    assert office.database.look(lambda uow: uow.escalations.of_change(change.no)) == {}


def test_nobody_waits_for_a_department_in_shadow(office: Office) -> None:
    shadowed(office, Shadow(("sales",)))
    change = submitted(office)
    assert set(office.database.look(lambda uow: uow.escalations.of_change(change.no))) == {"production"}
    assert change.no not in office.say("su", "待办")
    assert change.no in office.say("wang", "待办")
    assert office.say("su", f"同意 {change.no}") == office.say("zhao", f"同意 {change.no}"), "as anybody not asked"
    assert "苏经理" in office.say("boss", f"谁知道 {change.no} 全部")


def test_a_product_line_in_shadow(office: Office) -> None:
    earbuds = [replace(item, product="耳机") for item in plan().items.values() if item.code in ("MO-1", "SO-1")]
    office.bring(plan().with_items(earbuds))
    shadowed(office, Shadow((), ("耳机",)))
    change = submitted(office)
    assert [step.department for step in change.steps] == ["sales"], "the delivery is none of the line"
    assert change.policy.shade.places == ("product:耳机",)
    assert seen(office) == [f"影子运行：{change.no} 若正式启用，要由生产部同意"]


def test_whom_a_rule_names_is_shown_a_change_that_is_all_in_shadow(office: Office) -> None:
    when = Condition.of("item.type == 'production'", TYPES)
    urgent = Rule("down", Event.MACHINE_DOWN, when, Class.EMERGENCY, (AFFECTED, "role:coordinator"))
    change = submitted(shadowed(office, EVERYTHING, rules=(urgent,)))
    assert (change.state, change.klass, change.steps) == (ChangeState.APPLIED, "emergency", ())
    told = {row.department: row.conversation for row in rows(office, change, Purpose.NOTICE)}
    assert told["role:coordinator"] == "dingtalk:cidPlanning=="
    mixed = submitted(shadowed(office, Shadow(("production",)), rules=(urgent,)))
    assert [step.department for step in mixed.steps] == ["sales", "role:coordinator"]


def test_on_wecom_the_card_says_it_in_what_little_room_there_is(office: Office) -> None:
    (notice,) = rows(office, submitted(shadowed(office, Shadow(("sales",)))), Purpose.NOTICE)
    drawn = template_card(shown(office, notice), "t1", AIBOT, "https://plan.example.com")
    assert drawn["sub_title_text"].startswith("影子运行：正式启用后，这张变更要由销售部同意。钱波：设备检修")
    assert [button["text"] for button in drawn["button_list"]] == ["收到", "有问题", "详情"]


def test_what_was_kept_before_there_was_shadow_is_enforced() -> None:
    assert policy_from_json({"rule": "r", "approvals": ["sales"]}) == Policy("r", approvals=("sales",))


# fences


def test_a_closed_fence_in_shadow_shows_and_does_not_refuse(office: Office) -> None:
    shadowed(office, Shadow(("production",)), fences=(CLOSED,))
    assert office.say("qian", "改期 MO-1 推迟1天 因为 设备检修") == "", "a preview"
    (preview,) = rows(office, newest(office), Purpose.PROPOSAL)
    assert [line for line in shown(office, preview).body.splitlines() if "影子" in line] == [
        "影子运行：正式启用后，MO-1 会被冻结窗“封板”拦下",
        "影子运行：正式启用后，这张变更要由生产部同意",
    ]
    change = submitted(office)
    assert [step.department for step in change.steps] == ["sales"]
    assert approve(office, change.no, "sales").state is ChangeState.APPLIED
    assert seen(office) == [f"影子运行：{change.no} 若正式启用，会被冻结窗“封板”拦下、要由生产部同意"]


def test_a_fence_in_shadow_asks_nobody_for_a_special_approval(office: Office) -> None:
    shadowed(office, Shadow(("production",)), fences=(GUARDED,))
    change = submitted(office)
    assert [step.department for step in change.steps] == ["sales"]
    assert change.policy.breaches == ()
    assert "影子运行：正式启用后，MO-1 在冻结窗“生产冻结期”内，要计划协调员特批" in office.say(
        "boss", "影响 MO-1 推迟1天"
    )
    assert seen(office) == [f"影子运行：{change.no} 若正式启用，要由生产部、计划协调员同意"]


def test_a_fence_of_what_is_enforced_refuses_as_ever(office: Office) -> None:
    shadowed(office, Shadow(("sales",)), fences=(CLOSED,))
    assert refused(office) == (
        "MO-1 耳机组装 在冻结窗“封板”内，不能改：这个窗没有设特批。"
        "它现在就在窗内，改到哪天都要先放开。要改，请计划协调员（林静）让管理员在设置里放开。"
    )


def test_what_cannot_be_done_is_refused_in_shadow_as_well(office: Office) -> None:
    shadowed(office, EVERYTHING)
    assert office.say("qian", "改期 MO-1 到 2026-11-02 因为 试试") == (
        "MO-1 不能在 2026-11-02 完成：那样 2026-10-27 就要开始，已经过去（今天是 2026-11-23）。"
    )


def test_what_is_seen_when_it_is_applied_is_recorded_where_it_differs(office: Office) -> None:
    """Time alone brings MO-1 into the fence (edge case 12); its department is in shadow."""
    shadowed(office, Shadow(("production",)), fences=(replace(GUARDED, days=9),))
    change = submitted(office)
    office.wait(days=1)
    assert approve(office, change.no, "sales").state is ChangeState.APPLIED
    assert seen(office) == [
        f"影子运行：{change.no} 若正式启用，要由生产部同意",
        f"影子运行：{change.no} 若正式启用，要由生产部、计划协调员同意",
    ]


def test_a_request_keeps_the_shadow_it_was_submitted_under(office: Office) -> None:
    """Edge case 11, both ways."""
    shadowed(office, Shadow(("production",)), fences=(GUARDED,))
    under_shadow = submitted(office)
    shadowed(office, ENFORCED)
    assert approve(office, under_shadow.no, "sales").state is ChangeState.APPLIED
    enforced = submitted(office)
    shadowed(office, EVERYTHING)
    waiting = approve(office, enforced.no, "sales", "production")
    assert [step.department for step in waiting.waiting] == ["role:coordinator"]


# who may propose


def test_who_may_not_change_it_is_told_so_and_not_stopped_in_shadow(office: Office) -> None:
    grants = (Grant("sales"), Grant("role:coordinator"), Grant("qian", Scope(departments=("purchasing",))))
    shadowed(office, ENFORCED, grants=grants)
    sentence = refused(office)
    shadowed(office, Shadow(("production",)))
    change = submitted(office)
    (preview_line,) = [line for line in lines_of(office, change) if "拦下" in line]
    assert preview_line == f"影子运行：正式启用后会被拦下——{sentence}"
    assert seen(office) == [f"影子运行：{change.no} 若正式启用，会被变更权限拦下、要由生产部同意"]


# the report


def story(office: Office) -> list[str]:
    """Four changes; their numbers: a closed fence, twice somebody to wait for, once no difference."""
    small = Rule("small", Event.ANY, Condition.of("late_orders == 0 && departments <= 1", TYPES), Class.STANDARD, ())
    shadow = Shadow(("production", "warehouse"), ("耳机",))
    shadowed(office, shadow, fences=(CLOSED,))
    nos = [submitted(office).no]
    approve(office, nos[0], "sales")
    shadowed(office, shadow, fences=())
    nos.append(submitted(office).no)
    nos.append(submitted(office, COUNT).no)
    shadowed(office, shadow, rules=(small,))
    nos.append(submitted(office, COUNT).no)
    return nos


def test_the_report_counts_what_would_have_been_refused_and_asked(office: Office) -> None:
    first, second, third, fourth = story(office)
    assert office.say("boss", "影子").splitlines() == [
        "**影子运行报告**（最近 30 天）",
        "影子运行中：生产部、仓储部、产品 耳机（现在的计划里没有）",
        "",
        "**生产部**：2 张变更",
        f"- 会被拦下 1 张：冻结窗“封板” 1 张（{first}）",
        f"- 会等人同意 1 张：生产部 1 张（{second}）",
        "",
        "**仓储部**：2 张变更",
        f"- 会等人同意 1 张：仓储部 1 张（{third}）",
        f"- 和现在一样 1 张：{fourth}",
        "",
        "**产品 耳机（现在的计划里没有）**：0 张变更",
        "",
        "按影子里的全部正式启用来算。",
        "正式启用：管理员把部门或产品从 config.yaml 的 shadow 里删掉，再重启；已提交的变更仍按提交时的算。",
    ]


def test_with_everything_in_shadow_there_is_a_line_for_each_product_and_the_way_to_enforce_is_named(
    office: Office
) -> None:
    items = {code: replace(item, product="P-1") for code, item in plan().items.items()}
    office.bring(replace(plan(), items=items))
    shadowed(office, EVERYTHING)
    no = submitted(office, COUNT).no
    told = office.say("boss", "影子").splitlines()
    assert told[1] == "影子运行中：全部部门和产品"
    assert [line for line in told if line.startswith("**")][1:] == ["**仓储部**：1 张变更", "**产品 P-1**：1 张变更"]
    assert told[-1].startswith("正式启用：管理员把 config.yaml 的 shadow 里的 all: true 去掉")
    only = office.say("boss", "影子 仓储").splitlines()
    assert [line for line in only if line.startswith("**")][1:] == ["**仓储部**：1 张变更"]
    assert f"- 会等人同意 1 张：仓储部 1 张（{no}）" in only
    assert "**生产部**：0 张变更" in office.say("boss", "影子 报告 生产部 最近7天")
    assert "**产品 P-1**：1 张变更" in office.say("boss", "影子 p-1")
    assert office.say("boss", "影子 火星部") == (
        "没有叫“火星部”的部门或产品。部门有：销售部、生产部、采购部、计划部、仓储部；"
        "产品写计划里的产品代码。例如：影子 最近7天"
    )


def test_the_report_looks_back_as_far_as_it_is_asked(office: Office) -> None:
    story(office)
    office.wait(days=8)
    recent = office.say("boss", "影子 报告 最近7天")
    assert recent.startswith("**影子运行报告**（最近 7 天）")
    assert "**生产部**：0 张变更" in recent
    assert "**生产部**：2 张变更" in office.say("boss", "影子 最近两周")


def test_what_is_enforced_by_now_is_still_told(office: Office) -> None:
    nos = story(office)
    shadowed(office, ENFORCED)
    told = office.say("boss", "影子").splitlines()
    assert told[1] == "影子运行中：没有，全部正式执行"
    assert "**仓储部（现已正式执行）**：2 张变更" in told
    assert f"- 和现在一样 1 张：{nos[3]}" in told
    assert told[-1] == "要先观察再启用：管理员在 config.yaml 的 shadow 里写上部门或产品，再重启。"


def test_the_report_of_nothing(office: Office) -> None:
    assert office.say("boss", "影子") == (
        "**影子运行报告**（最近 30 天）\n影子运行中：没有，全部正式执行\n"
        "要先观察再启用：管理员在 config.yaml 的 shadow 里写上部门或产品，再重启。"
    )
    shadowed(office, EVERYTHING)
    assert "影子运行中：全部部门和产品\n\n这段时间没有影子范围内的变更。" in office.say("boss", "影子")


def test_the_report_in_english(office: Office) -> None:
    nos = story(office)
    shadowed(office, Shadow(("production",)), words=Words("en"))
    assert office.say("boss", "shadow last 7 days").splitlines()[:6] == [
        "**Shadow mode** (the last 7 days)",
        "In shadow: 生产部",
        "",
        "**生产部**: changes: 2",
        f"- would have been refused: 1: the fence “封板” 1 ({nos[0]})",
        f"- would have waited: 1: 生产部 1 ({nos[1]})",
    ]


def test_what_is_not_understood_is_told_with_the_right_form(office: Office) -> None:
    assert office.say("boss", "影子 关闭") == "没有看懂“影子 关闭”。请写：影子 报告 最近7天"


def newest(office: Office) -> Change:
    return looked(office, newest_change)


def lines_of(office: Office, change: Change) -> list[str]:
    """Class, rule, fences and shadow, as every card of it has them."""
    return looked(office, lambda turn: turn.view(change).governed)


def looked(office: Office, what: Callable[[Turn], T]) -> T:
    return office.database.look(lambda uow: what(office.turn(uow)))


async def test_each_card_is_sent_when_it_is_asked_and_when_it_is_decided(company: Company) -> None:
    """WeCom cannot change a card that was sent without a click: the last state is another one, and only that."""
    running = Company(company.database, company.clock, replace(company.environment, shadow=Shadow(("sales",))))
    no = await running.proposes("han", "改期 MO-1 推迟1天 因为 设备检修")
    notice = await running.card(no, Purpose.NOTICE, "sales")
    assert [card.status for card in running.shown(notice)] == [f"{no} · 待生产部决定"]
    await running.press("su", notice, Verb.RECEIVED)
    await running.approves(no)
    assert [card.status for card in running.shown(notice)] == [f"{no} · 待生产部决定", f"{no} · 已生效，请知悉"]
    assert await running.look(lambda turn: "su" in turn.uow.changes.acknowledged(no))


async def test_an_emergency_that_asks_nobody_promises_no_ratification(company: Company) -> None:
    environment = replace(company.environment, shadow=EVERYTHING, rules=(Rule("e", Event.ANY, None, Class.EMERGENCY),))
    running = Company(company.database, company.clock, environment)
    no = await running.proposes("han")
    preview = running.shown(await running.card(no, Purpose.PROPOSAL))[0]
    assert "✔ 影子运行，没有人要批：提交后立即生效" in preview.body
    assert "追认" not in whole(preview)
    assert (await running.change(no)).state is ChangeState.APPLIED
