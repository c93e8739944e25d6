"""A picture that somebody asked for: kept until it is sent, and drawn then, so that another try draws it anew."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    BOARD = "board"
    GANTT = "gantt"
    PROGRESS = "progress"

    @property
    def page(self) -> str:
        """The page that shows the same."""
        return "overview" if self is Kind.PROGRESS else self.value


class UnknownPicture(Exception):
    """A picture that this program knows nothing of."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The same filters as in the page's address; empty: any. `first` and `days`: what a chart spans."""

    kind: Kind
    department: str = ""
    text: str = ""
    status: str = ""
    first: str = ""
    days: int = 0

    @property
    def query(self) -> dict[str, str]:
        """The words of the page's address that shows the same."""
        if self.kind is Kind.PROGRESS:
            return {}
        span = {"from": self.first, "days": str(self.days)} if self.days else {}
        asked = {"department": self.department, "text": self.text, "status": self.status} | span
        return {name: value for name, value in asked.items() if value}

    @property
    def begins(self) -> date:
        return date.fromisoformat(self.first)

    def written(self) -> str:
        return json.dumps({name: value for name, value in asdict(self).items() if value}, ensure_ascii=False)

    @classmethod
    def read(cls, text: str) -> "Wanted":
        """What was written. Raises UnknownPicture where only a newer program knows what it means."""
        try:
            known = json.loads(text)
            return cls(**known | {"kind": Kind(known["kind"])})
        except (KeyError, TypeError, ValueError) as strange:
            raise UnknownPicture(text) from strange
