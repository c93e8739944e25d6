"""Greetings and thanks: words to the bot that ask for nothing."""

import re

from handlers.language.clean import BOT, cleaned, folded, without_mentions

_WORD = (
    "(?:你好|您好|大家好|各位好|哈喽|嗨|早上好|上午好|中午好|下午好|晚上好|晚安|早安|早|午安"
    "|在吗|在不在|在么|有人在?吗|谢谢(?:你|您|大家|了)?|多谢|感谢|辛苦(?:了|大家)?|麻烦了|再见|拜拜|[啊呀哈哦啦]"
    "|hi|hello|hey|good (?:morning|afternoon|evening|night)|many thanks|thanks|thank you|thx|cheers|bye|are you there)"
)
_WORDS = re.compile(rf"{_WORD}(?: ?{_WORD})*")
_SIGNS = re.compile(r"[\W_]+")


def is_greeting(text: str, bot: str = BOT) -> bool:
    """Check whether nothing else was said. Raises `too-long`."""
    said = _SIGNS.sub(" ", folded(without_mentions(cleaned(text), bot))).strip().lower()
    return _WORDS.fullmatch(said) is not None
