"""An anchor: the trail's end as it is told to people, so that what is cut off or rewritten later no longer fits."""

import hmac
import re
from dataclasses import dataclass

from planning.trail.chain import End

SHORT = 32
"""Hexadecimal digits of a hash that are told: 128 bits, of which nobody finds a second text."""
WRITTEN = re.compile(rf"([1-9][0-9]{{0,17}})-([0-9a-f]{{{SHORT}}})(?:-([0-9a-f]{{{SHORT}}}))?")


@dataclass(frozen=True, slots=True)
class Anchor:
    """`str(anchor)` is what people see: `<number>-<hash>`, and a signature where there is a key."""

    number: int
    hash: str
    signature: str = ""

    @classmethod
    def of(cls, plan: str, end: End, key: str = "") -> "Anchor":
        short = end.hash[:SHORT]
        return cls(end.number, short, _signature(plan, end.number, short, key) if key else "")

    @classmethod
    def read(cls, written: str) -> "Anchor":
        """Raises ValueError for a text that is none."""
        parts = WRITTEN.fullmatch(written.strip().strip("`").lower())
        if parts is None:
            raise ValueError(written)
        return cls(int(parts[1]), parts[2], parts[3] or "")

    def __str__(self) -> str:
        return "-".join(filter(None, (str(self.number), self.hash, self.signature)))

    def fits(self, hash: str) -> bool:
        """Compare with the hash of the event of its number."""
        return hash[:SHORT] == self.hash

    def is_signed(self, plan: str, key: str) -> bool:
        return hmac.compare_digest(self.signature, _signature(plan, self.number, self.hash, key))


def _signature(plan: str, number: int, hash: str, key: str) -> str:
    text = f"tongpan audit anchor\n{plan}\n{number}\n{hash}"
    return hmac.digest(key.encode(), text.encode(), "sha256").hex()[:SHORT]
