"""撤销 on both databases: within ten minutes, as a change of its own, told to all; and each way it is refused."""

from dataclasses import replace
from datetime import timedelta

from cards.action import Verb
from handlers.reads.trail.audit_sentences import told as written
from planning.change.change import Change, ChangeState
from planning.control.fences import Fence, FenceKind
from planning.control.rules import Class
from planning.plan.item import Status
from storage.database import Database
from storage.delivery.cards import Purpose
from tests.bot.delivery.office import ENVIRONMENT
from tests.handlers.company import LATER, PLANNING, PRODUCTION, SALES, WAREHOUSE, Company
from tests.handlers.govern.test_classify import SMALL
from tests.handlers.lifecycle.test_emergencies import DOWN, compensation, kinds, now, same_items
from tests.reading import whole
from tests.small_company import plan

BACK = "改期 MO-1 到 2026-12-11 联动 因为 改回 {no} 之前"


async def applied(company: Company, person: str = "han", text: str = LATER, room: str = PRODUCTION) -> str:
    no = await company.proposes(person, text, room)
    await company.approves(no)
    assert (await company.change(no)).state is ChangeState.APPLIED
    return no


async def asked(company: Company, person: str, text: str, room: str = PRODUCTION) -> Change:
    """The compensating change it makes."""
    answer = await company.types(person, text, room)
    assert answer == "", "a card is the answer"
    return await company.look(lambda turn: turn.uow.changes.newest_first(1)[0])


# it is taken back


async def test_the_proposer_takes_it_back_and_the_plan_is_as_it_was(company: Company) -> None:
    before = await now(company)
    no = await applied(company)
    by = await asked(company, "han", f"撤销 {no} 因为 备件提前到了")
    after = await now(company)
    assert (after.revision, same_items(after, before)) == (3, True)
    assert (by.state, by.reverts, by.proposer, by.steps) == (ChangeState.APPLIED, no, "han", ())
    assert by.reason == f"撤销 {no}：备件提前到了"
    assert (await company.change(no)).state is ChangeState.REVERTED
    assert (await kinds(company, no))[-1] == "change.reverted"
    assert await kinds(company, by.no) == ["change.drafted", "change.submitted", "change.applied"]


async def test_everyone_who_was_told_is_told_and_sees_the_effect(company: Company) -> None:
    no = await applied(company)
    by = await asked(company, "han", f"撤销 {no}")
    told = {row.department: row.conversation for row in await company.cards(by.no)}
    assert told == {"production": PRODUCTION, "sales": SALES, "warehouse": WAREHOUSE}
    (card,) = company.shown(await company.card(by.no, Purpose.NOTICE, "production"))
    assert card.title == f"撤销 {no} · MO-1 耳机组装"
    assert "SO-1 星河订单（销售部）：12-16～12-17 → 12-14～12-15（-2天）" in whole(card)
    old = company.shown(await company.card(no, Purpose.PROPOSAL))[-1]
    assert old.status == f"{no} · 已撤销恢复"


async def test_the_title_names_what_the_change_moved_first(database: Database) -> None:
    """Wherever the plan has it: here what hangs on it comes before it."""
    made = plan()
    backwards = replace(made, items=dict(reversed(list(made.items.items()))))
    company = Company(database).opens(backwards)
    no = await applied(company)
    by = await asked(company, "han", f"撤销 {no}")
    (card,) = company.shown(await company.card(by.no, Purpose.NOTICE, "production"))
    assert card.title.startswith(f"撤销 {no} · MO-1 ")


async def test_somebody_who_gets_no_notice_sees_the_card_where_they_asked(company: Company) -> None:
    no = await applied(company)
    by = await asked(company, "lin", f"撤销 {no}", PLANNING)
    (card,) = company.shown(await company.card(by.no, Purpose.PROPOSAL))
    assert card.status == f"{by.no} · 已生效 第3版"
    assert by.proposer == "lin", "a coordinator may, whoever proposed it"


async def test_a_standard_change_is_taken_back_like_any_other(database: Database) -> None:
    company = Company(database, environment=replace(ENVIRONMENT, rules=(SMALL,))).opens()
    before = await now(company)
    no = await company.proposes("lin", "改期 RC-1 推迟1天 因为 盘点改期", PLANNING)
    assert (await company.change(no)).klass == Class.STANDARD.value
    by = await asked(company, "lin", f"undo {no}", PLANNING)
    assert by.state is ChangeState.APPLIED
    assert same_items(await now(company), before)


async def test_a_cancelled_item_is_there_again(company: Company) -> None:
    before = await now(company)
    no = await applied(company, "he", "取消 SO-1 因为 客户撤单", SALES)
    assert (await now(company)).items["SO-1"].status is Status.CANCELLED
    await asked(company, "he", f"撤销 {no}", SALES)
    assert same_items(await now(company), before)


async def test_ten_minutes_are_enough_and_a_second_more_is_not(company: Company) -> None:
    no = await applied(company)
    change = await company.change(no)
    assert change.ended_at is not None
    company.clock.move(seconds=(change.ended_at + timedelta(minutes=10) - company.clock.now()).total_seconds())
    assert (await asked(company, "han", f"撤销 {no}")).state is ChangeState.APPLIED
    second = await applied(company)
    company.clock.move(minutes=10, seconds=1)
    late = await company.types("han", f"撤销 {second}")
    assert late.startswith(f"{second} 在 09:10 生效，已超过 10 分钟，不能直接撤销。")


async def test_a_ratified_emergency_counts_from_when_it_took_effect(database: Database) -> None:
    company = Company(database, environment=replace(ENVIRONMENT, rules=(DOWN,))).opens()
    no = await company.proposes("han")
    company.clock.move(minutes=11)
    await company.approves(no)
    assert (await company.change(no)).state is ChangeState.APPLIED
    told = await company.types("han", f"撤销 {no}")
    assert told == (
        f"{no} 在 09:00 生效，已超过 10 分钟，不能直接撤销。要改回去，请重新提出变更，例如：{BACK.format(no=no)}"
    )


async def test_its_proposer_takes_an_emergency_back_any_time_before_it_is_ratified(database: Database) -> None:
    company = Company(database, environment=replace(ENVIRONMENT, rules=(DOWN,))).opens()
    before = await now(company)
    no = await company.proposes("han")
    company.clock.move(hours=3)
    by = await asked(company, "han", f"撤销 {no}")
    assert (by.reverts, by.state) == (no, ChangeState.APPLIED)
    assert same_items(await now(company), before)
    assert (await company.change(no)).state is ChangeState.REVERTED


async def test_a_double_message_takes_it_back_once(company: Company) -> None:
    no = await applied(company)
    await company.types("han", f"撤销 {no}", event_id="same")
    await company.types("han", f"撤销 {no}", event_id="same")
    by = await compensation(company, no)
    assert (await now(company)).revision == 3
    assert await company.types("han", f"撤销 {no}") == f"{no} 已经由 {by.no} 撤销，不用再撤销。"


async def test_a_request_in_approval_is_looked_at_again(company: Company) -> None:
    no = await applied(company)
    other = await company.proposes("he", "改期 DL-1 推迟3天 因为 客户改期", SALES)
    await asked(company, "han", f"撤销 {no}")
    assert (await company.change(other)).base_revision == 3


# fences


def sealed(company: Company, *fences: Fence) -> None:
    company.environment = replace(company.environment, fences=fences)
    company.current.latest = company.environment


ALL_YEAR = Fence("all", "年底冻结", FenceKind.ROLLING, days=60, approvals=("role:coordinator",))


async def test_inside_a_fence_its_approval_is_asked_first(company: Company) -> None:
    before = await now(company)
    no = await applied(company)
    sealed(company, ALL_YEAR)
    answer = await company.types("han", f"撤销 {no}")
    by = await compensation(company, no)
    assert answer == (
        f"{no} 现在在冻结窗里，撤销要先特批：{by.no} 已提交，等 计划协调员 决定；批准前计划不变。"
    )
    assert (by.state, by.klass) == (ChangeState.IN_APPROVAL, "normal")
    assert [step.department for step in by.steps] == ["role:coordinator"]
    assert (await company.change(no)).state is ChangeState.APPLIED
    assert (await now(company)).revision == 2
    assert await company.types("han", f"撤销 {no}") == f"{by.no} 已经在申请撤销 {no}，等特批决定，不用再提。"
    row = await company.card(by.no, Purpose.APPROVAL, "role:coordinator")
    await company.press("lin", row, Verb.APPROVE)
    await company.office.deliver()
    assert same_items(await now(company), before)
    assert (await company.change(no)).state is ChangeState.REVERTED
    assert (await kinds(company, no))[-1] == "change.reverted"
    told = {row.department for row in await company.cards(by.no) if row.purpose is Purpose.NOTICE}
    assert told == {"sales", "warehouse"}, "production has the card of who undid it"


async def test_a_request_to_undo_that_is_rejected_leaves_the_change_in_effect(company: Company) -> None:
    no = await applied(company)
    sealed(company, ALL_YEAR)
    await company.types("han", f"撤销 {no}")
    by = await compensation(company, no)
    row = await company.card(by.no, Purpose.APPROVAL, "role:coordinator")
    await company.press("lin", row, Verb.REJECT, input="按新计划走")
    assert (await company.change(by.no)).state is ChangeState.REJECTED
    assert (await company.change(no)).state is ChangeState.APPLIED


async def test_what_was_changed_while_its_fence_was_asked_is_not_taken_back(company: Company) -> None:
    no = await applied(company)
    sealed(company, ALL_YEAR)
    await company.types("han", f"撤销 {no}")
    by = await compensation(company, no)
    sealed(company)
    await applied(company, "he", "改期 DL-1 推迟3天 因为 客户改期", SALES)
    ended = await company.change(by.no)
    assert ended.state is ChangeState.FAILED
    assert [refusal.code for refusal in ended.impact.refused] == ["undo-stale"]
    assert (await company.change(no)).state is ChangeState.APPLIED


async def test_a_fence_nobody_passes_refuses_in_full(company: Company) -> None:
    no = await applied(company)
    sealed(company, replace(ALL_YEAR, approvals=()))
    assert await company.types("han", f"撤销 {no}") == (
        "DL-1 星河发货 在冻结窗“年底冻结”内，不能改：这个窗没有设特批。它现在就在窗内，改到哪天都要先放开。"
        "要改，请计划协调员（林静）让管理员在设置里放开。"
    )


# refusals


async def test_whoever_else_is_refused(company: Company) -> None:
    no = await applied(company)
    assert await company.types("he", f"撤销 {no}", SALES) == (
        f"{no} 不是你提出的。只有提出人和计划协调员可以撤销。要改回去，请重新提出变更，例如：{BACK.format(no=no)}"
    )


async def test_after_a_later_change_of_the_same_it_names_that(company: Company) -> None:
    no = await applied(company)
    later = await applied(company, "he", "改期 DL-1 推迟3天 因为 客户改期", SALES)
    assert await company.types("han", f"撤销 {no}") == (
        f"{no} 生效以后，{later} 又改了 DL-1 星河发货 的日期，不能直接撤销。"
        f"请先撤销 {later}，或重新提出变更，例如：{BACK.format(no=no)}"
    )
    assert (await now(company)).revision == 3


async def test_once_the_later_change_is_undone_the_first_can_be(company: Company) -> None:
    """What counts is where things stand, not that somebody touched them meanwhile."""
    before = await now(company)
    no = await applied(company)
    later = await applied(company, "he", "改期 DL-1 推迟3天 因为 客户改期", SALES)
    await asked(company, "he", f"撤销 {later}", SALES)
    assert (await asked(company, "han", f"撤销 {no}")).state is ChangeState.APPLIED
    assert same_items(await now(company), before)


async def test_a_later_change_that_cannot_be_undone_any_more_is_not_named_as_a_way(company: Company) -> None:
    no = await applied(company)
    begun = await now(company)
    company.opens(begun.with_items([replace(begun.items["DL-1"], finish=begun.items["DL-1"].finish + timedelta(3))]))
    assert await company.types("han", f"撤销 {no}") == (
        f"{no} 生效以后，import plan.csv 又改了 DL-1 星河发货 的日期，不能直接撤销。"
        f"要改回去，请重新提出变更，例如：{BACK.format(no=no)}"
    )


async def test_the_trail_names_what_took_it_back(company: Company) -> None:
    no = await applied(company)
    by = await asked(company, "han", f"撤销 {no}")
    (event,) = await company.look(
        lambda turn: [event for event in turn.uow.audit.chain() if event.kind == "change.reverted"]
    )
    assert event.facts == {"by_no": by.no, "restored": "wholly"}
    assert await company.look(lambda turn: written(turn, event)) == f"{no} 已由 {by.no} 撤销（计划已恢复）"


async def test_what_to_type_instead_is_of_the_kind_that_was_changed(company: Company) -> None:
    no = await applied(company, "he", "改数量 SO-1 2500 因为 客户加单", SALES)
    company.clock.move(minutes=20)
    told = await company.types("he", f"撤销 {no}", SALES)
    assert told.endswith(f"例如：改数量 SO-1 2000 因为 改回 {no} 之前")
    gone = await applied(company, "he", "取消 SO-1 因为 客户撤单", SALES)
    company.clock.move(minutes=20)
    told = await company.types("he", f"撤销 {gone}", SALES)
    assert told.endswith("例如：在表格里把 SO-1 改回原状态后重新导入")


async def instead_of(company: Company, no: str) -> str:
    """What it says to type once the ten minutes are over."""
    company.clock.move(minutes=11)
    return (await company.types("han", f"撤销 {no}")).partition("例如：")[2]


async def test_to_move_back_fetches_what_had_followed(company: Company) -> None:
    before = await now(company)
    no = await applied(company)
    await applied(company, text=await instead_of(company, no))
    assert same_items(await now(company), before)


async def test_a_length_is_given_back_as_a_length(company: Company) -> None:
    no = await applied(company, text="改工期 MO-1 8天 因为 人手不够")
    instead = await instead_of(company, no)
    assert instead == f"改工期 MO-1 5天 因为 改回 {no} 之前"
    await applied(company, text=instead)
    assert (await now(company)).items["MO-1"].finish.isoformat() == "2026-12-11"


async def test_what_has_begun_since_is_refused(company: Company) -> None:
    no = await applied(company)
    begun = await now(company)
    company.opens(begun.with_items([replace(begun.items["MO-1"], status=Status.IN_PROGRESS)]))
    assert await company.types("han", f"撤销 {no}") == (
        "MO-1 已经在 2026-12-09 开始了，开始日期不能再改。可以改完成日期：改期 MO-1 到 ＜日期＞ 因为 ＜原因＞"
    )


async def test_what_is_not_in_effect_is_refused(company: Company) -> None:
    waiting = await company.proposes("han")
    assert await company.types("han", f"撤销 {waiting}") == (
        f"{waiting} 还没有生效（审批中），没有可撤销的。要收回它，请提出人发送：撤回 {waiting}"
    )
    await company.types("wang", f"驳回 {waiting} 因为 不行")
    assert await company.types("han", f"撤销 {waiting}") == (
        f"{waiting} 没有生效过（已驳回），计划里没有它的改动，不用撤销。"
    )
    assert await company.types("han", "撤销 CR-20261123-009") == (
        "没有找到变更单 CR-20261123-009。发送“待办”可以看到还没有决定的变更。"
    )


async def test_an_undo_is_not_undone(company: Company) -> None:
    """It might bring back what somebody rejected."""
    no = await applied(company)
    by = await asked(company, "han", f"撤销 {no}")
    assert await company.types("han", f"撤销 {by.no}") == (
        f"{by.no} 本身就是撤销 {no} 的，不能再撤销。要恢复 {no} 的内容，请重新提出变更。"
    )


async def test_another_emergency_of_somebody_else_is_not_a_coordinators_after_ten_minutes(database: Database) -> None:
    company = Company(database, environment=replace(ENVIRONMENT, rules=(DOWN,))).opens()
    no = await company.proposes("han")
    company.clock.move(minutes=11)
    told = await company.types("lin", f"撤销 {no}", PLANNING)
    assert told == (
        f"{no} 还在等销售部、生产部追认：提出人随时可以撤回，计划协调员在生效后 10 分钟内可以撤销。"
        f"要恢复计划，请销售部、生产部驳回：驳回 {no} 因为 ＜原因＞"
    )
    assert (await company.change(no)).state is ChangeState.PROVISIONAL


async def test_a_coordinator_takes_an_emergency_back_within_ten_minutes(database: Database) -> None:
    company = Company(database, environment=replace(ENVIRONMENT, rules=(DOWN,))).opens()
    before = await now(company)
    no = await company.proposes("han")
    by = await asked(company, "lin", f"撤销 {no}", PLANNING)
    assert (by.state, by.proposer) == (ChangeState.APPLIED, "lin")
    assert same_items(await now(company), before)
    change = await company.change(no)
    assert (change.state, change.waiting) == (ChangeState.REVERTED, ())
    assert await company.look(lambda turn: turn.uow.timers.get("expiry", no)) is None
    late = await company.press("wang", await company.card(no, Purpose.APPROVAL, "production"), Verb.APPROVE)
    assert late.body.startswith(f"**⚠ {no} 已于 09:00 由 {by.no} 撤销，什么也没有做。要重新提出，请发送：")


async def test_what_was_taken_back_while_its_undo_was_asked_for_is_taken_back_once(database: Database) -> None:
    """An emergency a coordinator wants to undo comes into a fence, and is not ratified in time either."""
    company = Company(database, environment=replace(ENVIRONMENT, rules=(DOWN,))).opens()
    before = await now(company)
    no = await company.proposes("han")
    sealed(company, ALL_YEAR)
    await company.types("lin", f"撤销 {no}", PLANNING)
    pending = await compensation(company, no)
    assert pending.state is ChangeState.IN_APPROVAL
    await company.rings(hours=5)
    assert (await company.change(no)).state is ChangeState.REVERTED
    by = await compensation(company, no)
    assert by.no != pending.no
    assert same_items(await now(company), before)
    ended = await company.change(pending.no)
    assert ended.state is ChangeState.FAILED
    assert [refusal.code for refusal in ended.impact.refused] == ["undo-ended"]


async def test_what_was_cancelled_since_is_to_be_there_again_first(company: Company) -> None:
    before = await now(company)
    no = await applied(company)
    second = await applied(company, "han", "取消 MO-1 因为 不做了")
    told = await company.types("han", f"撤销 {no}")
    assert told == (
        f"{no} 生效以后，{second} 取消了 MO-1 耳机组装，不能直接撤销。请先撤销 {second}，再撤销 {no}。"
    )
    await company.office.deliver()
    (card,) = company.questions(PRODUCTION)
    assert card.buttons[0].text.endswith(f"撤销 …{second[-3:]}")
    await asked(company, "han", f"撤销 {second}")
    await asked(company, "han", f"撤销 {no}")
    assert same_items(await now(company), before)


async def test_what_an_import_cancelled_since_is_to_be_imported_again(company: Company) -> None:
    no = await applied(company)
    plan = await now(company)
    company.opens(plan.with_items([replace(plan.items["SO-1"], status=Status.CANCELLED)]))
    assert await company.types("han", f"撤销 {no}") == (
        f"{no} 生效以后，SO-1 星河订单 被取消了，不能直接撤销。要恢复它，请在表格里把 SO-1 改回原状态后重新导入。"
    )
