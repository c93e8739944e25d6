"""Wordings: other words for tables, kept with the plan from one import to the next."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import delete, insert, select

from planning.plan.wording import Wording
from storage.repository import Repository
from storage.tables.control import wordings

_WORDING = TypeAdapter(Wording)


@dataclass(frozen=True, slots=True)
class KeptWording:
    wording: Wording
    source: str
    """Name of the file."""
    by: str
    at: datetime


class Wordings(Repository):
    def get(self) -> KeptWording | None:
        row = self._connection.execute(select(wordings).where(self._of_plan(wordings))).one_or_none()
        if row is None:
            return None
        return KeptWording(_WORDING.validate_python(row.words), row.source, row.kept_by, row.kept_at)

    def keep(self, kept: KeptWording) -> None:
        """In place of the one before."""
        self.remove()
        words = _WORDING.dump_python(kept.wording, mode="json")
        row = {"words": words, "source": kept.source, "kept_by": kept.by, "kept_at": kept.at}
        self._connection.execute(insert(wordings).values(plan_id=self._plan_id, **row))

    def remove(self) -> None:
        self._connection.execute(delete(wordings).where(self._of_plan(wordings)))
