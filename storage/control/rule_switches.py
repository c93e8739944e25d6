"""Switches of trigger rules, set by an admin in chat."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, update

from storage.repository import Repository
from storage.tables.control import rule_switches


@dataclass(frozen=True, slots=True)
class Switch:
    enabled: bool
    by: str
    at: datetime


class Switches(Repository):
    def all(self) -> dict[str, Switch]:
        """Switches by rule; a rule nobody has switched is as the settings say."""
        return self._once("all", self._all)

    def _all(self) -> dict[str, Switch]:
        rows = self._rows(rule_switches)
        return {row.rule: Switch(row.enabled, row.switched_by, row.switched_at) for row in rows}

    def turn(self, rule: str, enabled: bool, by: str, at: datetime) -> None:
        values = {"enabled": enabled, "switched_by": by, "switched_at": at}
        which = self._of_plan(rule_switches, rule=rule)
        if self._write(update(rule_switches).where(which).values(values)).rowcount == 0:
            self._write(insert(rule_switches).values(plan_id=self._plan_id, rule=rule, **values))
