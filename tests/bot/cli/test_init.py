"""`run.py init` at a real terminal, against the simulated platforms: what it asks, checks, writes, and never shows."""

import asyncio
import os
import pty
import re
import select
import stat
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.cli import init
from bot.cli.common import Failed
from bot.platforms import PLATFORMS
from bot.settings import load_settings
from cards.words import Words
from sandbox.dingtalk import DingTalk
from sandbox.server import serving
from sandbox.wecom import App, Bot, WeCom
from sandbox.world import World
from tests import ROOT

SECRET, APP_SECRET, BOT_SECRET = "ding-right-secret", "app-right-secret", "bot-right-secret"
PATIENCE = 30.0


@dataclass(frozen=True)
class Served:
    dingtalk: str
    wecom: str


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    world = World()
    ding = DingTalk(world, client_id="ding1", client_secret=SECRET, template_ids={"plan.schema"})
    wecom = WeCom(world, corp_id="ww1", app=App(1000003, APP_SECRET), aibot=Bot("aib1", BOT_SECRET))
    async with serving(ding.app) as ding_url, serving(wecom.app) as wecom_url:
        yield Served(ding_url, wecom_url)


def at_a_terminal(folder: Path, arguments: Sequence[str], answers: Sequence[tuple[str, str]]) -> tuple[int, str]:
    """Type each answer once its question is shown; the exit status, and all that the screen showed."""
    pid, screen = pty.fork()
    if pid == 0:
        os.chdir(folder)
        os.execv(sys.executable, [sys.executable, str(ROOT / "run.py"), *arguments])
    shown = ""
    waiting = list(answers)
    since = 0
    while True:
        ready, _, _ = select.select([screen], [], [], PATIENCE)
        assert ready, f"nothing more after:\n{shown}"
        try:
            more = os.read(screen, 65536).decode("utf-8", "replace")
        except OSError:
            more = ""
        if not more:
            break
        shown += more
        if waiting and waiting[0][0] in shown[since:] and shown.endswith(": "):  # by then nothing is echoed
            since = len(shown)
            os.write(screen, f"{waiting.pop(0)[1]}\n".encode())
    _, status = os.waitpid(pid, 0)
    assert waiting == [], f"never asked: {waiting}\n{shown}"
    return os.waitstatus_to_exitcode(status), shown


async def inits(folder: Path, served: Served, answers: Sequence[tuple[str, str]]) -> tuple[int, str]:
    """The platforms answer on this event loop, so the terminal is beside it."""
    besides = (f"dingtalk.endpoint={served.dingtalk}", f"wecom.endpoint={served.wecom}",
               f"wecom.aibot.websocket_url={served.wecom.replace('http', 'ws')}/ws")  # fmt: skip
    return await asyncio.to_thread(at_a_terminal, folder, ["init", *(f"--set={one}" for one in besides)], answers)


DINGTALK = [
    ("language", ""), ("https", "https://plan.acme.example"), ("接上钉钉", "y"), ("Client ID", "ding1"),
    ("Client Secret", SECRET), ("模板 ID", "plan.schema"), ("CorpId", "dingcorp"),
]  # fmt: skip
NO_WECOM = [("接上企业微信智能机器人", "n"), ("接上企业微信自建应用", "n")]
AGAIN = [("language", ""), ("https", ""), ("接上钉钉", ""), ("Client ID", ""), ("Client Secret", ""), ("模板 ID", ""),
         ("CorpId", "")]  # fmt: skip



def read(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


async def test_dingtalk_is_connected(tmp_path: Path, served: Served) -> None:
    status, shown = await inits(tmp_path, served, [*DINGTALK, *NO_WECOM])
    assert status == 0, shown
    assert "✓ 钉钉：凭证有效" in shown
    assert SECRET not in shown, "a secret was echoed"
    text = (tmp_path / "config.yaml").read_text("utf-8")
    assert SECRET not in text
    assert "client_secret: ${DINGTALK_CLIENT_SECRET}" in text
    env = tmp_path / "tongpan.env"
    assert env.read_text("utf-8") == f"DINGTALK_CLIENT_SECRET={SECRET}\n"
    assert stat.S_IMODE(env.stat().st_mode) == 0o600
    settings = load_settings(tmp_path / "config.yaml", {"DINGTALK_CLIENT_SECRET": SECRET}, PLATFORMS)
    assert settings.section("dingtalk").client_id == "ding1"
    assert settings.settings.source == "database"
    assert (settings.people, settings.departments) == ((), ())


async def test_the_same_again_changes_nothing(tmp_path: Path, served: Served) -> None:
    await inits(tmp_path, served, [*DINGTALK, *NO_WECOM])
    before = read(tmp_path)
    status, shown = await inits(tmp_path, served, [*AGAIN, *NO_WECOM])
    assert status == 0, shown
    assert "config.yaml 没有变化" in shown
    assert read(tmp_path) == before


async def test_what_is_there_is_not_written_over_unasked(tmp_path: Path, served: Served) -> None:
    config = tmp_path / "config.yaml"
    config.write_text("# mine\nplan: {id: main, name: 一厂}\n", "utf-8")
    (tmp_path / "tongpan.env").write_text("ERP_TOKEN=kept\n", "utf-8")
    refuses = [("tongpan.env 已经有了", "n"), ("config.yaml 已经有了", "n")]
    status, shown = await inits(tmp_path, served, [*DINGTALK, *NO_WECOM, *refuses])
    assert status == 0, shown
    assert config.read_text("utf-8") == "# mine\nplan: {id: main, name: 一厂}\n"
    agrees = [("tongpan.env 已经有了", "y"), ("config.yaml 已经有了", "y")]
    await inits(tmp_path, served, [*DINGTALK, *NO_WECOM, *agrees])
    assert (tmp_path / "config.yaml.before-init").read_text("utf-8").startswith("# mine")
    assert "name: 一厂" in config.read_text("utf-8"), "what it says besides stays"
    assert "ERP_TOKEN=kept\n" in (tmp_path / "tongpan.env").read_text("utf-8")
    assert stat.S_IMODE((tmp_path / "tongpan.env.before-init").stat().st_mode) == 0o600


async def test_what_the_platform_refuses_is_asked_again(tmp_path: Path, served: Served) -> None:
    wrong = [(asked, "ding-wrong-secret" if asked == "Client Secret" else typed) for asked, typed in DINGTALK]
    right = [("Client ID", ""), ("Client Secret", SECRET), ("模板 ID", ""), ("CorpId", "")]
    status, shown = await inits(tmp_path, served, [*wrong, ("照样写下", "n"), *right, *NO_WECOM])
    assert status == 0, shown
    assert "✗ 钉钉" in shown
    assert "ding-wrong-secret" not in shown
    assert (tmp_path / "tongpan.env").read_text("utf-8") == f"DINGTALK_CLIENT_SECRET={SECRET}\n"


@pytest.mark.parametrize("way", ["aibot", "app", "both"])
async def test_wecom_is_connected(tmp_path: Path, served: Served, way: str) -> None:
    aibot, app = way in ("aibot", "both"), way in ("app", "both")
    asked = [("接上企业微信智能机器人", "y" if aibot else "n"), ("接上企业微信自建应用", "y" if app else "n"),
             ("企业 ID", "ww1")]  # fmt: skip
    asked += [("Bot ID", "aib1"), ("智能机器人的 Secret", BOT_SECRET)] if aibot else []
    of_app = [("AgentId", "1000003"), ("应用的 Secret", APP_SECRET), ("Token", ""), ("EncodingAESKey", "")]
    asked += of_app if app else []
    begin = [("language", ""), ("https", "https://plan.acme.example"), ("接上钉钉", "n")]
    status, shown = await inits(tmp_path, served, [*begin, *asked])
    assert status == 0, shown
    env = dict(line.split("=", 1) for line in (tmp_path / "tongpan.env").read_text("utf-8").splitlines())
    settings = load_settings(tmp_path / "config.yaml", env, PLATFORMS)
    section = settings.section("wecom")
    assert (section.aibot is not None, section.app is not None) == (aibot, app)
    if app:
        assert re.fullmatch(r"[A-Za-z0-9]{43}", env["WECOM_AES_KEY"])
        assert "✓ 企业微信自建应用：凭证有效" in shown
    for secret in (*env.values(), APP_SECRET, BOT_SECRET):
        assert secret not in shown


async def test_nothing_connected_writes_nothing(tmp_path: Path, served: Served) -> None:
    begin = [("language", "en"), ("https", ""), ("Connect DingTalk", "n"), ("Connect WeCom's aibot", "n"),
             ("Connect WeCom's self-built app", "n")]  # fmt: skip
    status, shown = await asyncio.to_thread(at_a_terminal, tmp_path, ["init"], begin)
    assert status == 1
    assert "nothing was written" in shown
    assert read(tmp_path) == {}


def test_private_stays_private_and_no_former_file_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(init, "_yes", lambda *_, **__: True)
    config = tmp_path / "config.yaml"
    config.write_text("first", "utf-8")
    config.chmod(0o600)
    for text in ("second", "third"):
        init._keep(Words("en"), config, text)
    kept = {one.name: one.read_text("utf-8") for one in tmp_path.iterdir()}
    assert kept == {
        "config.yaml": "third", "config.yaml.before-init": "first", "config.yaml.before-init-2": "second"
    }
    assert {stat.S_IMODE(one.stat().st_mode) for one in tmp_path.iterdir()} == {0o600}


def test_quotes_that_do_not_end_are_said_with_their_line(tmp_path: Path) -> None:
    env = tmp_path / "tongpan.env"
    env.write_text("A=1\nX=it's\n", "utf-8")
    with pytest.raises(Failed, match=r"tongpan\.env 第 2 行"):
        init._variables(env)
