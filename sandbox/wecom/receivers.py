"""Whom an app message is for: userids, departments, tags (rule W6)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.directory import employee
from sandbox.wecom.fields import refuse, text
from sandbox.wecom.refusal import Refusal
from sandbox.world import Platform, World

Json = Mapping[str, Any]
NOBODY = 81013
_TARGETS = (("touser", 1000), ("toparty", 100), ("totag", 100))


@dataclass(frozen=True, slots=True)
class Receivers:
    users: list[str]
    invalid_users: list[str]
    invalid_parties: list[str]
    invalid_tags: list[str]

    @property
    def reply(self) -> dict[str, str]:
        """The part of message/send's reply that says who was not reached: easily overlooked beside errcode 0."""
        return {
            "invaliduser": "|".join(self.invalid_users),
            "invalidparty": "|".join(self.invalid_parties),
            "invalidtag": "|".join(self.invalid_tags),
            "unlicenseduser": "",
        }


class Directory:
    def __init__(self, world: World, parties: Mapping[str, Iterable[str]]) -> None:
        self._world, self._parties = world, parties

    def receivers(self, body: Json) -> Receivers:
        """Refusal 81013 when nobody is left; tags are not simulated and always invalid."""
        users, parties, tags = (_ids(body, name, most) for name, most in _TARGETS)
        if not users and not parties and not tags:
            raise Refusal(40035, "touser, toparty and totag are all empty")
        if users == ["@all"]:
            users = self._everybody()
        found = [user for user in users if self._exists(user)]
        members = [user for user in self.members(parties) if self._exists(user)]
        reached = list(dict.fromkeys(found + members))
        if not reached:
            raise Refusal(NOBODY, "user & party & tag all invalid")
        strangers = [user for user in users if user not in found]
        return Receivers(reached, strangers, [p for p in parties if p not in self._parties], tags)

    def members(self, parties: Iterable[str]) -> list[str]:
        """The userids of departments; unknown ones have none."""
        return [user for party in parties for user in self._parties.get(party, ())]

    def _everybody(self) -> list[str]:
        return [p.wecom for p in self._world.people.values() if p.corp == "home" and p.wecom]

    def _exists(self, user: str) -> bool:
        return employee(self._world, Platform.WECOM_APP, user) is not None


def _ids(body: Json, name: str, most: int) -> list[str]:
    ids = [part for part in text(body, name, "", required=False).split("|") if part]
    if len(ids) > most:
        raise refuse(f"{name} has {len(ids)} ids, at most {most}")
    return ids
