"""Why a backup cannot be made or used."""

from enum import StrEnum


class Trouble(StrEnum):
    """A code with a sentence, `backup.<code>`."""

    EXISTS = "exists"
    NO_BACKUP = "no-backup"
    """Neither a file of SQLite nor a dump of PostgreSQL."""
    NOT_OURS = "not-ours"
    NEWER = "newer"
    DAMAGED = "damaged"
    NO_TOOL = "no-tool"
    TOOL_FAILED = "tool-failed"
    NO_SERVER = "no-server"
    """A dump of PostgreSQL, and the settings name a file of SQLite."""
    NO_SCRATCH = "no-scratch"
    """The server refused to make a scratch database."""


class Unusable(Exception):
    def __init__(self, trouble: Trouble, **facts: object) -> None:
        super().__init__(trouble)
        self.trouble, self.facts = trouble, facts
