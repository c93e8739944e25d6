"""`run.py people import`: people from a sheet, by number, by name and department, and never by a name alone."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import yaml

from sandbox.contacts import TOP, Contacts, Employee, Unit
from sandbox.dingtalk import DingTalk
from sandbox.dingtalk.contacts import GRANTED, MOBILE
from sandbox.server import serving
from sandbox.wecom import App, Bot, WeCom
from sandbox.world import World
from tests.bot.cli.conftest import Ended, Office

SHEET = """姓名,手机,部门,角色
李娜,13800000001,生产部,审批、计划员
王五,138 0000 0002,生产部,计划员
赵敏,,生产部,
钱伟,13800000009,生产部,管理员
"""


@dataclass(frozen=True)
class Platforms:
    dingtalk: DingTalk
    wecom: WeCom
    addresses: tuple[str, str]


@pytest.fixture
async def platforms() -> AsyncIterator[Platforms]:
    employees = {
        "u1": Employee("u1", "李娜", [TOP], mobile="13800000001"),
        "u2": Employee("u2", "王五", [TOP], mobile="13800000002"),
    }
    contacts = Contacts({TOP: Unit(TOP, "公司", 0)}, employees, permissions={*GRANTED})
    ding = DingTalk(
        World(), client_id="ding1", client_secret="ding-right", template_ids=set(), contacts=contacts
    )
    wecom = WeCom(
        World(), corp_id="ww1", app=App(1, "app-right"), aibot=Bot("aib1", "x"),
        contacts=Contacts(contacts.units, {"LiNa": Employee("LiNa", "李娜", [TOP], mobile="13800000001")}),
    )  # fmt: skip
    async with serving(ding.app) as here, serving(wecom.app) as there:
        yield Platforms(ding, wecom, (here, there))


async def ready(office: Office, platforms: Platforms | None = None) -> None:
    more = "settings: {source: database}\n"
    if platforms:
        ding, wecom = platforms.addresses
        aes = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
        app = f"{{agent_id: 1, secret: app-right, token: t, encoding_aes_key: {aes}}}"
        more += (
            f"dingtalk: {{client_id: ding1, client_secret: ding-right, card_template_id: x, endpoint: '{ding}'}}\n"
            f"wecom: {{corp_id: ww1, endpoint: '{wecom}', app: {app}}}\n"
        )
    office.settings(more=more)
    office.file("people.csv", SHEET)
    assert (await run(office, "migrate")).status == 0
    assert (await run(office, "settings", "import", "config.yaml")).status == 0


async def run(office: Office, *arguments: str) -> Ended:
    """The platforms answer on this event loop, so the command runs beside it."""
    return await asyncio.to_thread(office.run, *arguments)


async def people(office: Office) -> list[dict[str, object]]:
    assert (await run(office, "settings", "export", "out.yaml")).status == 0
    found = yaml.safe_load((office.folder / "out.yaml").read_text("utf-8"))["people"]
    assert isinstance(found, list)
    return found


async def test_who_is_new_and_who_gets_an_account_is_told_first(office: Office, platforms: Platforms) -> None:
    await ready(office, platforms)
    before = await people(office)
    ended = await run(office, "people", "import", "people.csv", "--dry-run")
    assert ended.status == 0, ended.err
    assert "钉钉：3 个手机号找到 2 个账号" in ended.out
    assert "企业微信：3 个手机号找到 1 个账号" in ended.out
    assert "新 3：李娜（生产部）：审批人、计划员、赵敏（生产部）：查看者、钱伟（生产部）：查看者" in ended.out
    assert "加角色、加账号 1：王五：计划员、u2" in ended.out
    assert "人员 钱伟 管理员" in ended.out
    assert await people(office) == before


async def test_it_is_done_once_it_is_agreed_to(office: Office, platforms: Platforms) -> None:
    await ready(office, platforms)
    assert (await run(office, "people", "import", "people.csv")).status == 1  # nobody can be asked
    ended = await run(office, "people", "import", "people.csv", "--yes")
    assert "人员第 2 版：新 3，改 1" in ended.out, ended.err
    found = {str(one["name"]): one for one in await people(office)}
    li, wang, zhao, qian = (found[name] for name in ("李娜", "王五", "赵敏", "钱伟"))
    assert (li["dingtalk"], li["wecom"], li["roles"]) == ("u1", "LiNa", ["approver", "planner"])
    assert (wang["id"], wang["dingtalk"]) == ("wang.wu", "u2")
    assert wang["roles"] == ["approver", "coordinator", "planner"]
    assert (zhao["roles"], qian["roles"]) == (["viewer"], ["viewer"])
    again = await run(office, "people", "import", "people.csv", "--yes")
    assert "没有要改的" in again.out
    assert (await run(office, "audit", "verify")).status == 0


async def test_numbers_are_kept_nowhere(
    office: Office, platforms: Platforms, caplog: pytest.LogCaptureFixture
) -> None:
    await ready(office, platforms)
    platforms.dingtalk.contacts.permissions.discard(MOBILE)
    with caplog.at_level(logging.DEBUG):
        ended = await run(office, "people", "import", "people.csv", "--yes")
    assert "根据手机号获取成员基本信息" in ended.out
    wrong = office.file("wrong.csv", "姓名,手机,部门\n李娜,13800000001x,生产部\n")
    refused = await run(office, "people", "import", wrong.name)
    assert refused.status == 1
    assert "不是手机号" in refused.err
    kept = b"".join(path.read_bytes() for path in (office.folder / "data").iterdir())
    for number in ("13800000001", "138 0000 0002", "13800000002", "13800000009"):
        assert number not in ended.out + ended.err + refused.err + caplog.text
        assert number.encode() not in kept


async def test_who_has_many_wrong_numbers_is_not_tried_to_the_end(office: Office, platforms: Platforms) -> None:
    """The platforms refuse for a day whoever does."""
    await ready(office, platforms)
    rows = "".join(f"人{n},1390000{n:04},生产部\n" for n in range(30))
    office.file("many.csv", f"姓名,手机,部门\n{rows}")
    ended = await run(office, "people", "import", "many.csv", "--dry-run")
    assert "连着几个手机号都找不到人" in ended.out
    assert platforms.wecom.calls["userByMobile"] == 5


async def test_without_platforms_they_come_in_by_name_and_department(office: Office) -> None:
    await ready(office)
    office.file("two.csv", "姓名,部门,角色\n王五,生产部,\n孙七,生产部,审批\n孙七,生产部,\n")
    ended = await run(office, "people", "import", "two.csv", "--yes")
    assert "已经是这样 1" in ended.out
    names = [one["name"] for one in await people(office)]
    assert names == ["王五", "孙七", "孙七"]  # two namesakes are two people


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        ("姓名,部门\n李娜,销售部\n", "two.csv:2: 部门"),
        ("姓名,部门,角色\n李娜,生产部,国王\n", "two.csv:2: 角色"),
        ("姓名,部门\n,生产部\n", "two.csv:2: 姓名"),
        ("名单\n李娜\n", "没有找到表头"),
        ("姓名,部门\n", "没有数据行"),
    ],
)
async def test_what_is_wrong_is_told_with_its_place(office: Office, sheet: str, told: str) -> None:
    await ready(office)
    office.file("two.csv", sheet)
    ended = await run(office, "people", "import", "two.csv", "--yes")
    assert ended.status == 1
    assert told in ended.err
    assert "Traceback" not in ended.err


async def test_people_in_the_file_are_not_changed(office: Office) -> None:
    office.settings(more="settings: {source: file}")
    office.file("people.csv", SHEET)
    ended = await run(office, "people", "import", "people.csv", "--yes")
    assert ended.status == 1
    assert "settings.source: file" in ended.err
