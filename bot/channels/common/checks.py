"""Doctor's checks of every platform: does it answer, can it reach us?"""

import asyncio
import secrets
from urllib.parse import urlsplit

import structlog

from bot.channels.common.channel import Channel
from bot.channels.common.directory import DirectoryReader
from bot.channels.common.platform import Site
from bot.finding import Finding, Mark
from cards.words import Words

CHECK_SECONDS = 15

log = structlog.get_logger()


async def answers(channel: Channel, platform: str, words: Words, proven: str = "doctor.channel") -> Finding:
    """Try the channel, then stop it. `proven`: the sentence for what a check without complaint has shown."""
    if trouble := await _trouble(channel, words):
        return Finding(Mark.WRONG, words("doctor.channel-wrong", platform=platform, why=trouble))
    return Finding(Mark.FINE, words(proven, platform=platform))


async def directory_seen(reader: DirectoryReader, platform: str, words: Words) -> Finding:
    """Look into the directory, then close the reader. Whoever takes no people from there can do without."""
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            why = await reader.check()
    except TimeoutError:
        why = words("doctor.channel-slow", seconds=CHECK_SECONDS)
    finally:
        await reader.close()
    if why:
        return Finding(Mark.HINT, words("doctor.directory-not", platform=platform, why=why))
    return Finding(Mark.FINE, words("doctor.directory", platform=platform))


def called_back(platform: str, path: str, site: Site, words: Words) -> Finding:
    """Address for the platform to call back, as the operator types it into its console."""
    if not site.public_url:
        return Finding(Mark.WRONG, words("doctor.no-public-url", platform=platform))
    return Finding(Mark.FINE, words("doctor.callback", platform=platform, url=site.public_url + path))


def comes_back(platform: str, path: str, site: Site, words: Words, sentence: str) -> list[Finding]:
    """What the platform's console has to know for people to log in to the pages with their accounts."""
    if not site.public_url:
        return []
    host = urlsplit(site.public_url).netloc
    return [Finding(Mark.FINE, words(sentence, platform=platform, url=site.public_url + path, host=host))]


async def _trouble(channel: Channel, words: Words) -> str:
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            return await channel.check()
    except TimeoutError:
        return words("doctor.channel-slow", seconds=CHECK_SECONDS)
    except Exception:
        ref = secrets.token_hex(4)
        log.exception("a check failed", action="doctor.failed", ref=ref, what=channel.traits.prefix)
        return words("doctor.unexpected", what=channel.traits.prefix, ref=ref)
    finally:
        await channel.stop()
