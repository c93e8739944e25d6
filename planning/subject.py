"""The subject of a card: one thing of a kind, by its id."""

from dataclasses import dataclass
from enum import StrEnum


class SubjectKind(StrEnum):
    CHANGE = "change"
    """A change request, by its number."""
    CONFLICT = "conflict"
    """Two change requests that want the same otherwise, as `<older>/<newer>`."""
    QUESTION = "question"
    """What somebody may have meant, by the question's id."""
    DELEGATION = "delegation"
    """Somebody who is asked to act for somebody away, as `<person>/<its number>`."""
    SETTING = "setting"
    """A change of the settings that waits for somebody's word, by its number."""
    EXCEPTION = "exception"
    """What is going wrong, by the number of the row that was told first on the card."""
    ISSUE = "issue"
    """What somebody found wrong, by its number."""
    RECORD = "record"
    """What two people agreed on, by its number."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject; a `kind` not in SubjectKind was written into the database by a newer program."""

    kind: str
    id: str

    @classmethod
    def of_change(cls, no: str) -> "Subject":
        return cls(SubjectKind.CHANGE, no)

    @classmethod
    def of_conflict(cls, older: str, newer: str) -> "Subject":
        return cls(SubjectKind.CONFLICT, f"{older}/{newer}")

    @property
    def changes(self) -> tuple[str, ...]:
        """The change requests it consists of, the older first; none where it is something else."""
        match self.kind:
            case SubjectKind.CHANGE:
                return (self.id,)
            case SubjectKind.CONFLICT:
                return tuple(self.id.split("/"))
            case _:
                return ()
