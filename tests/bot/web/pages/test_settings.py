"""/settings: sections with their versions, forms that draft another one, and what two admins make of it."""

import re
from collections.abc import AsyncIterator, Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from bot.platforms import PLATFORMS
from bot.settings import settings_of
from bot.settings.model import IN_DATABASE
from bot.web import create_web
from handlers.turn import Environment
from tests.bot.web.pages.visitor import SITE, Visitor, fields_of
from tests.databases import filled_database, opened
from tests.handlers.company import PLANNING, PRODUCTION, Company
from tests.handlers.conftest import opens
from tests.handlers.governed import governed, newest_card, sections
from tests.small_company import organisation

BIG: dict[str, Any] = {"id": "big", "event": "any", "when": "days > 3", "deadline_hours": "24"}
RUSH = {"id": "rush", "event": "machine_down", "class": "emergency", "ratify_hours": "4"}
SOON = {"id": "soon", "kind": "rolling", "days": "5", "approvals": ["role:admin"]}
REST = {"id": "rest", "event": "any"}


@pytest.fixture
def company(backend: str, tmp_path: Path) -> Iterator[Company]:
    """王五 is an admin as well, so that two can agree."""
    people = sections(organisation())["people"]
    people = [{**one, "roles": [*one["roles"], "admin"]} if one["id"] == "wang" else one for one in people]
    with filled_database(backend, tmp_path, opens) as url, opened(url) as database:
        yield governed(database, people=people, rules=[BIG, RUSH, REST], server={"public_url": SITE})


@pytest.fixture
def site(company: Company) -> FastAPI:
    return create_web(
        settings_of(PLATFORMS).model_validate({}), company.current, company.clock, company.database, {}
    )


@pytest.fixture
async def admin(company: Company, visitor: Visitor) -> Visitor:
    await visitor.log_in(company, "admin")
    return visitor


@pytest.fixture
async def second(site: FastAPI, company: Company) -> AsyncIterator[Visitor]:
    async with Visitor.of(site) as browser:
        await browser.log_in(company, "wang")
        yield browser


SELECT = re.compile(r'<select name="([^"]+)"[^>]*>(.*?)</select>', re.DOTALL)
CHOSEN = re.compile(r'<option value="([^"]*)" selected>')
INPUT = re.compile(r'<input (?!type="(?:hidden|checkbox|date)")[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"')
AREA = re.compile(r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', re.DOTALL)
TICKED = re.compile(r'<input type="checkbox" name="([^"]+)"(?: value="([^"]*)")? checked')


def filled(answer: httpx.Response) -> dict[str, Any]:
    """All fields of a page's form, as a browser would send them."""
    found: dict[str, Any] = dict(fields_of(answer))
    found |= {name: unescape(value) for name, value in INPUT.findall(answer.text)}
    found |= {name: unescape(value) for name, value in AREA.findall(answer.text)}
    for name, options in SELECT.findall(answer.text):
        chosen = CHOSEN.search(options)
        found[name] = chosen[1] if chosen else ("==" if name == "add.sign" else "")
    for name, value in TICKED.findall(answer.text):
        found.setdefault(name, []).append(value or "on") if isinstance(found.get(name, []), list) else None
    return found


async def sends(visitor: Visitor, path: str, do: str = "save", **typed: Any) -> httpx.Response:
    """Open a form, type into it and press a button."""
    fields = filled(await visitor.open(path)) | {name.replace("__", "."): value for name, value in typed.items()}
    return await visitor.send(path.partition("?")[0], do=do, **fields)


async def hours(company: Company) -> dict[str, int | None]:
    return await company.look(lambda turn: {rule.id: rule.deadline_hours for rule in turn.environment.rules})


@pytest.mark.both_databases
async def test_a_draft_of_one_admin_is_in_force_once_another_agrees(
    company: Company, admin: Visitor, second: Visitor
) -> None:
    assert 'href="/settings"' in await admin.page("/overview")
    text = await admin.page("/settings")
    assert "触发规则" in text
    assert "第 1 版" in text
    answer = await sends(admin, "/settings/rules/edit?entry=big", deadline_hours="8", why="压缩审批")
    assert answer.status_code == 303, answer.text
    path = answer.headers["location"]
    told = await admin.page(path)
    said = ("big：审批期限（小时） 24 → 8", "压缩审批", "deadline_hours: &#39;24&#39;", "撤回", "近 30 天没有变更")
    for part in said:
        assert part in told, part
    assert ">同意</button>" not in told, "nobody agrees with themselves"
    assert (await hours(company))["big"] == 24
    await company.office.deliver()
    card = company.shown(await newest_card(company, PRODUCTION))[-1]
    assert f"{SITE}{path}" in card.body
    agreed = await second.send(path, do="agree", **fields_of(await second.open(path)))
    assert agreed.status_code == 303
    assert "王五 已同意，已生效" in await admin.page(path)
    assert (await hours(company))["big"] == 8
    history = await admin.page("/settings/rules")
    assert "第 2 版" in history
    assert "吴凡，王五 同意" in history


@pytest.mark.parametrize("section", IN_DATABASE)
async def test_every_section_has_a_page(admin: Visitor, section: str) -> None:
    text = await admin.page(f"/settings/{section}")
    assert f'href="/settings/{section}"' in await admin.page("/settings")
    for path in re.findall(r'href="(/settings/[^"]+)"', text):
        await admin.page(unescape(path))


async def test_who_is_no_admin_is_told_so(company: Company, visitor: Visitor) -> None:
    await visitor.log_in(company, "han")
    assert 'href="/settings"' not in await visitor.page("/overview")
    for path in ("", "/rules", "/rules/edit", "/rules/text", "/versions/1"):
        answer = await visitor.open(f"/settings{path}")
        assert (answer.status_code, "没有改人员和群的权限" in answer.text) == (422, True), path


async def test_whoever_loses_the_role_is_told_at_the_next_press(company: Company, admin: Visitor) -> None:
    fields = filled(await admin.open("/settings/rules/edit?entry=big")) | {"deadline_hours": "8"}
    await company.types("wang", "人员 吴凡 取消 管理员", PRODUCTION)  # 王五 is the other admin: nobody else could agree
    answer = await admin.send("/settings/rules/edit", do="save", **fields)
    assert answer.status_code == 401
    assert "权限" in answer.text or "登录" in answer.text
    assert await company.look(lambda turn: turn.uow.settings_requests.open_ones()) == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"deadline_hours": "soon"}, "写的是「soon」；应为整数"),
        ({"deadline_hours": "-1"}, "写的是「-1」"),
        ({"when": "days >"}, "规则 big 的条件从第 6 个字符起看不懂"),
        ({"when": "dais > 3"}, "规则 big 里没有 dais 这个事实"),
        ({"approvals__0__who": "role:admin", "approvals__0__mode": "7"}, "要 7 人同意"),
        ({"approvals__0__who": "affected", "approvals__0__mode": "many"}, "应为 any"),
        ({"ratify_hours": "4"}, "ratify_hours 只用于 emergency"),
        ({"id": "rush"}, "id rush 已在 rules[0].id 用过"),
        ({"id": ""}, "没有写"),
        ({"act": "inform"}, "act 要配会自己发生的事件"),
        ({"begins": "2026-11-20"}, "2026-11-20 已经过去了"),
        ({"begins": "morgen"}, "生效日“morgen”看不懂"),
        ({}, "触发规则现在就是这样，什么也没有改"),
    ],
)  # fmt: skip
async def test_what_is_wrong_is_said_beside_it_and_nothing_typed_is_lost(
    admin: Visitor, typed: dict[str, str], told: str
) -> None:
    more: dict[str, Any] = {"why": "试试<b>", "inform": ["sales", "purchasing"], **typed} if typed else {}
    answer = await sends(admin, "/settings/rules/edit?entry=big", **more)
    assert answer.status_code == 409
    assert told in unescape(answer.text)
    stands = filled(answer)
    for name, value in typed.items():
        if name != "begins":
            assert stands[name.replace("__", ".")] == value, name
    if typed:
        assert stands["why"] == "试试<b>"
        assert stands["inform"] == ["sales", "purchasing"]
    assert 'role="alert"' in answer.text


async def test_a_condition_is_put_together_from_facts(admin: Visitor) -> None:
    path = "/settings/rules/edit?entry=big"
    answer = await sends(admin, path, "condition", add__fact="item.type", add__sign="in", add__value="生产，采购")
    assert filled(answer)["when"] == "days > 3 && item.type in ['生产', '采购']"
    answer = await sends(admin, path, "condition", add__fact="proposer.roles", add__sign="==", add__value="planner")
    assert filled(answer)["when"] == "days > 3 && 'planner' in proposer.roles"
    answer = await sends(admin, path, "condition", add__fact="late_orders", add__sign=">=", add__value="2", when="")
    assert filled(answer)["when"] == "late_orders >= 2"
    assert "读作：" in answer.text
    answer = await sends(admin, path, "condition", add__fact="", add__value="x")
    assert filled(answer)["when"] == "days > 3", "nothing was chosen"


@pytest.mark.both_databases
async def test_two_at_once_the_second_sees_what_the_first_did(
    company: Company, admin: Visitor, second: Visitor
) -> None:
    late = filled(await admin.open("/settings/rules/edit?entry=big")) | {"deadline_hours": "4"}
    path = (await sends(second, "/settings/rules/edit?entry=big", deadline_hours="8")).headers["location"]
    await admin.send(path, do="agree", **fields_of(await admin.open(path)))
    company.clock.move(minutes=1)
    answer = await admin.send("/settings/rules/edit", do="save", **late)
    assert answer.status_code == 409
    assert "王五 在" in answer.text
    assert "审批期限（小时） 24 → 8" in answer.text
    assert filled(answer)["deadline_hours"] == "4", "what was typed still stands there"
    again = await admin.send("/settings/rules/edit", do="save", **filled(answer))
    assert again.status_code == 303
    assert "审批期限（小时） 8 → 4" in await admin.page(again.headers["location"])
    other = filled(await admin.open("/settings/rules/edit?entry=rest")) | {"deadline_hours": "9", "base": late["base"]}
    assert (await admin.send("/settings/rules/edit", do="save", **other)).status_code == 303, "another entry"


@pytest.mark.parametrize("page", ["edit?entry=big", "text"])
async def test_what_begins_in_between_is_not_taken_back(
    company: Company, admin: Visitor, second: Visitor, page: str
) -> None:
    """The pages show what is in force: the draft is what was changed in it."""
    early = await sends(admin, "/settings/rules/edit?entry=big", when="days > 4", begins="2026-11-26")
    path = early.headers["location"]
    await second.send(path, do="agree", **fields_of(await second.open(path)))
    opened = filled(await admin.open(f"/settings/rules/{page}"))
    typed = {"text": opened["text"].replace("'24'", "'8'")} if page == "text" else {"deadline_hours": "8"}
    late = await sends(admin, f"/settings/rules/{page}", begins="2026-11-27", **typed)
    assert late.status_code == 303, late.text
    path = late.headers["location"]
    request = await company.look(lambda turn: turn.uow.settings_requests.get(int(path.rpartition("/")[2])))
    assert request is not None
    assert request.facts["change"] == "触发规则：big：审批期限（小时） 24 → 8"
    await second.send(path, do="agree", **fields_of(await second.open(path)))
    company.clock.move(days=5)
    big = await company.look(lambda turn: turn.uow.settings_of("main").current(turn.now)["rules"].document[0])
    assert (big["when"], big["deadline_hours"]) == ("days > 4", "8")


@pytest.mark.both_databases
async def test_back_to_an_earlier_version_takes_two_as_well(
    company: Company, admin: Visitor, second: Visitor
) -> None:
    path = (await sends(admin, "/settings/rules/edit?entry=big", deadline_hours="8")).headers["location"]
    await second.send(path, do="agree", **fields_of(await second.open(path)))
    numbers = re.findall(r'href="/settings/versions/(\d+)"', await admin.page("/settings/rules"))
    text = await admin.page(f"/settings/versions/{numbers[-1]}")
    assert "和现在的差别" in text
    first = f"/settings/versions/{numbers[-1]}"
    answer = await admin.send(first, why="太紧", **fields_of(await admin.open(first)))
    assert answer.status_code == 303
    path = answer.headers["location"]
    await second.send(path, do="agree", **fields_of(await second.open(path)))
    assert (await hours(company))["big"] == 24
    versions = await company.look(lambda turn: turn.uow.settings_of("main").of_section("rules"))
    assert [one.version for one in versions] == [1, 2, 3]
    assert (versions[-1].document, versions[-1].note) == (versions[0].document, "太紧")
    assert "现在就是这样" in await admin.page(f"/settings/versions/{versions[-1].number}")


async def test_entries_come_go_and_change_places(company: Company, admin: Visitor, second: Visitor) -> None:
    async def agreed(answer: httpx.Response) -> list[str]:
        assert answer.status_code == 303, answer.text
        path = answer.headers["location"]
        await second.send(path, do="agree", **fields_of(await second.open(path)))
        return [*(await hours(company))]

    page = fields_of(await admin.open("/settings/rules"))
    up = await admin.send("/settings/rules", **(page | {"do": "up", "entry": "rush"}))
    assert await agreed(up) == ["rush", "big", "rest"]
    gone = await admin.send("/settings/rules", **(page | {"do": "remove", "entry": "big"}))
    assert await agreed(gone) == ["rush", "rest"]
    new = await sends(admin, "/settings/rules/edit", id="night", event="any", when="today.weekday == 7")
    assert "warn" not in new.text
    path = new.headers["location"]
    assert "night 不会触发" in (await admin.page(path)) or "night" in (await admin.page(path))
    assert await agreed(new) == ["rush", "rest", "night"]
    missing = await admin.send("/settings/rules", **(page | {"do": "remove", "entry": "big"}))
    assert "已经没有“big”了" in missing.text
    assert "已经没有“big”了" in (await admin.open("/settings/rules/edit?entry=big")).text


@pytest.mark.parametrize(
    ("section", "typed", "document"),
    [
        ("fences", SOON | {"scope__types": "生产，采购"}, [SOON | {"scope": {"types": ["生产", "采购"]}}]),
        ("exceptions", {"silent_days": "3"}, None),
        ("readiness", {"backflush": "螺丝\n胶水"}, {"days_before": "3", "backflush": ["螺丝", "胶水"]}),
        ("forecast", {"prior_days": "5"}, {"prior_days": "5"}),
        ("masked", {"fields": "*毛利率*", "roles": ["admin"]}, None),
        ("authority", {"who": "production", "fields": ["start"]}, None),
        ("escalation", {"hours": "08:30-17:30"}, None),
        ("digest", {"time": "08:10"}, {"time": "08:10"}),
    ],
)  # fmt: skip
async def test_every_form_makes_what_a_file_would_say(
    company: Company, admin: Visitor, second: Visitor, section: str, typed: dict[str, Any], document: Any
) -> None:
    answer = await sends(admin, f"/settings/{section}/edit", **typed)
    assert answer.status_code == 303, answer.text
    path = answer.headers["location"]
    agreed = await second.send(path, do="agree", **fields_of(await second.open(path)))
    assert agreed.status_code == 303, agreed.text
    (version,) = await company.look(lambda turn: turn.uow.settings_of("main").of_section(section)[-1:])
    if document is not None:
        assert version.document == document
    again = await sends(admin, f"/settings/{section}/edit" + ("?entry=0" if section in ("masked", "authority") else ""))
    assert "什么也没有改" in again.text, "a form that nobody touched changes nothing"
    in_force: dict[str, Callable[[Environment], bool]] = {
        "exceptions": lambda env: env.exceptions.thresholds.silent_days == 3,
        "authority": lambda env: [grant.who for grant in env.grants][-1] == "production",
        "masked": lambda env: env.masks[-1].fields == ("*毛利率*",),
        "escalation": lambda env: str(env.escalation.hours) == "08:30-17:30" and len(env.escalation.ladder) == 4,
    }  # fmt: skip
    if section in in_force:
        assert await company.look(lambda turn: in_force[section](turn.environment))


async def test_a_section_without_a_form_is_changed_as_text(company: Company, admin: Visitor, second: Visitor) -> None:
    path = "/settings/calendars/text"
    said = "- name: yard\n  closed: ['2026-12-24']\n"
    answer = await admin.send(path, text=said, **fields_of(await admin.open(path)))
    assert answer.status_code == 303, answer.text
    for wrong, told in (
        ("- name: [", "行读不了，不是 YAML"),
        ("- &a {name: x}\n- *a", "不能用 YAML 的引用"),
        ("- name: x\n  name: y", "name 写了两次"),
        ("- name: china", "china 是自带的日历"),
        ("- name: x\n  closed: !!binary ZGF5cyA+IDM=", "第 2 行：这里只能写文字"),
        ("- name: x\n  closed: !!set {a, b}", "第 2 行：这里只能写文字"),
        ("- name: x\n  closed: [!!timestamp 2026-12-24]", "第 2 行：这里只能写文字"),
        ("- name: !!float .nan", "第 1 行：这里只能写文字"),
        ("- name: !!int 0x" + "f" * 5000, "第 1 行：这里只能写文字"),
        ("- name: x\n  !!binary YQ==: y", "第 1 行：这里只能写文字"),
        ('- name: "b\\0g"', "第 1 行有看不见的控制字符"),
        ('- name: x\n  "b\\eg": y', "第 2 行有看不见的控制字符"),
        ('- name: "b\\uD800g"', "第 1 行有看不见的控制字符"),
    ):
        refused = await admin.send(path, text=wrong, **fields_of(await admin.open(path)))
        assert refused.status_code == 409
        assert told in unescape(refused.text)
        assert wrong in unescape(refused.text), "what was typed still stands there"
    for path in ("/settings/people/text", "/settings/secrets", "/settings/drafts/99", "/settings/versions/x"):
        assert (await admin.open(path)).status_code == 404, path


async def test_a_dry_run_before_anything_is_asked(company: Company, admin: Visitor) -> None:
    no = await company.proposes("lin", "改期 RC-1 推迟5天 因为 盘点人手不够", PLANNING)
    answer = await sends(admin, "/settings/rules/edit?entry=big", "try", **{"approvals__0__who": "affected",
                                                                             "approvals__1__who": "purchasing"})
    assert "试算近 30 天：1 单里 1 单会不同：1 单多问采购部" in answer.text
    assert f'href="/changes/{no}"' in answer.text
    assert await company.look(lambda turn: turn.uow.settings_requests.open_ones()) == []


async def test_a_rule_nobody_reaches_is_warned_of(company: Company, admin: Visitor) -> None:
    answer = await sends(admin, "/settings/rules/edit", id="late", event="any")
    told = await admin.page(answer.headers["location"])
    assert "late" in told
    assert "rules[3]" in told, "the file's own warning"


async def test_the_only_admin_is_told_from_when(company: Company, admin: Visitor) -> None:
    await company.types("admin", "人员 王五 取消 管理员", PLANNING)
    answer = await sends(admin, "/settings/rules/edit?entry=big", deadline_hours="8")
    told = await admin.page(answer.headers["location"])
    assert "11-24 起生效，之前可以叫停" in told
    assert ">叫停</button>" in told
    stopped = await admin.send(
        answer.headers["location"], do="refuse", **fields_of(await admin.open(answer.headers["location"]))
    )
    assert stopped.status_code == 303
    assert "吴凡 已叫停" in await admin.page(answer.headers["location"])


@pytest.mark.parametrize("sign", ["", "made-up"])
async def test_a_form_from_elsewhere_drafts_nothing(company: Company, admin: Visitor, sign: str) -> None:
    answer = await sends(admin, "/settings/rules/edit?entry=big", deadline_hours="8", csrf=sign)
    assert answer.status_code == 403
    assert await company.look(lambda turn: turn.uow.settings_requests.open_ones()) == []
