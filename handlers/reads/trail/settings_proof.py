"""Whether the settings' versions are what was written: their own chain, and what the trail tells of each."""

from collections.abc import Iterator

from handlers.turn import Turn
from planning.control.settings_version import Sealed
from planning.trail.audit import AuditEvent
from planning.trail.chain import first_break

FAMILIES = ("settings", "people", "token")
"""Kinds of events that tell of a version."""


class SettingsProof:
    """The trail as it is gone through; where there are several plans, one of them keeps the settings for all."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        plans = turn.environment.plans or (turn.uow.plan_id,)
        self._home = next((plan for plan in plans if turn.uow.settings_of(plan).last()), turn.uow.plan_id)
        self._told: dict[int, str] = {}

    def read(self, event: AuditEvent) -> None:
        number, hash = event.facts.get("number", ""), event.facts.get("hash", "")
        if event.kind.partition(".")[0] in FAMILIES and number.isdecimal() and hash:
            self._told[int(number)] = hash

    def faults(self) -> Iterator[str]:
        words, kept = self._turn.words, self._turn.uow.settings_of(self._home)
        versions = {version.number: version for version in kept.all()}
        if broken := first_break(Sealed(version, self._home) for version in versions.values()):
            yield words("proof.settings-broken", number=broken.number)
            return
        hashes = {number: version.hash for number, version in versions.items()}
        other = [number for number, hash in self._told.items() if hashes.get(number) != hash]
        if not self._turn.environment.plans:  # of several plans each tells what was made in it
            other += [number for number in hashes if number not in self._told]
        if other:
            yield words("proof.settings-untold", number=min(other))
