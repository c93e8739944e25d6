"""Pictures that are with a platform already: another try of the same message uploads nothing again."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable

from bot.channels.common.channel import NotUploaded, TryLater

REMEMBERED = 200


class Uploaded:
    """The platform's id of each picture, by the message it goes with and not by what it shows: a platform that drops
    repeated messages would take the second answer to a question for one."""

    def __init__(self) -> None:
        self._ids: OrderedDict[str, str] = OrderedDict()

    async def of(self, key: str, upload: Callable[[], Awaitable[str]]) -> str:
        """Raises NotUploaded where it has to wait, and Undeliverable."""
        if key not in self._ids:
            try:
                self._ids[key] = await upload()
            except TryLater as later:
                raise not_uploaded(later) from None
            while len(self._ids) > REMEMBERED:
                self._ids.popitem(last=False)
        return self._ids[key]

    def forget(self, key: str) -> None:
        """The platform does not know it any more."""
        self._ids.pop(key, None)


def not_uploaded(error: Exception) -> Exception:
    """A failure of an upload: what only has to wait is told apart from a message that may have arrived."""
    return NotUploaded(str(error), error.seconds) if isinstance(error, TryLater) else error
