"""Doctor's checks of WeCom: the app's credentials and what it sees of the directory, the aibot's address, and our
addresses for WeCom's callbacks."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from bot.channels.common.checks import answers, called_back, comes_back, directory_seen
from bot.channels.common.platform import Site
from bot.channels.wecom.aibot.build import aibot_of
from bot.channels.wecom.aibot.callback import PATH as AIBOT_PATH
from bot.channels.wecom.app.channel import PATH as APP_PATH
from bot.channels.wecom.app.channel import app_of
from bot.channels.wecom.directory import directory_of
from bot.channels.wecom.settings import AibotSettings, AppSettings, WeComSettings
from bot.finding import Finding, Mark
from cards.words import Words

PROVEN = {"websocket": "doctor.channel-address", "callback": "doctor.channel-callback"}
"""The secret of a long connection is not tried: that would throw out the process that serves."""


async def examine(section: WeComSettings, site: Site, words: Words) -> list[Finding]:
    """Of an app with wrong credentials nothing else is tried."""
    told: list[Finding] = []
    tried: list[Coroutine[Any, Any, list[Finding]]] = []
    aibot, app = words("wecom.doctor-aibot"), words("wecom.doctor-app")
    if section.aibot:
        tried.append(_aibot(section.aibot, site, aibot, words))
    if section.app:
        tried.append(_app(section, section.app, site, app, words))
        told.append(called_back(app, APP_PATH, site, words))
        told += comes_back(app, "", site, words, "wecom.log-in")
    if section.aibot and section.aibot.mode == "callback":
        told.append(called_back(aibot, AIBOT_PATH, site, words))
    return [finding for findings in await asyncio.gather(*tried) for finding in findings] + told


async def _aibot(section: AibotSettings, site: Site, named: str, words: Words) -> list[Finding]:
    return [await answers(aibot_of(section, site), named, words, PROVEN[section.mode])]


async def _app(section: WeComSettings, app: AppSettings, site: Site, named: str, words: Words) -> list[Finding]:
    accepted = await answers(app_of(section, app, site), named, words)
    if accepted.mark is not Mark.FINE:
        return [accepted]
    return [accepted, await directory_seen(directory_of(section, app, site), named, words)]
