"""A platform's directory, as its reader tells it: a question, and an answer that brings up further ones."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from planning.people.directory import Page


class NoAccess(Exception):
    """The platform does not let us look; somebody must mend that. The message is the sentence that says how."""


class DirectoryReader(Protocol):
    """Questions are texts, so that what was asked and answered can be kept, and gone on with after a break."""

    @property
    def whole(self) -> Sequence[str]:
        """Questions that lead to the whole directory."""

    def about(self, users: Iterable[str]) -> Sequence[str]:
        """Questions about single people, by what the platform calls them: are they still there, and where?"""

    def plain(self, users: Iterable[str]) -> Sequence[str]:
        """Questions for the plain ids of those that are encrypted; none where the platform encrypts none."""

    async def ask(self, question: str) -> Page:
        """One call. Raises `bot.channels.common.channel.TryLater`, or NoAccess. ValueError for a question that is none
        of its own."""

    async def by_mobile(self, mobile: str) -> str:
        """What the platform calls whoever has this number, which appears in no error and no log; empty: nobody. Raises
        as `ask`."""

    @property
    def too_many_unknown(self) -> str:
        """The sentence for numbers that lead to nobody, one after the other."""

    async def check(self) -> str:
        """Try now whether we may look: empty, or what is wrong."""

    async def close(self) -> None: ...
