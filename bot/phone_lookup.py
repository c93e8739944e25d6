"""Accounts by telephone numbers, which are asked for once and never kept."""

from collections.abc import Sequence

from bot.channels.common.channel import TryLater
from bot.channels.common.directory import DirectoryReader, NoAccess

MOST_UNKNOWN = 5
"""Numbers in a row that lead to nobody: WeCom refuses for a day whoever tries many of them (doc 96267)."""


async def looked_up(reader: DirectoryReader, mobiles: Sequence[str]) -> tuple[dict[str, str], str]:
    """What a platform calls those who have these numbers, and what stood in the way; empty: nothing. The reader is
    closed."""
    found, unknown = dict[str, str](), 0
    try:
        for mobile in mobiles:
            user = await reader.by_mobile(mobile)
            if user:
                found[mobile], unknown = user, 0
            else:
                unknown += 1
            if unknown >= MOST_UNKNOWN:
                return found, reader.too_many_unknown
    except (TryLater, NoAccess) as error:
        return found, str(error)
    finally:
        await reader.close()
    return found, ""
