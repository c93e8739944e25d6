"""Doctor's check of DingTalk: the credentials, by fetching a token."""

from bot.channels.common.checks import answers
from bot.channels.common.platform import Site
from bot.channels.dingtalk.channel import channel_of
from bot.channels.dingtalk.settings import DingTalkSettings
from bot.finding import Finding
from cards.words import Words


async def examine(section: DingTalkSettings, site: Site, words: Words) -> list[Finding]:
    return [await answers(channel_of(section, site), words("dingtalk.name"), words)]
