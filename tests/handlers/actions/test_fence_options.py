"""On both databases: what a fence holds asks for approval, goes round, goes as an emergency, or is dropped."""

from dataclasses import replace
from datetime import date

import pytest

from cards.action import Verb
from cards.card import Card
from handlers.reads.trail.audit_sentences import told
from handlers.turn import Environment
from planning.change.change import Change, ChangeState
from planning.control.fences import Fence, FenceKind, Scope, Zone
from planning.control.rules import Class, Event, Rule
from planning.control.shadow import ENFORCED, Shadow
from planning.plan.item import Status
from storage.database import Database
from storage.delivery.cards import CardRow
from tests.bot.delivery.office import ENVIRONMENT
from tests.handlers.company import LATER, PRODUCTION, WAREHOUSE, Company
from tests.handlers.govern.test_classify import rule
from tests.handlers.lifecycle.test_emergencies import kinds, now
from tests.previews import NEWEST
from tests.reading import ways

COORDINATOR = ("role:coordinator",)
NEAR = Fence("near", "开工前冻结", FenceKind.ROLLING, scope=Scope(types=("production",)), days=15,
             approvals=COORDINATOR)  # fmt: skip
"""MO-1 starts ten working days from today: it is inside."""
SALE = Fence("sale", "大促", FenceKind.WINDOW, scope=Scope(types=("task",)), first=date(2026, 12, 14),
             last=date(2026, 12, 18), approvals=COORDINATOR)  # fmt: skip
"""RC-1 begins on 12-21, after it."""
INTO = "改期 RC-1 提前3天 因为 提前盘点"
DOWN = rule("machine-down", Event.MACHINE_DOWN, klass=Class.EMERGENCY, approvals=("affected",), deadline_hours=4)


def governed(
    database: Database, *fences: Fence, rules: tuple[Rule, ...] = (), shadow: Shadow = ENFORCED
) -> Company:
    environment: Environment = replace(ENVIRONMENT, fences=fences, rules=rules, shadow=shadow)
    return Company(database, environment=environment).opens()


async def previewed(company: Company, text: str = INTO, person: str = "lin", room: str = WAREHOUSE) -> CardRow:
    assert await company.types(person, text, room) == "", "a card is the answer"
    return await newest(company)


async def newest(company: Company) -> CardRow:
    return (await company.cards(NEWEST))[0]


def shown(company: Company, row: CardRow) -> Card:
    return company.shown(row)[-1]


def buttons(card: Card) -> list[str]:
    return ways(card)


async def pressed(company: Company, row: CardRow, verb: Verb, person: str = "lin") -> Card:
    card = await company.press(person, row, verb)
    await company.office.deliver()
    return card


# what it offers


async def test_without_a_fence_it_is_submitted_or_discarded(database: Database) -> None:
    company = governed(database, rules=(DOWN,))
    assert buttons(shown(company, await previewed(company))) == ["提交", "放弃"]


async def test_a_fence_with_approvals_is_asked_for_its_approval(database: Database) -> None:
    company = governed(database, NEAR)
    row = await previewed(company, "改期 MO-1 推迟2天 因为 设备故障", "han", PRODUCTION)
    assert buttons(shown(company, row)) == ["申请特批", "放弃"], "no date takes out what is inside already"
    await pressed(company, row, Verb.SUBMIT, "han")
    change = await company.change(NEWEST)
    assert change.state is ChangeState.IN_APPROVAL
    assert change.steps[-1].department == "role:coordinator"


async def test_a_slushy_fence_that_only_shows_changes_nothing(database: Database) -> None:
    company = governed(database, replace(SALE, zone=Zone.SLUSHY, approvals=()))
    assert buttons(shown(company, await previewed(company))) == ["提交", "放弃"]


async def test_there_is_no_way_round_to_where_it_stands(database: Database) -> None:
    """RC-1 cannot begin before 12-21 outside the sale, and there it is already."""
    company = governed(database, SALE)
    assert buttons(shown(company, await previewed(company))) == ["申请特批", "放弃"]


@pytest.fixture
def outside(database: Database) -> Company:
    """A window long before RC-1: there are days between them."""
    window = replace(SALE, first=date(2026, 12, 1), last=date(2026, 12, 8))
    return governed(database, window, rules=(DOWN,))


FAR = "改期 RC-1 开始 到 12-07 因为 提前盘点"


async def test_round_the_fence_is_a_draft_of_its_own_and_the_first_is_discarded(outside: Company) -> None:
    row = await previewed(outside, FAR)
    assert buttons(shown(outside, row)) == ["申请特批", "改到 12-09", "走紧急", "放弃"]
    face = await pressed(outside, row, Verb.DETOUR)
    assert face.status == "预览 · 已放弃"
    second = await newest(outside)
    assert second.subject.id != row.subject.id
    card = shown(outside, second)
    assert card.title == "改到12-09开始 · RC-1 年度盘点"
    assert buttons(card) == ["提交", "放弃"]
    await pressed(outside, second, Verb.SUBMIT)
    change = await outside.change(NEWEST)
    assert (change.reason, change.policy.breaches) == ("提前盘点", ())
    assert [step.department for step in change.steps] == ["warehouse"]


async def test_pressed_twice_it_goes_round_once(outside: Company) -> None:
    row = await previewed(outside, FAR)
    await pressed(outside, row, Verb.DETOUR)
    late = await pressed(outside, row, Verb.DETOUR)
    assert late.body.startswith("**⚠ 预览 已于 09:00 被 林静 放弃，什么也没有做。要重新提出，请发送：")
    counted = await outside.look(lambda turn: turn.uow.changes.counts())
    assert counted == {"withdrawn": 1, "draft": 1}


@pytest.mark.parametrize(
    ("shadow", "ways"), [(ENFORCED, ["申请特批", "放弃"]), (Shadow(("sales",)), ["申请特批", "改到 12-21", "放弃"])]
)
async def test_a_fence_that_is_only_watched_is_in_nobodys_way(
    database: Database, shadow: Shadow, ways: list[str]
) -> None:
    """Moving MO-1 past its window moves SO-1 and DL-1, and their fence ends nowhere near."""
    sales = replace(NEAR, id="sales", name="销售冻结", scope=Scope(departments=("sales",)), days=60)
    company = governed(database, replace(SALE, scope=Scope(types=("production",))), sales, shadow=shadow)
    row = await previewed(company, "改期 MO-1 开始 到 12-15 因为 缺料", "han", PRODUCTION)
    assert buttons(shown(company, row)) == ways


async def test_a_button_that_is_no_longer_there_is_refused_in_full(database: Database) -> None:
    company = governed(database, NEAR)
    row = await previewed(company, LATER, "han", PRODUCTION)
    no = row.subject.id
    face = await pressed(company, row, Verb.DETOUR, "han")
    assert face.body.startswith("**⚠ 预览 没有窗外的日期可改：请改用别的日期重新提出，或联系计划协调员。**")
    face = await pressed(company, row, Verb.URGENT, "han")
    assert face.body.startswith("**⚠ 没有启用的紧急规则，不能走紧急。请按特批提交，或联系计划协调员。**")
    face = await pressed(company, row, Verb.DETOUR, "wang")
    assert face.body.startswith("**⚠ 预览 不是你提出的，只有提出人可以提交、放弃或撤回。**")
    assert (await company.change(no)).state is ChangeState.DRAFT


# through it as an emergency


async def test_as_an_emergency_the_coordinator_is_asked_too_and_the_fences_approval_stays(database: Database) -> None:
    fence = replace(NEAR, approvals=("planning",))
    urgent = rule("quality", Event.QUALITY_HOLD, klass=Class.EMERGENCY, deadline_hours=4)
    company = governed(database, fence, rules=(urgent,))
    row = await previewed(company, "改期 MO-1 推迟2天 因为 客户要求", "han", PRODUCTION)
    assert buttons(shown(company, row)) == ["申请特批", "走紧急", "放弃"]
    face = await pressed(company, row, Verb.URGENT, "han")
    assert "类别：紧急（提出人申请走紧急，按规则 quality 审批）" in face.details
    assert "⚡ 碰到要特批的冻结窗，紧急变更也要先批准才生效" in face.body
    assert buttons(face) == ["申请特批", "放弃"]
    assert (await company.change(row.subject.id)).state is ChangeState.DRAFT, "nothing is asked of anybody yet"
    assert await kinds(company, row.subject.id) == ["change.drafted", "change.urgent"]
    sentences = await company.look(lambda turn: [told(turn, event) for event in turn.uow.audit.chain()])
    assert "韩冬 把 预览 改走紧急（规则 quality），还没有提交" in sentences
    await pressed(company, row, Verb.SUBMIT, "han")
    change = await company.change(NEWEST)
    assert (change.state, change.klass) == (ChangeState.IN_APPROVAL, "emergency")
    assert [step.department for step in change.steps] == ["sales", "production", "role:coordinator", "planning"]
    assert (await now(company)).revision == 1
    escalation = await company.look(lambda turn: turn.uow.escalations.get(change.no, "production"))
    assert escalation is not None
    assert escalation.policy.quiet.start == escalation.policy.quiet.end, "it knows no quiet hours"


async def test_a_rule_that_was_switched_off_allows_no_emergency(outside: Company) -> None:
    await outside.types("admin", "规则 停用 machine-down", "dingtalk:cidPlanning==")
    assert buttons(shown(outside, await previewed(outside, FAR))) == ["申请特批", "改到 12-09", "放弃"]


# fences nobody passes


async def test_a_closed_fence_shows_its_sentence_and_the_way_round(database: Database) -> None:
    window = replace(SALE, first=date(2026, 12, 1), last=date(2026, 12, 8), approvals=())
    company = governed(database, window, rules=(DOWN,))
    row = await previewed(company, FAR)
    card = shown(company, row)
    sentence = (
        "RC-1 年度盘点 在冻结窗“大促”内，不能改：这个窗没有设特批。"
        "要改，请计划协调员（林静）让管理员在设置里放开；"
        "窗外最早从 2026-12-09 开始，可以发送：改期 RC-1 开始 到 2026-12-09 因为 提前盘点"
    )
    assert f"⛔ {sentence}" in card.body
    assert card.status == "预览 · 不能提交"
    assert buttons(card) == ["改到 12-09", "放弃"]
    assert await kinds(company, row.subject.id) == ["change.drafted", "message.refused"]
    refused = await pressed(company, row, Verb.SUBMIT)
    assert refused.body.startswith(f"**⚠ {sentence}**")
    assert (await now(company)).revision == 1
    await pressed(company, row, Verb.DETOUR)
    assert buttons(shown(company, await newest(company))) == ["提交", "放弃"]


async def test_the_command_a_closed_fence_names_works_as_it_is_typed_back(database: Database) -> None:
    """Two windows that follow each other: the day after the first lies inside the second."""
    window = replace(SALE, first=date(2026, 12, 1), last=date(2026, 12, 8), approvals=())
    company = governed(database, window, replace(window, id="more", first=date(2026, 12, 9), last=date(2026, 12, 10)))
    sentence = shown(company, await previewed(company, FAR)).body.splitlines()[0]
    command = sentence.partition("可以发送：")[2]
    assert command == "改期 RC-1 开始 到 2026-12-11 因为 提前盘点"
    card = shown(company, await previewed(company, command))
    assert buttons(card) == ["提交", "放弃"]


async def test_a_revision_that_a_closed_fence_stops_is_on_record_as_stopped(database: Database) -> None:
    company = governed(database, replace(SALE, approvals=()))
    no = await company.proposes("lin", "改期 RC-1 推迟1天 因为 盘点", WAREHOUSE)
    row = await previewed(company, f"修改 {no} 改期 RC-1 提前3天 因为 提前盘点")
    assert shown(company, row).status == "预览 · 不能提交"
    assert await kinds(company, row.subject.id) == ["change.drafted", "message.refused"]


async def test_what_stands_inside_a_closed_fence_has_no_way_round(database: Database) -> None:
    company = governed(database, replace(NEAR, approvals=()))
    row = await previewed(company, LATER, "han", PRODUCTION)
    assert buttons(shown(company, row)) == ["放弃"]


async def test_a_fence_by_status_has_no_date_to_go_to(database: Database) -> None:
    company = governed(database, Fence("set", "已确认不动", FenceKind.STATUS, statuses=(Status.CONFIRMED,)))
    row = await previewed(company, LATER, "han", PRODUCTION)
    assert buttons(shown(company, row)) == ["放弃"]


async def test_once_the_fence_is_lifted_the_draft_is_shown_anew_and_can_be_submitted(database: Database) -> None:
    company = governed(database)
    for text in ("冻结 生产部 12-01~12-31 因为 大促", "冻结 确认 1"):
        await company.types("lin", text, "dingtalk:cidPlanning==")
    row = await previewed(company, LATER, "han", PRODUCTION)
    assert "申请特批" in buttons(shown(company, row))
    await company.types("lin", "解冻 F-001", "dingtalk:cidPlanning==")
    face = await pressed(company, row, Verb.SUBMIT, "han")
    assert face.body.startswith(
        "**⚠ 你看预览的时候冻结窗变了（大促），计划没有变；要谁同意已经重新算过。请核对后再按“提交”。**"
    )
    assert buttons(face) == ["提交", "放弃"]
    await pressed(company, row, Verb.SUBMIT, "han")
    change: Change = await company.change(NEWEST)
    assert change.state is ChangeState.IN_APPROVAL
    assert change.policy.special == ()
