"""From the settings to the channels that are configured."""

from collections.abc import Mapping

from bot.channels.common.channel import Channel
from bot.channels.dingtalk.channel import DingTalk
from bot.channels.wecom.aibot import WeComAibot
from bot.channels.wecom.aibot_callback import WeComAibotCallback
from bot.channels.wecom.app import WeComApp
from bot.clock import Clock
from bot.settings import Settings


def channels_of(settings: Settings, clock: Clock) -> Mapping[str, Channel]:
    """By conversation prefix."""
    found: list[Channel] = []
    if settings.dingtalk:
        found.append(_dingtalk(settings))
    if settings.wecom and settings.wecom.aibot:
        found.append(_aibot(settings, clock))
    if settings.wecom and settings.wecom.app:
        found.append(_app(settings, clock))
    return {channel.prefix: channel for channel in found}


def _dingtalk(settings: Settings) -> Channel:
    section = settings.dingtalk
    assert section is not None
    return DingTalk(
        client_id=section.client_id,
        client_secret=section.client_secret.get_secret_value(),
        card_template_id=section.card_template_id,
        robot_code=section.robot,
        corp_id=section.corp_id,
        endpoint=section.endpoint,
        locale=settings.locale,
    )


def _aibot(settings: Settings, clock: Clock) -> Channel:
    assert settings.wecom is not None
    section = settings.wecom.aibot
    assert section is not None
    if section.token and section.encoding_aes_key:
        return WeComAibotCallback(
            token=section.token.get_secret_value(),
            encoding_aes_key=section.encoding_aes_key.get_secret_value(),
            url=settings.server.address,
            locale=settings.locale,
            clock=clock.now,
        )
    assert section.secret is not None
    return WeComAibot(
        bot_id=section.bot_id,
        secret=section.secret.get_secret_value(),
        websocket_url=section.websocket_url,
        url=settings.server.address,
        locale=settings.locale,
    )


def _app(settings: Settings, clock: Clock) -> Channel:
    assert settings.wecom is not None
    section = settings.wecom.app
    assert section is not None
    return WeComApp(
        corp_id=settings.wecom.corp_id,
        agent_id=section.agent_id,
        secret=section.secret.get_secret_value(),
        token=section.token.get_secret_value(),
        encoding_aes_key=section.encoding_aes_key.get_secret_value(),
        url=settings.server.address,
        endpoint=settings.wecom.endpoint,
        locale=settings.locale,
        clock=clock.now,
    )
