"""DingTalk, as the service knows it."""

from dataclasses import replace

from bot.channels.common.channel import Channel
from bot.channels.common.connecting import Asked, Connection
from bot.channels.common.directory import DirectoryReader
from bot.channels.common.log_in import LogIn
from bot.channels.common.platform import Platform, Site, Way
from bot.channels.dingtalk.settings import DingTalkSettings
from bot.channels.dingtalk.traits import DINGTALK as TRAITS
from bot.finding import Finding
from cards.words import Words
from handlers.platforms import Traits


def _channels(section: DingTalkSettings, site: Site) -> list[Channel]:
    from bot.channels.dingtalk.channel import channel_of

    return [channel_of(section, site)]


def _log_in(section: DingTalkSettings, site: Site) -> LogIn:
    from bot.channels.dingtalk.log_in import DingTalkLogIn

    return DingTalkLogIn(section, site)


async def _checks(section: DingTalkSettings, site: Site, words: Words) -> list[Finding]:
    from bot.channels.dingtalk.checks import examine

    return await examine(section, site, words)


def _traits(section: DingTalkSettings | None) -> list[Traits]:
    if section is None:
        return [TRAITS]
    return [replace(TRAITS, bot_name=section.name, calls_a_month=section.monthly_calls, logs_in=True)]


def _directory(section: DingTalkSettings, site: Site) -> DirectoryReader:
    from bot.channels.dingtalk.directory import directory_of

    return directory_of(section, site)


DINGTALK = Platform(
    name=TRAITS.platform,
    section=DingTalkSettings,
    ways=(Way(TRAITS.prefix, "dingtalk", ("openConversationId", "openConversationId")),),
    traits=_traits,
    channels=_channels,
    checks=_checks,
    log_in=_log_in,
    connections=(
        Connection(
            "dingtalk",
            "dingtalk.init",
            (
                Asked("client_id", "dingtalk.init-client-id"),
                Asked("client_secret", "dingtalk.init-client-secret", "DINGTALK_CLIENT_SECRET"),
                Asked("card_template_id", "dingtalk.init-card-template-id"),
                Asked("corp_id", "dingtalk.init-corp-id", optional=True),
            ),
        ),
    ),
    directory=_directory,
    shows_directory=lambda section: True,
)
