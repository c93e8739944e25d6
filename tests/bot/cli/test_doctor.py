"""Doctor: what is in order, what is not, and what to do about it."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from bot.platforms import PLATFORMS
from bot.settings.copied import EXAMPLE, copied
from bot.settings.document import Document
from bot.settings.mistake import key_path
from sandbox.contacts import Contacts
from sandbox.dingtalk import DingTalk
from sandbox.server import serving
from sandbox.wecom import App, Bot, WeCom
from sandbox.world import World
from storage.connection.engine import sqlite_module
from tests.bot.cli.conftest import Ended, Office

AES = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"


def test_a_fresh_house_is_told_what_to_do_next(office: Office) -> None:
    ended = office.run("doctor")
    assert ended.status == 1
    assert "✓ 设置 config.yaml：1 个部门、1 人" in ended.out
    assert "✗ 数据库 sqlite:///data/plan.db 里还没有通盘的表。请运行：python run.py migrate" in ended.out
    assert ended.out.splitlines()[-1] == "有 1 处要处理"
    assert not (office.folder / "data").exists(), "looking must not make a database"


def test_after_migrate_only_the_plan_is_missing(office: Office) -> None:
    office.run("migrate")
    ended = office.run("doctor")
    assert ended.status == 1
    assert "✗ 还没有导入计划" in ended.out


def test_a_house_in_order(office: Office) -> None:
    office.plan()
    ended = office.run("doctor")
    assert (ended.status, ended.err) == (0, "")
    assert "✓ 计划“生产计划”：第 1 版，2 项、1 条关系" in ended.out
    assert "✓ 版本链：1 版" in ended.out
    assert ended.out.splitlines()[-1] == "一切正常"


def test_what_is_probably_not_meant_is_a_hint_and_no_failure(office: Office) -> None:
    office.plan()
    ended = office.run("doctor")
    assert "! departments[0]: 部门「生产部」没有会话" in ended.out
    assert ended.status == 0


def test_a_source_that_is_overdue_is_a_hint(office: Office) -> None:
    """What was brought long ago is told with its age, what nothing is expected of is in order."""
    office.settings(more="sources: [{id: import, name: Excel, expected_hours: 9}]")
    office.plan()
    assert "✓ 数据来源 Excel：" in office.run("doctor").out
    _alter(office, "UPDATE sources SET heard_at = '2026-03-02 01:00:00', since = '2026-03-02 01:00:00'")
    ended = office.run("doctor")
    (told,) = [line for line in ended.out.splitlines() if "数据来源" in line]
    assert "03-02 09:00，已过 " in told
    assert told.startswith("! 数据来源 Excel：")
    assert told.endswith(" 工时（应在 9 工时内）")
    assert ended.status == 0


def test_the_company_that_was_taken_for_ours_is_told(office: Office) -> None:
    office.plan()
    values = "(plan_id, platform, company, pinned_at) VALUES ('main', 'dingtalk', 'dingcorp', '2026-11-23 01:00:00')"
    _alter(office, f"INSERT INTO companies {values}")
    ended = office.run("doctor")
    assert "✓ 钉钉：设置里没有 corp_id，已把第一条消息的企业 dingcorp 当作本企业" in ended.out
    assert ended.status == 0


def test_an_altered_history_is_found(office: Office) -> None:
    office.plan()
    office.run("import", "items.csv")
    _alter(office, "UPDATE revisions SET applied_by = 'nobody' WHERE number = 1")
    ended = office.run("doctor")
    assert ended.status == 1
    assert "✗ 版本链在第 1 版" in ended.out


def test_a_plan_that_left_its_history_is_found(office: Office) -> None:
    office.plan()
    _alter(office, "UPDATE plans SET head_revision = 7")
    ended = office.run("doctor")
    assert ended.status == 1
    assert "✗ 计划停在第 7 版，版本链到第 1 版" in ended.out


def test_a_plan_that_cannot_be_read_does_not_end_the_examination(office: Office) -> None:
    office.plan()
    _alter(office, "UPDATE items SET mode = 'sideways'")
    ended = office.run("doctor")
    assert ended.status == 1
    assert "✗ 检查 database 时出了意外" in ended.out
    assert "Traceback" not in ended.out
    assert json.loads(ended.err)["action"] == "doctor.failed"


def test_a_dead_database_does_not_hide_the_rest(office: Office) -> None:
    office.settings(database="postgresql+psycopg://plan:s3cret@127.0.0.1:1/plan", more=_dingtalk("http://127.0.0.1:1"))
    ended = office.run("doctor")
    assert ended.status == 1
    wrong = [line for line in ended.out.splitlines() if line.startswith("✗")]
    assert len(wrong) == 2
    assert "postgresql+psycopg://127.0.0.1:1/plan" in wrong[0]
    assert wrong[1].startswith("✗ 钉钉：")
    assert "s3cret" not in ended.out


# -- the platforms ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Platforms:
    dingtalk: str
    wecom: str
    directories: tuple[Contacts, Contacts]
    """DingTalk's and WeCom's."""


@pytest.fixture
async def platforms() -> AsyncIterator[Platforms]:
    world = World()
    ding = DingTalk(world, client_id="ding1", client_secret="ding-right", template_ids={"plan.schema"})
    app = App(1000002, "app-right", token="QDG6eK", aes_key=AES)
    wecom = WeCom(world, corp_id="ww1", app=app, aibot=Bot("aib1", "bot-right"))
    async with serving(ding.app) as ding_address, serving(wecom.app) as wecom_address:
        yield Platforms(ding_address, wecom_address, (ding.contacts, wecom.contacts))


async def test_right_credentials_are_accepted(office: Office, platforms: Platforms) -> None:
    ended = await _examined(office, platforms)
    assert ended.status == 0, ended.out
    assert "✓ 钉钉：凭证有效" in ended.out
    assert "✓ 企业微信自建应用：凭证有效" in ended.out
    assert "✓ 企业微信智能机器人：地址连得上" in ended.out
    assert "✓ 钉钉：通讯录能看到" in ended.out
    assert "✓ 企业微信自建应用：通讯录能看到" in ended.out


async def test_a_directory_that_is_closed_is_told_with_the_permissions_to_ask_for(
    office: Office, platforms: Platforms
) -> None:
    """It is a hint: people can be kept without it."""
    dingtalk, wecom = platforms.directories
    dingtalk.permissions.clear()
    wecom.scope = set()
    ended = await _examined(office, platforms)
    assert ended.status == 0, ended.out
    ours, theirs = (line for line in ended.out.splitlines() if "看不到通讯录" in line)
    assert ours.startswith("! 钉钉：")
    assert "通讯录部门成员读权限" in ours
    assert theirs.startswith("! 企业微信自建应用：")
    assert "可见范围" in theirs


async def test_wrong_credentials_are_told_with_what_to_check(office: Office, platforms: Platforms) -> None:
    ended = await _examined(office, platforms, ding="ding-wrong", app="app-wrong")
    assert ended.status == 1
    dingtalk, app = (line for line in ended.out.splitlines() if line.startswith("✗"))
    assert "client_secret" in dingtalk
    assert "wecom.app.secret" in app
    for secret in ("ding-wrong", "app-wrong", "bot-right"):
        assert secret not in ended.out + ended.err


def test_what_was_copied_from_the_example_is_told_with_its_line() -> None:
    """Ids and addresses of nobody; what everybody may say, as the app's number, is not meant."""
    document = Document.read(EXAMPLE)
    keys = {key_path(path) for path in copied(document.values, PLATFORMS)}
    assert {"server.public_url", "dingtalk.client_id", "dingtalk.card_template_id", "wecom.corp_id"} <= keys
    assert "departments[0].conversation" in keys
    assert any(key.startswith("people[0].") for key in keys)
    for key in ("wecom.app.agent_id", "dingtalk.endpoint", "dingtalk.client_secret", "wecom.aibot.name"):
        assert key not in keys


def test_it_is_told_by_its_line(office: Office) -> None:
    office.settings(more="dingtalk:\n  client_id: dingxxxxxxxxxxxxxxxx\n  client_secret: s3cret-of-ours\n"
                         "  card_template_id: ours.schema\n  endpoint: http://127.0.0.1:9")  # fmt: skip
    ended = office.run("doctor")
    (told,) = [line for line in ended.out.splitlines() if "config.example.yaml" in line]
    lines = (office.folder / "config.yaml").read_text("utf-8").splitlines()
    number = 1 + lines.index("  client_id: dingxxxxxxxxxxxxxxxx")
    assert told.startswith(f"✗ config.yaml 第 {number} 行 dingtalk.client_id：")
    assert ended.status == 1


async def test_where_wecom_has_to_call_back(office: Office, platforms: Platforms) -> None:
    ended = await _examined(office, platforms)
    assert "✓ 企业微信自建应用的回调地址：https://plan.acme.example/wecom/app/callback" in ended.out
    assert "! 没有写 server.trusted_proxies" in ended.out
    config = office.folder / "config.yaml"
    text = config.read_text(encoding="utf-8").replace(', public_url: "https://plan.acme.example"', "")
    config.write_text(text, encoding="utf-8")
    without = await asyncio.to_thread(office.run, "doctor")
    assert without.status == 1
    assert "✗ 企业微信自建应用要回调，但没有写 server.public_url" in without.out
    assert "网页没有开放" in without.out
    assert "trusted_proxies" not in without.out


async def _examined(office: Office, platforms: Platforms, *, ding: str = "ding-right", app: str = "app-right") -> Ended:
    """The platforms answer on this event loop, so the command runs beside it."""
    more = f"""\
{_dingtalk(platforms.dingtalk, ding)}
wecom:
  corp_id: ww1
  endpoint: {platforms.wecom}
  app: {{agent_id: 1000002, secret: {app}, token: QDG6eK, encoding_aes_key: {AES}}}
  aibot: {{bot_id: aib1, secret: bot-right, websocket_url: "{platforms.wecom.replace('http', 'ws')}/ws"}}
"""
    office.settings(more=more)
    config = office.folder / "config.yaml"
    text = config.read_text(encoding="utf-8").replace("{port: 0}", '{port: 0, public_url: "https://plan.acme.example"}')
    config.write_text(text, encoding="utf-8")
    await asyncio.to_thread(office.plan)
    return await asyncio.to_thread(office.run, "doctor")


def _dingtalk(endpoint: str, secret: str = "x") -> str:
    keys = f"client_id: ding1, client_secret: {secret}, card_template_id: plan.schema, endpoint: '{endpoint}'"
    return f"dingtalk: {{{keys}}}"


def _alter(office: Office, statement: str) -> None:
    connection = sqlite_module().connect(str(office.folder / "data" / "plan.db"))
    connection.execute(statement)
    connection.commit()
    connection.close()
