"""DingTalk, as the service knows it."""

from dataclasses import replace

from bot.channels.common.channel import Channel
from bot.channels.common.platform import Platform, Site, Way
from bot.channels.dingtalk.settings import DingTalkSettings
from bot.channels.dingtalk.traits import DINGTALK as TRAITS
from bot.finding import Finding
from cards.words import Words


def _channels(section: DingTalkSettings, site: Site) -> list[Channel]:
    from bot.channels.dingtalk.channel import channel_of

    return [channel_of(section, site)]


async def _checks(section: DingTalkSettings, site: Site, words: Words) -> list[Finding]:
    from bot.channels.dingtalk.checks import examine

    return await examine(section, site, words)


DINGTALK = Platform(
    name=TRAITS.platform,
    section=DingTalkSettings,
    ways=(Way(TRAITS.prefix, "dingtalk", ("openConversationId", "openConversationId")),),
    traits=lambda section: (replace(TRAITS, bot_name=section.name if section else ""),),
    channels=_channels,
    checks=_checks,
)
