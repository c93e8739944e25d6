"""What the bot is called where the platform leaves its mention in every message: learnt from what people say."""

import re
from collections.abc import Callable, Iterator

from handlers.language.clean import folded
from handlers.language.vocabulary import Vocabulary

_IN_FRONT = re.compile(r"\s*@([^\s@]+)")
_MENTION = re.compile(r"(?<![A-Za-z0-9])@([^\s@]+)")


class BotNames:
    """Names by the bot's id, for as long as the process runs: the first message to it tells its name, and the first
    after it was renamed."""

    def __init__(self) -> None:
        self._learnt: dict[str, str] = {}

    def of(self, bot: str) -> str:
        """Empty: nobody has called it by a name yet."""
        return self._learnt.get(bot, "")

    def learn(self, bot: str, text: str, vocabulary: Vocabulary, is_person: Callable[[str], bool]) -> None:
        """Take the first mention in front that is nobody's name, else the only such mention elsewhere."""
        if (known := self.of(bot)) and f"@{known}" in text:
            return
        plain = folded(text)
        in_front = [name for name in _in_front(plain, vocabulary) if not is_person(name)]
        elsewhere = [name for name in _MENTION.findall(plain) if not is_person(name)]
        if in_front or len(elsewhere) == 1:
            self._learnt[bot] = (in_front or elsewhere)[0]


def _in_front(text: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Names that are mentioned in front, without a command that was typed right behind one."""
    place = 0
    while found := _IN_FRONT.match(text, place):
        place = found.end()
        rest = text[place:]
        ends = rest.lstrip().startswith("@") or vocabulary.verb_of(rest) is not None
        yield found[1] if ends else _before_a_command(found[1], vocabulary)


def _before_a_command(mention: str, vocabulary: Vocabulary) -> str:
    """`排产小助手` of `排产小助手改期` or `排产小助手改期SO-1042`."""
    command = re.compile(rf"{vocabulary.any_name}(?=$|[A-Z0-9])", re.IGNORECASE)
    starts = [found.start() for found in command.finditer(mention) if found.start()]
    return mention[: starts[-1]] if starts else mention


def without_call(text: str, vocabulary: Vocabulary, *names: str) -> str:
    """The text without the bot's name in front, called by it without an @: `通盘，待办`, `通盘待办`. A name that other
    words run into (`通盘考虑`) is a word of the sentence."""
    said = text.lstrip()
    for name in sorted(filter(None, names), key=len, reverse=True):
        rest = said.removeprefix(name)
        apart = rest.lstrip(" ,，:：、!！")
        if rest != said and apart and (apart != rest or vocabulary.verb_of(folded(rest), everyday=True)):
            return apart
    return text
