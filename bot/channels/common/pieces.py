"""Long messages in pieces the platform takes, and a memory of how many of them are out."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence

from cards.markdown import unlinked_but_own

REMEMBERED = 1000


def size_in_bytes(text: str) -> int:
    return len(text.encode())


def pieces(text: str, limit: int, size: Callable[[str], int] = size_in_bytes) -> list[str]:
    """The text cut at lines (a longer line anywhere) so that `size(piece) <= limit` for each. No address in it is a
    link."""
    cut: list[str] = []
    for line in unlinked_but_own(text).split("\n"):
        joined = f"{cut[-1]}\n{line}" if cut else line
        if size(joined) <= limit:
            cut[-1:] = [joined]
            continue
        while size(line) > limit:
            head = _longest_head(line, limit, size)
            cut.append(line[:head])
            line = line[head:]
        cut.append(line)
    return [piece for piece in cut if piece.strip()]


def _longest_head(line: str, limit: int, size: Callable[[str], int]) -> int:
    """Number of characters of the line that fit; at least one, so that cutting ends."""
    low, high = 1, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if size(line[:middle]) <= limit else (low, middle - 1)
    return low


class Parts:
    """Record of what is out of each message, so that another try goes on where the last one stopped.

    Kept in memory: the platforms have no key for messages, so after a restart a try may say something twice.
    """

    def __init__(self) -> None:
        self._out: OrderedDict[str, int] = OrderedDict()

    async def send(self, key: str, parts: Sequence[str], send: Callable[[str], Awaitable[object]]) -> None:
        for number in range(self._out.get(key, 0), len(parts)):
            await send(parts[number])
            self._note(key, number + 1)

    def _note(self, key: str, count: int) -> None:
        self._out[key] = count
        while len(self._out) > REMEMBERED:
            self._out.popitem(last=False)
