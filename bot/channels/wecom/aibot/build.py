"""From its section of the settings to an aibot, by the way that is set up."""

from bot.channels.common.channel import Channel
from bot.channels.common.platform import Site
from bot.channels.wecom.aibot.callback import WeComAibotCallback
from bot.channels.wecom.aibot.channel import WeComAibot
from bot.channels.wecom.settings import AibotSettings


def aibot_of(section: AibotSettings, site: Site) -> Channel:
    if section.token and section.encoding_aes_key:
        return WeComAibotCallback(
            token=section.token.get_secret_value(),
            encoding_aes_key=section.encoding_aes_key.get_secret_value(),
            url=site.address,
            locale=site.locale,
            clock=site.now,
        )
    assert section.secret is not None
    return WeComAibot(
        bot_id=section.bot_id,
        secret=section.secret.get_secret_value(),
        websocket_url=section.websocket_url,
        url=site.address,
        locale=site.locale,
        clock=site.now,
    )
