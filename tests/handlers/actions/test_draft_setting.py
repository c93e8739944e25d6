"""规则 改 and 规则 新建: a rule or a threshold drafted in the chat, under the same guards as on its page."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from cards.action import Verb
from cards.card import Card
from planning.control.settings_request import Standing
from storage.database import Database
from tests.bot.web.pages.visitor import SITE
from tests.handlers.company import PLANNING, PRODUCTION, Company
from tests.handlers.governed import governed, newest_card, sections
from tests.small_company import organisation, plan

pytestmark = pytest.mark.both_databases
RULES = [{"id": "big", "event": "any", "when": "days > 3", "deadline_hours": "24"}, {"id": "rest", "event": "any"}]



def with_wang(*roles: str) -> list[dict[str, object]]:
    people = sections(organisation())["people"]
    return [{**one, "roles": [*one["roles"], *roles]} if one["id"] == "wang" else one for one in people]


@pytest.fixture
def company(migrated_url: str) -> Iterator[Company]:
    with closing(Database(migrated_url, "main")) as database:
        yield governed(database, people=with_wang("admin"), rules=RULES, server={"public_url": SITE}).opens(plan())


async def rules(company: Company) -> dict[str, int | None]:
    return await company.look(lambda turn: {rule.id: rule.deadline_hours for rule in turn.environment.rules})


@pytest.mark.parametrize(
    "text", ["规则 改 big 审批期限 8 因为 太慢", "规则 改 BIG deadline_hours 8", "rules edit big deadline_hours 8"]
)
async def test_a_rule_in_a_sentence(company: Company, text: str) -> None:
    told = await company.types("admin", text, PLANNING)
    assert told.startswith("触发规则：big：审批期限（小时） 24 → 8。已起草，请 王五 同意后生效。")
    assert f"{SITE}/settings/drafts/1" in told
    assert (await rules(company))["big"] == 24
    await company.press("wang", await newest_card(company, PRODUCTION), Verb.CONFIRM)
    assert (await rules(company))["big"] == 8


async def test_the_card_has_the_dry_run(company: Company) -> None:
    await company.proposes("lin", "改期 RC-1 推迟5天 因为 盘点人手不够", PLANNING)
    await company.types("admin", "规则 改 big 审批期限 8", PLANNING)
    (shown,) = company.shown(await newest_card(company, PRODUCTION))
    assert "试算近 30 天：1 单里 1 单会不同：1 单期限提前" in shown.body


async def test_a_threshold_from_a_day_on(company: Company) -> None:
    told = await company.types("admin", "规则 改 异常预警 几天不报工 3 从 11-26 起", PLANNING)
    assert "异常预警：几天不报工 2 → 3" in told
    done = await company.press("wang", await newest_card(company, PRODUCTION), Verb.CONFIRM)
    assert done.status == "王五 已同意，11-26 起生效"

    async def silent() -> int:
        return await company.look(lambda turn: turn.environment.exceptions.thresholds.silent_days)

    assert await silent() == 2
    company.clock.move(days=3)
    assert await silent() == 3


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("规则 新建", f"请在网页的表单里填：{SITE}/settings/rules/edit"),
        ("rules new", f"{SITE}/settings/rules/edit"),
        ("规则 改 nothing", "没有叫“nothing”的规则或设置，现有：big、rest、冻结"),
        ("规则 改 big 编号 huge", "在这里不能改“编号”，能改的有：事件、条件"),
        ("规则 改 big 审批期限 很久", "写的是「很久」；应为整数"),
        ("规则 改 big 审批期限 24", "触发规则现在就是这样，什么也没有改"),
        ("规则 改 big 审批期限 8 从 2026-11-20 起", "已经过去了"),
        ("规则 改 冻结 sale 天数 3", "冻结里已经没有“sale”了"),
        ("规则 改 big 审批人 天外部", "天外部"),
        ("规则 改 预测 prior_days 1000", "写的是「1000」；不能大于 100"),
    ],
)
async def test_what_is_answered(company: Company, text: str, told: str) -> None:
    assert told in await company.types("admin", text, PLANNING)
    assert await company.look(lambda turn: turn.uow.settings_requests.open_ones()) == []


async def test_only_admins(company: Company) -> None:
    assert "没有改人员和群的权限" in await company.types("han", "规则 改 big 审批期限 8", PRODUCTION)


async def test_the_only_admin(company: Company) -> None:
    await company.types("admin", "人员 王五 取消 管理员", PLANNING)
    told = await company.types("admin", "规则 改 big 审批期限 8", PRODUCTION)
    assert "没有另一位管理员可以同意，2026-11-24 起生效，已告诉协调员" in told
    row = await newest_card(company, PLANNING)
    assert [button.text for button in company.shown(row)[-1].buttons] == ["叫停"]
    request = await company.look(lambda turn: turn.uow.settings_requests.get(int(row.subject.id)))
    assert request is not None
    assert request.standing is Standing.DONE


@pytest.mark.parametrize("is_alone", [True, False])
async def test_what_begins_in_between_is_not_taken_back(company: Company, is_alone: bool) -> None:
    """Each sentence is typed over what is in force, and says the one thing that it says."""
    if is_alone:
        await company.types("admin", "人员 王五 取消 管理员", PLANNING)
    told = []
    for text in ("big 审批期限 8 从 11-26 起", "rest 审批期限 4 从 11-27 起"):
        told.append(await company.types("admin", f"规则 改 {text}", PLANNING))
        if not is_alone:
            await company.press("wang", await newest_card(company, PRODUCTION), Verb.CONFIRM)
    assert told[1].startswith("触发规则：rest：审批期限（小时） 没有 → 4。"), "and nothing of the other rule"
    company.clock.move(days=5)
    assert await rules(company) == {"big": 8, "rest": 4}


async def test_the_only_admin_says_two_things_on_one_day(company: Company) -> None:
    await company.types("admin", "人员 王五 取消 管理员", PLANNING)
    for text in ("big 审批期限 8", "rest 审批期限 4"):
        await company.types("admin", f"规则 改 {text}", PLANNING)
    told = await company.types("admin", "规则 改 big 审批期限 6", PLANNING)
    assert "触发规则 有一版以后才生效，它把 big.deadline＿hours 改成了别的" in told
    assert "触发规则现在就是这样" in await company.types("admin", "规则 改 big 审批期限 8", PLANNING)
    company.clock.move(days=3)
    assert await rules(company) == {"big": 8, "rest": 4}


async def test_where_the_file_keeps_all(migrated_url: str) -> None:
    with closing(Database(migrated_url, "main")) as database:
        told = await Company(database).opens(plan()).types("admin", "规则 改 big 审批期限 8", PLANNING)
    assert "设置都在文件里" in told


async def test_what_wins_is_said_where_a_rule_is_switched_and_where_its_settings_are_written(company: Company) -> None:
    told = await company.types("admin", "规则 停用 big", PLANNING)
    assert "规则 big 已停用" in told
    assert told.endswith("设置里写的不是这样：以群里设的为准。")
    told = await company.types("admin", "规则 改 big 启用 否", PLANNING)
    assert "吴凡" in told
    assert "在群里把它设成“已停用”，优先于设置里的“启用”。要换过来，在群里发：规则 启用 big" in told
    assert "优先于" not in await company.types("admin", "规则 改 big 审批期限 8", PLANNING)
    told = await company.types("admin", "规则 启用 big", PLANNING)
    assert "以群里设的为准" not in told, "as its settings say"


FENCES = [{"id": "soon", "kind": "rolling", "days": "5", "approvals": ["role:admin"]}]
GRANTS = [
    {"who": "role:planner", "departments": ["production"], "fields": ["start", "finish"]},
    {"who": "role:coordinator", "fields": ["start", "quantity"]},
]


@pytest.fixture
def forms(migrated_url: str) -> Iterator[Company]:
    masks = [{"fields": ["price"], "roles": ["coordinator"]}]
    with closing(Database(migrated_url, "main")) as database:
        yield governed(
            database, people=with_wang("admin"), rules=RULES, server={"public_url": SITE}, fences=FENCES,
            authority=GRANTS, masked=masks,
        ).opens(plan())


async def test_a_rule_is_changed_tap_by_tap(forms: Company) -> None:
    """Which rule, which of its fields, which value: each a button, or words of one's own."""
    which = await asked(forms, "规则 改 触发规则")
    assert [button.text for button in which.buttons] == ["1 big", "2 rest"]
    fields = await asked(forms, "规则 改 big")
    assert "- 条件：days ＞ 3" in fields.body.replace("&gt;", "＞").replace(">", "＞")
    assert f"{SITE}/settings/rules/edit?entry=big" in fields.body
    assert [button.text for button in fields.buttons][:2] == ["1 审批期限", "2 级别"]
    classes = await asked(forms, "规则 改 big 级别")
    assert [button.text for button in classes.buttons] == ["1 标准", "2 一般", "3 紧急"]
    row = await forms.question("admin", "规则 改 big 级别", PLANNING)
    await forms.press("admin", row, Verb.SAY, choice="2")
    await forms.office.deliver()
    (shown,) = forms.shown(await newest_card(forms, PRODUCTION))
    assert "big：级别 没有 → emergency" in shown.body


async def test_what_is_written_fills_the_last_hole(forms: Company) -> None:
    row = await forms.question("admin", "规则 改 big 审批期限", PLANNING)
    await forms.press("admin", row, Verb.FILL, input="8")
    await forms.office.deliver()
    (shown,) = forms.shown(await newest_card(forms, PRODUCTION))
    assert "big：审批期限（小时） 24 → 8" in shown.body


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("规则 改 big 审批人 受影响的部门、采购部", "审批人 没有 → affected、purchasing"),
        ("规则 改 big 抄送 仓储部", "抄送 没有 → warehouse"),
        ("规则 改 big 条件 无", "条件 days ＞ 3 → 没有"),
        ("规则 改 冻结 soon 天数 8", "soon：天数 5 → 8"),
        ("规则 改 冻结 soon 部门 生产部、采购部", "soon：范围 没有 → 部门 production、purchasing"),
        ("规则 改 谁能提什么变更 1 部门 采购部", "新增 role:planner ／ purchasing"),
        ("规则 改 authority 2 zones liquid", "role:coordinator：冻结程度 没有 → liquid"),
        ("规则 改 保密列 1 角色 计划员", "price：角色 coordinator → planner"),
        ("规则 改 催办与升级 阶梯 4 提醒、8 找计划协调员", "→ 工作小时后 4、做什么 remind、工作小时后 8、做什么 coord"),
    ],
)
async def test_every_section_with_a_form_in_a_sentence(forms: Company, text: str, change: str) -> None:
    told = await forms.types("admin", text, PLANNING)
    requests = await forms.look(lambda turn: turn.uow.settings_requests.open_ones())
    assert requests, told
    assert change.replace("＞", ">").replace("／", "/") in requests[0].facts["change"], told


async def asked(company: Company, text: str) -> Card:
    await company.types("admin", text, PLANNING)
    return company.questions(PLANNING)[-1]
