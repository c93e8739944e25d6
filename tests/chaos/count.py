"""What a scenario counted: a line to print, and whether anything is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Count:
    name: str
    lost: int = 0
    """Acknowledged, and nothing came of it."""
    doubled: int = 0
    """Seen twice, beyond what is promised."""
    phantom: int = 0
    """Seen, and nobody asked for it."""
    figures: Mapping[str, object] = field(default_factory=dict)
    over: int = 0
    """Calls that a platform refused as too many in a second."""

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.doubled or self.phantom or self.over)

    def __str__(self) -> str:
        wrong = {"lost": self.lost, "doubled": self.doubled, "phantom": self.phantom, "over the limit": self.over}
        all_of_it = {**self.figures, **wrong}
        return f"{self.name}: " + ", ".join(f"{name} {_figure(value)}" for name, value in all_of_it.items())


def _figure(value: object) -> str:
    return f"{value:.1f}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else str(value)
