"""A command as one record: how it is said and what it does. All of them are bound in `handlers/inbound/commands`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from handlers.language import Command, Phrase, Vocabulary
from handlers.reply import Reply
from planning.control.permissions import ALL, Permission

Handler = Callable[..., str | Reply | None]
"""Takes the turn, the ask and the command as its value; answers with markdown, with next steps beside it in a Reply, or
with None when a card is the answer.
The turn holds the registry, so that its type cannot stand here."""


@dataclass(frozen=True, slots=True)
class Act:
    """Act that follows when a phrase was understood as this value, and who may have it done. One that `writes` has the
    plan to itself."""

    value: type[Command]
    handle: Handler
    permission: Permission
    writes: bool


@dataclass(frozen=True, slots=True)
class CommandRecord:
    """One phrase with its acts. Raises ValueError where the phrase means something that has no act, or the reverse."""

    phrase: Phrase
    acts: tuple[Act, ...]

    def __post_init__(self) -> None:
        if sorted(map(repr, self.phrase.spells)) != sorted(repr(act.value) for act in self.acts):
            raise ValueError(f"{self.phrase.english} must have an act for each of its values, and no other")


class Commands:
    """Commands there are, in the order of help."""

    def __init__(self, records: Iterable[CommandRecord]) -> None:
        self.records = tuple(records)
        self.vocabulary = Vocabulary(record.phrase for record in self.records)
        self._acts = {act.value: act for record in self.records for act in record.acts}

    @property
    def acts(self) -> tuple[Act, ...]:
        return tuple(self._acts.values())

    def act_of(self, command: Command) -> Act | None:
        return self._acts.get(type(command))


def command(phrase: Phrase, *acts: Act) -> CommandRecord:
    return CommandRecord(phrase, acts)


def reads(value: type[Command], handle: Handler, permission: Permission = ALL) -> Act:
    """Act that only answers."""
    return Act(value, handle, permission, writes=False)


def writes(value: type[Command], handle: Handler, permission: Permission) -> Act:
    return Act(value, handle, permission, writes=True)
