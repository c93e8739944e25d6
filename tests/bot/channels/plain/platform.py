"""The plain chat, as the service knows it: its traits, its settings, how it is built and looked at."""

from bot.channels.common.channel import Channel
from bot.channels.common.checks import answers
from bot.channels.common.platform import Platform, Site, Way
from bot.finding import Finding
from bot.settings.kinds import HttpAddress, Secret, Section
from cards.words import Words
from handlers.platforms import Traits

TRAITS = Traits(prefix="plain", platform="plain", updates_in_place=True, click_seconds=3.0, message_bytes=4000)


class PlainSettings(Section):
    address: HttpAddress
    token: Secret


def _channels(section: PlainSettings, site: Site) -> list[Channel]:
    from tests.bot.channels.plain.channel import Plain

    return [Plain(section.address, section.token.get_secret_value(), site.now)]


async def _checks(section: PlainSettings, site: Site, words: Words) -> list[Finding]:
    return [await answers(channel, "plain", words) for channel in _channels(section, site)]


PLAIN = Platform(
    name="plain",
    section=PlainSettings,
    ways=(Way("plain", "plain", ("房间", "room")),),
    traits=lambda section: (TRAITS,),
    channels=_channels,
    checks=_checks,
)
