"""Card instances: their variables, where they were delivered, and how they are redrawn (rules D7 to D9)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.dingtalk import template
from sandbox.dingtalk.limits import Limits
from sandbox.dingtalk.refusal import Refusal
from sandbox.dingtalk.template import Variables
from sandbox.directory import employee
from sandbox.world import Card, Conversation, Face, Platform, World, card_key

OPTIONS = frozenset({"updateCardDataByKey", "updatePrivateDataByKey"})


@dataclass(slots=True)
class Instance:
    id: str
    variables: Variables
    private: dict[str, Variables] = field(default_factory=dict)
    """By DingTalk user id: what overrides the variables for that viewer."""

    def seen_by(self, user_id: str) -> Variables:
        return {**self.variables, **self.private.get(user_id, {})}


@dataclass(frozen=True, slots=True)
class Data:
    """The data part of a request or of a callback's answer, checked."""

    card: Variables | None
    private: dict[str, Variables]
    by_key: bool
    private_by_key: bool


def merged(old: Variables, new: Variables, by_key: bool) -> Variables:
    """Without `by_key` the new map replaces the old one whole: forgotten variables vanish (rule D8)."""
    return {**old, **new} if by_key else new


class Cards:
    def __init__(self, world: World, limits: Limits) -> None:
        self._world, self._limits = world, limits
        self.instances: dict[str, Instance] = {}

    # -- reading ----------------------------------------------------------------------------------------

    def data(self, body: Mapping[str, Any]) -> Data:
        """cardData, privateData and cardUpdateOptions of a request."""
        options = _options(body.get("cardUpdateOptions", {}))
        card = body.get("cardData")
        return Data(
            None if card is None else self._variables(card, "cardData"),
            self._private(body.get("privateData", {})),
            options.get("updateCardDataByKey", False),
            options.get("updatePrivateDataByKey", False),
        )

    def _variables(self, given: object, where: str) -> Variables:
        if not isinstance(given, dict) or set(given) != {"cardParamMap"}:
            raise Refusal("param.cardDataInvalid", f'{where} must be {{"cardParamMap": {{…}}}}')
        return template.checked(given["cardParamMap"], self._limits, where)

    def _private(self, given: object) -> dict[str, Variables]:
        if not isinstance(given, dict):
            raise Refusal("param.privateDataInvalid", "privateData must be an object")
        if strangers := [u for u in given if employee(self._world, Platform.DINGTALK, u) is None]:
            raise Refusal("param.privateDataInvalid", f"no such userId: {', '.join(strangers)}")
        return {user: self._variables(part, f"privateData.{user}") for user, part in given.items()}

    # -- drawing ----------------------------------------------------------------------------------------

    def create(self, card_id: str, data: Data) -> None:
        """A second create with the same id makes and changes nothing (rule D7)."""
        if data.card is None:
            raise Refusal("param.cardDataInvalid", "cardData is required")
        if card_id not in self.instances:
            self.instances[card_id] = Instance(card_id, data.card, dict(data.private))

    def show(self, card_id: str, conversation: Conversation) -> None:
        """Put the card into a conversation, once."""
        card = self._world.cards.get(card_key(Platform.DINGTALK, card_id))
        if card is None:
            instance = self.instances[card_id]
            faces = {"": template.face(instance.variables), **self._personal(instance)}
            self._world.put_card(Platform.DINGTALK, Card(card_id, conversation.key, self._world.now(), faces))
        elif conversation.key not in (card.conversation, *card.copies):
            self._world.copy_card(Platform.DINGTALK, card_id, conversation.key)

    def update(self, card_id: str, data: Data) -> None:
        """Redraw for everybody; viewers with private data keep their overrides."""
        instance = self.instance(card_id)
        if data.card is not None:
            instance.variables = merged(instance.variables, data.card, data.by_key)
        for user, variables in data.private.items():
            instance.private[user] = merged(instance.private.get(user, {}), variables, data.private_by_key)
        if card_key(Platform.DINGTALK, card_id) in self._world.cards:
            self._world.redraw(Platform.DINGTALK, card_id, template.face(instance.variables))
            for viewer, drawn in self._personal(instance).items():
                self._world.redraw(Platform.DINGTALK, card_id, drawn, only_for=viewer)

    def answer(self, card_id: str, viewer: str, user_id: str, response: Mapping[str, Any]) -> None:
        """A callback's answer. Its cardData is pushed to the clicking person only (rule D9)."""
        allowed = {"cardUpdateOptions", "cardData", "userPrivateData"}
        if unknown := sorted(set(response) - allowed):
            raise Refusal("callback.responseInvalid", f"unknown fields: {', '.join(unknown)}")
        instance, data = self.instance(card_id), self.data({k: v for k, v in response.items() if k in allowed})
        if "userPrivateData" in response:
            mine = self._variables(response["userPrivateData"], "userPrivateData")
            instance.private[user_id] = merged(instance.private.get(user_id, {}), mine, data.private_by_key)
        seen = merged(instance.variables, data.card, data.by_key) if data.card is not None else instance.variables
        if data.card is not None or "userPrivateData" in response:
            drawn = template.face({**seen, **instance.private.get(user_id, {})})
            self._world.redraw(Platform.DINGTALK, card_id, drawn, only_for=viewer)

    def instance(self, card_id: str) -> Instance:
        if card_id not in self.instances:
            raise Refusal("param.outTrackIdInvalid", f"no card with outTrackId {card_id!r}")
        return self.instances[card_id]

    def _personal(self, instance: Instance) -> dict[str, Face]:
        """Faces that viewers with private data see, by person id."""
        people = {user: employee(self._world, Platform.DINGTALK, user) for user in instance.private}
        return {p.id: template.face(instance.seen_by(user)) for user, p in people.items() if p is not None}


def _options(given: object) -> dict[str, bool]:
    if not isinstance(given, dict) or not all(isinstance(value, bool) for value in given.values()):
        raise Refusal("param.cardUpdateOptionsInvalid", "cardUpdateOptions must be an object of booleans")
    if unknown := sorted(set(given) - OPTIONS):
        raise Refusal("param.cardUpdateOptionsInvalid", f"unknown options: {', '.join(unknown)}")
    return given
