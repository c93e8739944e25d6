"""Pictures of the plan as bytes: drawn when they are sent, and kept a while for whoever asks for the same."""

from collections import OrderedDict
from hashlib import sha256

from bot.rasterising import NoPicture, rasterised

MOST_BYTES = 300_000
"""More is slow on a phone's network, and no row of ours needs it."""
KEPT = 20


class Painter:
    """A drawing holds all that it is made of, the revision, the filter, the facts and the day: the same one is the same
    picture."""

    def __init__(self) -> None:
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()

    async def painted(self, svg: str, most: int = MOST_BYTES) -> bytes:
        """The PNG. Raises NoPicture: no-font, no-picture or too-large."""
        key = sha256(svg.encode()).digest()
        png = self._kept.get(key) or await rasterised(svg)
        self._kept[key] = png
        self._kept.move_to_end(key)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        if len(png) > min(most, MOST_BYTES):
            raise NoPicture("too-large", f"{len(png)} bytes")
        return png
