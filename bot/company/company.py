"""The company as plain values, for the bot's settings and for a simulated platform's world alike."""

from dataclasses import dataclass

from planning.people.organisation import Organisation
from planning.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class Resident:
    """A person as a phone shows them. `dingtalk` and `wecom` are user ids; empty: not on that platform."""

    id: str
    name: str
    department: str
    """The department's name, for display."""
    title: str
    dingtalk: str
    wecom: str


@dataclass(frozen=True, slots=True)
class Room:
    """A conversation. `platform` is dingtalk, wecom or wecom-app; `id` is what that platform calls it."""

    platform: str
    id: str
    name: str
    department: str
    """The department's id."""
    members: tuple[str, ...]
    """Resident ids, all of them on this platform."""
    single: bool = False
    """One-to-one with the bot; then `id` is the member's user id."""

    @property
    def key(self) -> str:
        return f"{self.platform}:{self.id}"


@dataclass(frozen=True, slots=True)
class Company:
    name: str
    organisation: Organisation
    plan: Plan
    residents: tuple[Resident, ...]
    rooms: tuple[Room, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Something people know from their own company, as data: a change, or a report of what has happened.

    `person` types `command` in the group of `department`; `item` is where it begins.
    """

    id: str
    title: str
    tells: str
    person: str
    department: str
    command: str
    item: str
