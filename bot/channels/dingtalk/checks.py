"""Doctor's checks of DingTalk: the credentials, by fetching a token, whether the app sees the directory, and where its
log-in comes back to."""

from bot.channels.common.checks import answers, comes_back, directory_seen
from bot.channels.common.platform import Site
from bot.channels.dingtalk.channel import channel_of
from bot.channels.dingtalk.directory import directory_of
from bot.channels.dingtalk.settings import DingTalkSettings
from bot.finding import Finding, Mark
from cards.words import Words


async def examine(section: DingTalkSettings, site: Site, words: Words) -> list[Finding]:
    """With wrong credentials nothing else is tried."""
    platform = words("dingtalk.name")
    accepted = await answers(channel_of(section, site), platform, words)
    told = comes_back(platform, "/login/dingtalk/back", site, words, "dingtalk.log-in")
    if accepted.mark is not Mark.FINE:
        return [accepted, *told]
    return [accepted, await directory_seen(directory_of(section, site), platform, words), *told]
