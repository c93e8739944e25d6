"""WeCom, as the service knows it: an aibot, an app, or both."""

from dataclasses import replace

from bot.channels.common.channel import Channel
from bot.channels.common.connecting import Asked, Connection, made_aes_key, made_token
from bot.channels.common.directory import DirectoryReader
from bot.channels.common.log_in import LogIn
from bot.channels.common.platform import Platform, Site, Way
from bot.channels.wecom.settings import WeComSettings
from bot.channels.wecom.traits import AIBOT, AIBOT_CALLBACK, APP, PLATFORM
from bot.finding import Finding
from cards.words import Words
from handlers.platforms import Traits

CORP = Asked("corp_id", "wecom.init-corp-id")


def _traits(section: WeComSettings | None) -> tuple[Traits, ...]:
    aibot = section.aibot if section else None
    way = AIBOT_CALLBACK if aibot and aibot.mode == "callback" else AIBOT
    logs_in = bool(section and section.app)
    return (replace(way, bot_name=aibot.name if aibot else "", logs_in=logs_in), replace(APP, logs_in=logs_in))


def _channels(section: WeComSettings, site: Site) -> list[Channel]:
    from bot.channels.wecom.aibot.build import aibot_of
    from bot.channels.wecom.app.channel import app_of

    aibot = [aibot_of(section.aibot, site)] if section.aibot else []
    return aibot + ([app_of(section, section.app, site)] if section.app else [])


def _log_in(section: WeComSettings, site: Site) -> LogIn | None:
    from bot.channels.wecom.log_in import WeComLogIn

    return WeComLogIn(section, section.app, site) if section.app else None


async def _checks(section: WeComSettings, site: Site, words: Words) -> list[Finding]:
    from bot.channels.wecom.checks import examine

    return await examine(section, site, words)


def _directory(section: WeComSettings, site: Site) -> DirectoryReader | None:
    from bot.channels.wecom.directory import directory_of

    return directory_of(section, section.app, site) if section.app else None


WECOM = Platform(
    name=PLATFORM,
    section=WeComSettings,
    ways=(
        Way(AIBOT.prefix, "wecom.aibot", ("chatid", "chatid")),
        Way(APP.prefix, "wecom.app", ("成员", "members")),
    ),
    traits=_traits,
    channels=_channels,
    checks=_checks,
    log_in=_log_in,
    connections=(
        Connection(
            "wecom.aibot",
            "wecom.init-aibot",
            (
                CORP,
                Asked("aibot.bot_id", "wecom.init-aibot-bot-id"),
                Asked("aibot.secret", "wecom.init-aibot-secret", "WECOM_BOT_SECRET"),
            ),
        ),
        Connection(
            "wecom.app",
            "wecom.init-app",
            (
                CORP,
                Asked("app.agent_id", "wecom.init-app-agent-id"),
                Asked("app.secret", "wecom.init-app-secret", "WECOM_SECRET"),
                Asked("app.token", "wecom.init-app-token", "WECOM_TOKEN", makes=made_token),
                Asked("app.encoding_aes_key", "wecom.init-app-encoding-aes-key", "WECOM_AES_KEY", makes=made_aes_key),
            ),
        ),
    ),
    directory=_directory,
    shows_directory=lambda section: section.app is not None,
)
