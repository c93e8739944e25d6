"""Leave, people who left and four eyes together: every step waits for somebody who may decide it, and says for whom."""

from dataclasses import replace

from cards.action import Verb
from handlers.lifecycle.escalate import watch_all
from handlers.reads.trail.audit_sentences import told
from handlers.turn import Turn
from planning.change.change import ChangeState, Step, StepState
from planning.people.organisation import Organisation, Person, Role
from storage.database import Database
from storage.delivery.cards import Purpose
from tests.bot.delivery.office import ENVIRONMENT
from tests.handlers.company import PLANNING, PRODUCTION, PURCHASING, SALES, WAREHOUSE, Company
from tests.small_company import APPROVER, PLANNER, organisation

SALES_ONLY = "改期 DL-1 推迟1天 因为 客户改期"
STOCKTAKING = "改期 RC-1 推迟1天 因为 盘点人手不够"


async def step(company: Company, no: str, department: str) -> Step:
    found = (await company.change(no)).step_of(department)
    assert found is not None
    return found


def new(company: Company, room: str, before: int) -> list[str]:
    return company.told(room)[before:]


async def test_a_leave_that_names_the_proposer_asks_the_coordinator_at_once(company: Company) -> None:
    no = await company.proposes("qian", SALES_ONLY, PURCHASING)
    await company.leaves("su", "代理 钱波 11-23~11-27", SALES)
    assert (await step(company, no, "sales")).approvers == ("su", "lin")
    card = await company.card(no, Purpose.APPROVAL, "sales")
    assert card.conversation == PLANNING
    assert [row.conversation for row in await company.cards(no)].count(PURCHASING) == 1, "only the proposer's own card"
    assert no not in (await company.types("qian", "待办", PURCHASING)).partition("我提出的")[0]
    company.clock.move(hours=1)
    sales, purchasing = len(company.told(SALES)), len(company.told(PURCHASING))
    assert await company.types("lin", f"催办 {no}", PLANNING) != ""
    assert [text for text in company.told(PLANNING) if "还没有决定，等 林静，" in text]
    assert (new(company, SALES, sales), new(company, PURCHASING, purchasing)) == ([], [])
    assert (await company.press("lin", card, Verb.APPROVE)).status.startswith(no)
    assert (await company.change(no)).applied_revision == 2


async def test_a_proposer_who_names_the_only_approver_does_not_take_them_out(company: Company) -> None:
    no = await company.proposes("qian", SALES_ONLY, PURCHASING)
    await company.leaves("qian", "代理 苏经理 11-23~11-27", PURCHASING)
    assert (await step(company, no, "sales")).approvers == ("su",)
    assert no in await company.types("su", "待办", SALES)
    assert no not in await company.types("lin", "待办", PLANNING)
    await company.press("su", await company.card(no, Purpose.APPROVAL, "sales"), Verb.APPROVE)
    assert (await company.change(no)).applied_revision == 2


async def test_who_acts_for_the_proposer_is_not_asked_about_what_comes_after_and_may_still_say_no(
    company: Company,
) -> None:
    await company.leaves("qian", "代理 苏经理 11-23~11-27", PURCHASING)
    no = await company.proposes("qian", SALES_ONLY, PURCHASING)
    assert (await step(company, no, "sales")).approvers == ("lin",)
    why = "为什么发给你：销售部能审批的人不够，由 林静 代为决定"
    assert why in company.shown(await company.card(no, Purpose.APPROVAL, "sales"))[-1].details
    assert "你是 钱波 的代理人" in await company.types("su", f"同意 {no}", SALES)
    assert "卡片在这里" in await company.types("su", f"驳回 {no} 因为 客户不同意", SALES), "she was shown none"
    assert "驳回" in await company.types("su", f"驳回 {no} 因为 客户不同意", SALES)
    assert (await company.change(no)).state is ChangeState.REJECTED


async def test_the_coordinators_superior_stands_in_for_her(company: Company) -> None:
    no = await company.proposes("lin", SALES_ONLY, PLANNING)
    await company.leaves("su", "代理 林静 11-23~11-27", SALES)
    assert (await step(company, no, "sales")).approvers == ("su", "boss")


async def test_a_leave_that_begins_and_one_that_is_over(company: Company) -> None:
    """Nobody is asked before the leave begins; when su is back she is waited for again, and lin may still decide."""
    no = await company.proposes("qian", SALES_ONLY, PURCHASING)
    await company.leaves("su", "代理 钱波 11-24", SALES)
    assert (await step(company, no, "sales")).approvers == ("su",)
    await company.rings(hours=24)
    assert (await step(company, no, "sales")).approvers == ("su", "lin")
    timer = await company.look(lambda turn: turn.uow.timers.get("leave", "su"))
    assert timer is not None
    await company.rings(hours=24)
    assert await company.look(lambda turn: turn.uow.timers.get("leave", "su")) is None
    view = await company.look(lambda turn: turn.view(turn.change(no)).waited_for(turn.change(no).waiting[0]))
    assert view == "苏经理、林静"


async def test_a_deputy_who_is_away_hands_nothing_further(company: Company) -> None:
    """One hop: wang acts for li, and is away himself; su acts for wang, not for li. When wang is back it is he."""
    no = await company.proposes("qian", STOCKTAKING, PURCHASING)
    await company.leaves("wang", "代理 苏经理 11-23~11-24")
    await company.leaves("li", "代理 王五 11-23~11-27", WAREHOUSE)
    assert (await step(company, no, "warehouse")).approvers == ("li", "lin")
    assert "不是" in await company.types("su", f"同意 {no}", SALES)
    await company.rings(hours=48)
    assert (await company.card(no, Purpose.APPROVAL, "warehouse")).conversation == PRODUCTION
    await company.press("wang", await company.card(no, Purpose.APPROVAL, "warehouse"), Verb.APPROVE)
    assert (await step(company, no, "warehouse")).decisions[-1].acting_for == "li"


async def test_coming_back_from_a_leave_takes_the_others_hands_away(company: Company) -> None:
    """wang was away himself, so nobody acted for li; when wang is back early it is he who does."""
    no = await company.proposes("qian", STOCKTAKING, PURCHASING)
    await company.leaves("wang", "代理 苏经理 11-23~11-24")
    await company.leaves("li", "代理 王五 11-23~11-27", WAREHOUSE)
    await company.types("wang", "代理 取消")
    assert (await company.card(no, Purpose.APPROVAL, "warehouse")).conversation == PRODUCTION


async def test_a_step_handed_to_somebody_on_leave_is_shown_to_who_acts(company: Company) -> None:
    no = await company.proposes("qian", "改期 MO-1 推迟2天 因为 设备故障", PURCHASING)
    await company.leaves("lin", "代理 李大伟 11-23~11-27", PLANNING)
    await company.press("wang", await company.card(no, Purpose.APPROVAL, "production"), Verb.TRANSFER, "lin")
    cards = {row.conversation: row for row in await company.cards(no) if row.department == "production"}
    assert set(cards) == {PRODUCTION, PLANNING, WAREHOUSE}
    await company.press("li", cards[WAREHOUSE], Verb.APPROVE)
    assert (await step(company, no, "production")).decisions[-1].acting_for == "lin"


async def test_a_step_that_was_sent_back_and_then_handed_on_is_shown_to_the_new_one(company: Company) -> None:
    no = await company.proposes("qian", STOCKTAKING, PURCHASING)
    card = await company.card(no, Purpose.APPROVAL, "warehouse")
    await company.press("li", card, Verb.MODIFY, input="请提前")
    await company.press("li", card, Verb.TRANSFER, "lin")
    handed = await company.card(no, Purpose.APPROVAL, "warehouse")
    assert handed.conversation == PLANNING
    await company.press("lin", handed, Verb.APPROVE)
    assert (await company.change(no)).applied_revision == 2


async def test_whose_approvers_all_left_is_asked_of_others_when_the_service_starts(database: Database) -> None:
    """Case 9: li, who alone decides for the warehouse, and the coordinator are no longer in the settings."""
    company = Company(database).opens()
    no = await company.proposes("qian", STOCKTAKING, PURCHASING)
    stay = [person for person in organisation().people.values() if person.id not in ("li", "lin")]
    gone = replace(ENVIRONMENT, organisation=Organisation.of(organisation().departments.values(), stay))
    later = Company(database, company.clock, gone)
    await later.scheduler.start()
    await later.scheduler.stop()
    assert (await step(later, no, "warehouse")).approvers == ("li", "admin")
    await later.office.deliver()
    later.clock.move(hours=1)
    await later.types("qian", f"催办 {no}", PURCHASING)
    assert (len(later.told(PLANNING)), later.told(SALES)) == (1, []), "the reminder is for who is asked"
    for said in (await later.types("qian", f"谁知道 {no}", PURCHASING), *later.told(PLANNING)):
        assert "吴凡" in said
        assert "li" not in said
    await later.press("admin", await later.card(no, Purpose.APPROVAL, "warehouse"), Verb.APPROVE)
    assert (await later.change(no)).applied_revision == 2


async def test_what_a_freeze_held_meanwhile_is_looked_after_when_it_goes_on(company: Company) -> None:
    no = await company.proposes("qian", STOCKTAKING, PURCHASING)
    await company.types("lin", "冻结 仓储部 12-01~12-30 因为 盘点", PLANNING)
    await company.types("lin", "冻结 确认 F-001", PLANNING)
    await company.leaves("li", "代理 钱波 11-23~11-27", WAREHOUSE)
    assert (await step(company, no, "warehouse")).approvers == ("li",)
    await company.types("lin", "解冻 F-001", PLANNING)
    assert (await step(company, no, "warehouse")).approvers == ("li", "lin")




async def test_a_card_in_other_hands_says_how_it_came_there(company: Company) -> None:
    """Handed on, and acted for: on the card of either platform, and in the answer to a typed word."""
    no = await company.proposes("qian", "改期 MO-1 推迟2天 因为 设备故障", PURCHASING)
    await company.press("wang", await company.card(no, Purpose.APPROVAL, "production"), Verb.TRANSFER, "lin")
    await company.leaves("su", "代理 李大伟 11-23~11-27", SALES)
    handed = company.shown(await company.card(no, Purpose.APPROVAL, "production"))[-1]
    assert "为什么发给你：1 项归生产部负责；王五 转交给 林静 · " in handed.details
    assert handed.summary.startswith("王五 转交给 林静。")
    acting = company.shown(await company.card(no, Purpose.APPROVAL, "sales"))[-1]
    assert "归销售部负责；苏经理 请假，由 李大伟 代为决定 · " in acting.details
    told = await company.types("li", f"同意 {no}", WAREHOUSE)
    assert told.startswith(f"已记录：销售部 李大伟（代苏经理） 同意 {no}。")
    decided = await company.drawn(await company.card(no, Purpose.APPROVAL, "sales"))
    assert decided.status.startswith(f"{no} · 销售部 李大伟（代苏经理） 已同意")


async def test_of_several_who_have_to_approve_only_so_many_are_called_in_as_are_missing(database: Database) -> None:
    """Both of production; han's deputy is wang, who has one vote and one name. The proposer names wang, too: that takes
    nothing from him, who was asked before."""
    both = [replace(d, approval=2) if d.id == "production" else d for d in organisation().departments.values()]
    staffed = Organisation.of(both, organisation().people.values())
    company = Company(database, environment=replace(ENVIRONMENT, organisation=staffed)).opens()
    no = await company.proposes("qian", "改期 MO-1 推迟2天 因为 设备故障", PURCHASING)
    await company.leaves("han", "代理 王五 11-23~11-27")
    waits = "等 王五（也代韩冬）、林静"
    assert (await step(company, no, "production")).approvers == ("wang", "han", "lin")
    await company.leaves("qian", "代理 王五 11-23~11-27", PURCHASING)
    assert (await step(company, no, "production")).approvers == ("wang", "han", "lin")
    cards = [row for row in await company.cards(no) if row.conversation == PLANNING]
    assert len(cards) == 1
    company.clock.move(hours=1)
    await company.types("qian", f"催办 {no}", PURCHASING)
    assert any(waits in text for text in company.told(PRODUCTION))
    await company.press("wang", cards[0], Verb.APPROVE)
    await company.press("lin", cards[0], Verb.APPROVE)
    assert (await step(company, no, "production")).missing == 0


def with_roles(company: Company, **roles: frozenset[Role]) -> Company:
    """The service after a restart with other settings: these people have other roles now."""
    people = company.environment.organisation.people
    changed = {id: replace(people[id], roles=held) for id, held in roles.items()}
    organisation = Organisation(company.environment.organisation.departments, {**people, **changed})
    return Company(company.database, company.clock, replace(company.environment, organisation=organisation))


VIEWER = frozenset({Role.VIEWER})


async def test_who_may_not_decide_any_more_decides_nothing_by_click_or_by_word(company: Company) -> None:
    no = await company.proposes("lin", room=PLANNING)
    later = with_roles(company, wang=VIEWER)
    row = await later.card(no, Purpose.APPROVAL, "production")
    pressed = await later.press("wang", row, Verb.APPROVE)
    assert pressed.summary.startswith(f"你不是 {no} 当前环节的审批人，你的决定没有生效。")
    assert (await later.types("wang", f"驳回 {no} 因为 太早")).startswith(f"你不是 {no} 当前环节的审批人")
    assert (await step(later, no, "production")).approvers == ("han",)
    assert (await step(later, no, "production")).decisions == ()
    assert (await later.types("han", f"同意 {no}")).startswith("已记录：")


async def test_where_nobody_is_left_the_step_is_asked_anew_at_the_start(company: Company) -> None:
    no = await company.proposes("qian", SALES_ONLY, PURCHASING)
    later = with_roles(company, su=VIEWER, he=APPROVER | PLANNER)
    await later.office.write(lambda uow: watch_all(Turn(uow, later.clock.now(), later.environment)))
    assert (await step(later, no, "sales")).approvers == ("he",)
    assert (await later.types("he", f"同意 {no}", SALES)).startswith("已记录：")
    trail = await later.look(lambda turn: [told(turn, event) for event in turn.uow.audit.chain()])
    assert f"{no} 销售部：苏经理 不能再决定，改请 何佳" in trail


async def test_without_any_approver_the_coordinator_is_asked_where_she_reads(company: Company) -> None:
    no = await company.proposes("qian", SALES_ONLY, PURCHASING)
    later = with_roles(company, su=VIEWER)
    asked = await later.types("su", f"同意 {no}", SALES)
    assert asked.startswith(f"你不是 {no} 当前环节的审批人")
    found = await step(later, no, "sales")
    assert (found.approvers, found.fallback) == (("lin",), True)
    card = await later.card(no, Purpose.APPROVAL, "sales")
    assert card.conversation == PLANNING
    await later.office.deliver()
    assert (await later.press("lin", card, Verb.APPROVE)).status.startswith(no)
    assert (await later.change(no)).applied_revision == 2


async def test_a_word_that_was_given_stands_and_all_of_the_rest_are_waited_for(company: Company) -> None:
    people = company.environment.organisation.people
    departments = company.environment.organisation.departments
    all_of_them = {**departments, "production": replace(departments["production"], approval=0)}
    known = {**people, "wu": Person("wu", "吴刚", "production", APPROVER, {"dingtalk": "d-wu"})}
    environment = replace(company.environment, organisation=Organisation(all_of_them, known))
    company = Company(company.database, company.clock, environment)
    no = await company.proposes("lin", room=PLANNING)
    assert (await step(company, no, "production")).needs == 3
    await company.types("wang", f"同意 {no}")
    later = with_roles(company, wang=VIEWER, wu=VIEWER)
    await later.types("han", f"同意 {no}")
    found = await step(later, no, "production")
    assert (found.state, found.voters, found.needs) == (StepState.APPROVED, ("wang", "han"), 2)


async def test_a_coordinator_whom_it_was_handed_to_and_a_manager_stay_asked(company: Company) -> None:
    no = await company.proposes("qian", SALES_ONLY, PURCHASING)
    assert await company.types("su", f"转交 {no} 林静", SALES) != ""
    assert (await step(company, no, "sales")).approvers == ("lin",)
    later = with_roles(company, su=VIEWER)
    assert (await later.types("lin", f"同意 {no}", PLANNING)).startswith("已记录：")
