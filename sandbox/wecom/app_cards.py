"""Cards of the self-built app: shown once per task_id, updated with response codes (rule W5)."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sandbox.directory import employee
from sandbox.wecom import cards, drawing, spec
from sandbox.wecom.fields import refuse
from sandbox.wecom.limits import Limits
from sandbox.world import Card, Conversation, Face, Platform, World, card_key

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Permission:
    """A response_code: lets one card be updated once."""

    card_id: str
    until: datetime


class AppCards:
    def __init__(self, world: World, limits: Limits) -> None:
        self._world, self._limits = world, limits
        self._permissions: dict[str, Permission] = {}
        self.shown: dict[str, Json] = {}
        """The template_card behind each card id."""

    def show(self, card_id: str, card: Json, windows: list[Conversation]) -> None:
        first, *others = windows
        self.shown[card_id] = card
        faces = {"": drawing.face(card)}
        self._world.put_card(Platform.WECOM_APP, Card(card_id, first.key, self._world.now(), faces))
        for window in others:
            self._world.copy_card(Platform.WECOM_APP, card_id, window.key)

    # -- response codes ---------------------------------------------------------------------------------

    def permit(self, card_id: str) -> str:
        """A fresh response_code: one comes with every sent card and with every click."""
        code = secrets.token_urlsafe(24)
        until = self._world.now() + timedelta(hours=self._limits.response_code_hours)
        self._permissions[code] = Permission(card_id, until)
        return code

    def permitted(self, code: str) -> str:
        """The card that the code is for; Refusal when it is unknown, used or too old."""
        permission = self._permissions.get(code)
        if permission is None or permission.until <= self._world.now():
            raise refuse("response_code is unknown, used before or older than 72 h")
        return permission.card_id

    def use_up(self, code: str) -> None:
        del self._permissions[code]

    # -- redrawing --------------------------------------------------------------------------------------

    def replaced(self, card_id: str, given: object) -> Face:
        """A shown card's new content; it keeps its task_id."""
        card = cards.check(given, spec.APP, update=True)
        if card.get("task_id", card_id) != card_id:
            raise refuse(f"task_id must stay {card_id}")
        self.shown[card_id] = card
        return drawing.face(card)

    def greyed(self, card_id: str, words: str) -> Face:
        """The card as it is, with words instead of its buttons."""
        return drawing.greyed(drawing.face(self.shown[card_id]), words)

    def redraw(self, card_id: str, drawn: Face, users: list[str]) -> list[str]:
        """Redraw for these userids and return those who have no such card."""
        card = self._world.cards[card_key(Platform.WECOM_APP, card_id)]
        windows = {card.conversation, *card.copies}
        holders = [user for user in users if f"{Platform.WECOM_APP}:{user}" in windows]
        for user in holders:
            if person := employee(self._world, Platform.WECOM_APP, user):
                self._world.redraw(Platform.WECOM_APP, card_id, drawn, only_for=person.id)
        return [user for user in users if user not in holders]

    def redraw_all(self, card_id: str, drawn: Face) -> None:
        self._world.redraw(Platform.WECOM_APP, card_id, drawn)
