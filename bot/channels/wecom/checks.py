"""Doctor's checks of WeCom: the app's credentials, the aibot's address, and our addresses for WeCom's callbacks."""

import asyncio

from bot.channels.common.checks import answers, called_back, comes_back
from bot.channels.common.platform import Site
from bot.channels.wecom.aibot.build import aibot_of
from bot.channels.wecom.aibot.callback import PATH as AIBOT_PATH
from bot.channels.wecom.app.channel import PATH as APP_PATH
from bot.channels.wecom.app.channel import app_of
from bot.channels.wecom.settings import WeComSettings
from bot.finding import Finding
from cards.words import Words

PROVEN = {"websocket": "doctor.channel-address", "callback": "doctor.channel-callback"}
"""The secret of a long connection is not tried: that would throw out the process that serves."""


async def examine(section: WeComSettings, site: Site, words: Words) -> list[Finding]:
    tried, told = [], []
    aibot, app = words("wecom.doctor-aibot"), words("wecom.doctor-app")
    if section.aibot:
        tried.append(answers(aibot_of(section.aibot, site), aibot, words, PROVEN[section.aibot.mode]))
    if section.app:
        tried.append(answers(app_of(section, section.app, site), app, words))
        told.append(called_back(app, APP_PATH, site, words))
        told += comes_back(app, "", site, words, "wecom.log-in")
    if section.aibot and section.aibot.mode == "callback":
        told.append(called_back(aibot, AIBOT_PATH, site, words))
    return [*await asyncio.gather(*tried), *told]
