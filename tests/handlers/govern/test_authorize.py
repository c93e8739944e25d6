"""One guard for commands and buttons: what no permission and no grant lets through is refused, in a sentence."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from cards.action import Verb
from handlers.inbound.buttons import BUTTONS
from handlers.inbound.commands import COMMANDS
from handlers.language import Command, Freeze, Help, Move, parse
from handlers.language.commands.reads import TODO
from handlers.registry import Commands
from handlers.turn import Environment
from planning.control.authority import Grant
from planning.control.fences import Fence, FenceKind, Scope, Zone
from planning.control.permissions import ALL
from planning.plan.operation import Op, Operation
from storage.delivery.cards import Purpose
from tests.bot.delivery.office import ENVIRONMENT
from tests.handlers.company import PURCHASING, Company
from tests.handlers.govern.test_fences import submitted
from tests.handlers.office import Office
from tests.previews import NEWEST
from tests.small_company import TODAY

SQLITE = pytest.mark.parametrize("backend", ["sqlite"])
"""For what has nothing to do with the database."""


# -- the records -------------------------------------------------------------------------------------------

PERMISSIONS = {act.value: act.permission for act in COMMANDS.acts}


def test_every_button_has_its_record() -> None:
    assert list(BUTTONS) == [button.verb for button in BUTTONS.values()]
    assert set(BUTTONS) == set(Verb)


def test_a_permission_says_to_whom() -> None:
    assert str(PERMISSIONS[Freeze]) == "role:coordinator | role:admin"
    assert str(PERMISSIONS[Move]) == "grant"
    assert str(PERMISSIONS[Help]) == "everybody"


@dataclass(frozen=True)
class Strange(Command):
    """What no record speaks of."""


@SQLITE
def test_a_command_without_a_record_is_refused(office: Office) -> None:
    strange = replace(TODO, read=lambda typed: Strange())
    records = [replace(one, phrase=strange) if one.phrase is TODO else one for one in COMMANDS.records]
    office.environment = replace(office.environment, commands=Commands(records))
    assert office.say("lin", "待办") == "“Strange”没有设定谁可以用，所以谁都不能用，什么也没有做。请联系管理员。"


@SQLITE
async def test_a_button_without_a_record_is_refused(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    no = await company.proposes("han")
    monkeypatch.delitem(BUTTONS, Verb.APPROVE)
    card = await company.card(no, Purpose.APPROVAL, "production")
    shown = await company.press("wang", card, Verb.APPROVE)
    assert shown.summary == "“approve”没有设定谁可以用，所以谁都不能用，什么也没有做。请联系管理员。"
    assert not (await company.change(no)).steps[0].decisions


PROPOSE = "高总 没有提出变更的权限（需要“计划员”角色）。可以转告能提出的人：韩冬、林静、何佳；或请管理员授权。"
FREEZE = "高总 没有冻结、解冻计划的权限（需要“计划协调员”或“管理员”角色）。请联系计划协调员。"
SET = "高总 没有改人员和群的权限（需要“管理员”角色）。请联系管理员。"
NO = "CR-20261123-001"
NOT_ASKED = f"你不是 {NO} 当前环节的审批人，你的决定没有生效。发送“谁知道 {NO}”可以看到由谁决定。"
REFUSED = {
    "改期 MO-1 推迟1天 因为 停机": PROPOSE,
    "改数量 MO-1 3000 因为 加单": PROPOSE,
    "改工期 MO-1 8天 因为 停机": PROPOSE,
    "拆分 MO-1 于 12-09": PROPOSE.replace("韩冬、林静、何佳", "林静、何佳、韩冬"),
    "生成 SO-1": PROPOSE.replace("韩冬、林静、何佳", "林静、何佳、韩冬"),
    "取消 MO-1 因为 撤单": PROPOSE,
    "预告 改期 MO-1 推迟1天": PROPOSE.replace("韩冬、林静、何佳", "林静、何佳、韩冬"),
    "冻结 生产部 12-07~12-11": FREEZE,
    "冻结 确认 F-001": FREEZE,
    "解冻 F-001": FREEZE,
    "规则 停用 big": "高总 没有启用、停用规则的权限（需要“管理员”角色）。请联系管理员。",
    "规则 改 big 审批期限 8": SET,
    "规则 新建": SET,
    "人员": SET,
    "人员 何佳 审批": SET,
    "绑定 采购部": SET,
    "绑定 取消": SET,
    "同步": SET,
    "同步 通讯录": SET,
    "同步 部门 21": SET,
    "基线 十二月": "高总 没有命名基线的权限（需要“计划员”或“协调员”角色）。请联系本部门的计划员。",
    f"撤回 {NO}": f"{NO} 不是你提出的，只有提出人可以提交、放弃或撤回。",
    f"提交 {NO}": f"{NO} 不是你提出的，只有提出人可以提交、放弃或撤回。",
    f"同意 {NO}": NOT_ASKED,
    f"驳回 {NO} 因为 产能": NOT_ASKED,
    f"要求修改 {NO} 因为 改到 12-08": NOT_ASKED,
    f"转交 {NO} 林静": NOT_ASKED,
    f"修改 {NO} 改期 MO-1 推迟2天": (
        f"{NO} 不是你提出的，只有提出人和计划协调员可以修改。你要是审批人，请发送：要求修改 {NO} 因为 ＜要怎么改＞"
    ),
    f"催办 {NO}": f"{NO} 不是你提出的。只有提出人、协调员和要决定它的人可以催办。",
    "催办 PO-1": "高总 没有催料的权限（需要“计划员”“审批人”或“协调员”角色）。请联系本部门的计划员。",
}


@SQLITE
@pytest.mark.parametrize("text", REFUSED)
def test_who_may_only_look_is_refused_every_command_that_writes(office: Office, text: str) -> None:
    assert submitted(office).no == NO
    offers = [f"[转告 {name} {text}]" for name in ("韩冬", "林静", "何佳")] if REFUSED[text] == PROPOSE else []
    assert office.say("boss", text).splitlines() == [REFUSED[text], *offers]


@SQLITE
def test_who_may_only_look_takes_nothing_back(office: Office) -> None:
    applied = office.change(Operation("RC-1", Op.SHIFT, 1))
    assert office.say("boss", f"撤销 {applied.no}") == (
        f"{NO} 不是你提出的。只有提出人和计划协调员可以撤销。要改回去，请重新提出变更，"
        f"例如：改期 RC-1 到 2026-12-22 因为 改回 {NO} 之前"
    )
    assert office.plan().revision == applied.applied_revision


# -- what is granted ---------------------------------------------------------------------------------------

ASK = "请由他们提出，或请管理员在设置的 authority 里授权。"
TEXT = "改期 MO-1 推迟1天 因为 停机"
FROZEN = f"韩冬 没有权限改开始日期：MO-1 耳机组装（冻结区）。有权限的有：计划协调员。{ASK}"
GRANTS = (
    Grant("role:coordinator"),
    Grant("production", Scope(types=("production",)), ("start", "finish", "duration"), (Zone.LIQUID, Zone.SLUSHY)),
    Grant("person:he", Scope(departments=("sales",)), ("quantity",)),
    Grant("api:erp", Scope(types=("purchase",))),
)
NEAR = Fence("near", "开工前", FenceKind.ROLLING, scope=Scope(types=("production",)), days=9,
             approvals=("role:coordinator",))  # fmt: skip
"""MO-1 starts on 12-07, ten working days after Monday 11-23: tomorrow it is frozen."""


def granted(office: Office, *fences: Fence) -> Office:
    office.environment = replace(office.environment, grants=GRANTS, fences=fences)
    return office


@pytest.mark.parametrize(
    ("person", "text", "sentence"),
    [
        ("han", "改期 MO-1 推迟1天 因为 停机", ""),
        (
            "wang",  # of the department, and no planner
            "改工期 MO-1 8天 因为 停机",
            "王五 没有提出变更的权限（设置的 authority 里没有给你的授权）。"
            "能提出变更的有：计划协调员、生产部的计划员、何佳、令牌“erp”。请由他们提出，或请管理员授权。",
        ),
        ("he", "改数量 SO-1 3000 因为 加单", ""),
        ("lin", "取消 PO-1 因为 撤单", ""),
        (
            "han",
            "改数量 MO-1 3000 因为 加单",
            f"韩冬 没有权限改数量：MO-1 耳机组装（开放区）。有权限的有：计划协调员。{ASK}",
        ),
        (
            "han",
            "改期 PO-1 推迟1天 因为 停机",
            f"韩冬 没有权限改开始日期：PO-1 主控芯片（开放区）。有权限的有：计划协调员、令牌“erp”。{ASK}",
        ),
        (
            "he",
            "取消 SO-1 因为 撤单",
            f"何佳 没有权限取消：SO-1 星河订单（开放区）。有权限的有：计划协调员。{ASK}",
        ),
        (
            "qian",
            "改期 PO-1 推迟1天 因为 停机",
            "钱波 没有提出变更的权限（设置的 authority 里没有给你的授权）。"
            "能提出变更的有：计划协调员、生产部的计划员、何佳、令牌“erp”。请由他们提出，或请管理员授权。",
        ),
    ],
)
@SQLITE
def test_a_grant_says_of_what_and_which_field(office: Office, person: str, text: str, sentence: str) -> None:
    told = granted(office).say(person, text)
    assert told.partition("\n")[0] == sentence
    assert told.count(f"[转告 林静 {text}]") == bool(sentence)


@SQLITE
def test_the_zone_an_item_is_in_counts(office: Office) -> None:
    granted(office, NEAR)
    assert office.say("han", TEXT) == ""
    office.wait(days=1)
    assert office.say("han", TEXT) == f"{FROZEN}\n[转告 林静 {TEXT}]"


@SQLITE
def test_the_zone_an_item_would_come_into_counts(office: Office) -> None:
    sale = Fence(
        "sale", "大促", FenceKind.WINDOW, first=date(2026, 12, 10), last=date(2026, 12, 12), approvals=("sales",)
    )
    grants = (Grant("role:coordinator"), Grant("li", zones=(Zone.LIQUID,)))
    office.environment = replace(office.environment, grants=grants, fences=(sale,))
    assert office.say("li", "改期 RC-1 到 12-09 因为 大促前盘完") == ""
    assert office.say("li", "改期 RC-1 到 12-11 因为 大促前盘完") == (
        f"李大伟 没有权限改完成日期：RC-1 年度盘点（冻结区）。有权限的有：计划协调员。{ASK}\n"
        "[转告 林静 改期 RC-1 到 2026-12-11 因为 大促前盘完]"
    )


@SQLITE
def test_what_is_granted_to_nobody_says_so(office: Office) -> None:
    office.environment = replace(office.environment, grants=(Grant("sales", Scope(departments=("sales",))),))
    assert office.say("he", "改期 MO-1 推迟1天 因为 停机") == (
        "何佳 没有权限改开始日期：MO-1 耳机组装（开放区）。设置的 authority 里没有授权给任何人，请管理员授权。"
    )


@SQLITE
def test_what_follows_from_a_change_needs_no_grant(office: Office) -> None:
    """MO-1 pushes SO-1, which production may not touch; its department decides about that."""
    assert granted(office).say("han", "改期 MO-1 推迟3天 因为 停机") == ""


@SQLITE
def test_asking_what_if_needs_no_grant(office: Office) -> None:
    assert "SO-1" in granted(office).say("boss", "影响 MO-1 推迟3天")


# -- between the preview and the submission ----------------------------------------------------------------

async def previewed(company: Company) -> str:
    """Its key."""
    assert await company.types("han", TEXT) == ""
    return (await company.change(NEWEST)).no


async def test_authority_that_was_taken_away_meanwhile_is_missed_at_the_submission(company: Company) -> None:
    no = await previewed(company)
    environment = replace(ENVIRONMENT, grants=(Grant("role:coordinator"), Grant("han", Scope(types=("purchase",)))))
    later = Company(company.database, company.clock, environment)
    shown = await later.press("han", await later.card(no, Purpose.PROPOSAL), Verb.SUBMIT)
    assert shown.summary == (
        f"韩冬 没有权限改开始日期：MO-1 耳机组装（开放区）。有权限的有：计划协调员。{ASK}"
    )
    assert (await later.change(no)).state.value == "draft"


async def test_a_zone_that_time_brought_is_seen_at_the_submission(company: Company) -> None:
    environment: Environment = replace(ENVIRONMENT, grants=GRANTS, fences=(NEAR,))
    guarded = Company(company.database, company.clock, environment)
    no = await previewed(guarded)
    guarded.clock.move(days=1)
    shown = await guarded.press("han", await guarded.card(no, Purpose.PROPOSAL), Verb.SUBMIT)
    assert shown.summary == FROZEN
    assert (await guarded.change(no)).submitted_at is None


async def test_a_refused_wish_is_in_the_audit_trail(company: Company) -> None:
    guarded = Company(company.database, company.clock, replace(ENVIRONMENT, grants=GRANTS))
    await guarded.types("qian", "改期 PO-1 推迟1天 因为 停机", PURCHASING)
    events = await guarded.look(lambda turn: turn.uow.audit.newest_first(1))
    assert (events[0].kind, events[0].actor, events[0].facts["code"]) == ("message.refused", "qian", "no-grant")


def test_the_examples_are_of_every_command_that_is_not_for_everybody() -> None:
    """A command that is guarded and new is to be shown refused, too."""
    texts = (*REFUSED, f"撤销 {NO}")
    shown = {type(parse(text, TODAY, COMMANDS.vocabulary)) for text in texts}
    assert {value for value, permission in PERMISSIONS.items() if permission is not ALL} - shown == set()
