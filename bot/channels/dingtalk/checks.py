"""Doctor's checks of DingTalk: the credentials, by fetching a token; the address that its log-in comes back to."""

from bot.channels.common.checks import answers, comes_back
from bot.channels.common.platform import Site
from bot.channels.dingtalk.channel import channel_of
from bot.channels.dingtalk.settings import DingTalkSettings
from bot.finding import Finding
from cards.words import Words


async def examine(section: DingTalkSettings, site: Site, words: Words) -> list[Finding]:
    name = words("dingtalk.name")
    told = comes_back(name, "/login/dingtalk/back", site, words, "dingtalk.log-in")
    return [await answers(channel_of(section, site), name, words), *told]
