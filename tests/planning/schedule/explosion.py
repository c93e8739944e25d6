"""An explosion of demands into supplies, in exact fractions: written from the rules in words, beside the product.

What an item is asked for is, over all it supplies, their quantity × ratio ÷ (1 - scrap), rounded up to whole pieces
link by link. It needs that less the stock above its safety level and less what comes in anyway, at least nothing. It
is ordered in lots, with a least lot, and the surplus somebody wanted comes on top.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil


@dataclass(frozen=True)
class Supply:
    """A bought or made item; `asked_by` has ratio and scrap for each item it supplies."""

    asked_by: Mapping[str, tuple[Fraction, Fraction]]
    stock: int = 0
    safety: int = 0
    receipt: int = 0
    least: int = 0
    multiple: int = 0
    surplus: int = 0

    def quantity(self, quantities: Mapping[str, int]) -> int:
        asked = sum(ceil(quantities[name] * ratio / (1 - scrap)) for name, (ratio, scrap) in self.asked_by.items())
        need = asked - (self.stock - self.safety) - self.receipt
        return self.surplus + (self._lots(need) if need > 0 else 0)

    def _lots(self, need: int) -> int:
        wanted = max(need, self.least)
        return ceil(Fraction(wanted, self.multiple)) * self.multiple if self.multiple else wanted


def explode(orders: Mapping[str, int], supplies: Sequence[tuple[str, Supply]]) -> dict[str, int]:
    """The quantity of every order and supply; each supply stands after those that ask for it."""
    quantities = dict(orders)
    for name, supply in supplies:
        quantities[name] = supply.quantity(quantities)
    return quantities
