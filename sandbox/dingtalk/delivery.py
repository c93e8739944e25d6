"""Creating and delivering a card: the request's fields and where the card lands (rule D7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.dingtalk.cards import Cards
from sandbox.dingtalk.fields import flag, only, table, text
from sandbox.dingtalk.frames import Identity
from sandbox.dingtalk.refusal import Refusal
from sandbox.directory import employee, one_to_one
from sandbox.world import Conversation, Platform, World

PREFIX = "dtv1.card//"
CREATE = frozenset(
    {
        "userId", "cardTemplateId", "outTrackId", "callbackType", "cardData", "privateData", "userIdType",
        "imGroupOpenSpaceModel", "imRobotOpenSpaceModel",
    }
)  # fmt: skip
DELIVER = frozenset({"outTrackId", "openSpaceId", "userIdType", "imGroupOpenDeliverModel", "imRobotOpenDeliverModel"})
UPDATE = frozenset({"outTrackId", "cardData", "privateData", "cardUpdateOptions", "userIdType"})
SPACE_MODEL = frozenset(
    {"supportForward", "lastMessageI18n", "notification", "searchSupport", "openDynamicDataConfig"}
)
DELIVER_MODELS = {
    "IM_GROUP": ("imGroupOpenDeliverModel", frozenset({"robotCode", "atUserIds", "recipients", "extension"})),
    "IM_ROBOT": ("imRobotOpenDeliverModel", frozenset({"spaceType", "robotCode", "extension"})),
}
SPACE_MODELS = {"IM_GROUP": "imGroupOpenSpaceModel", "IM_ROBOT": "imRobotOpenSpaceModel"}

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Space:
    type: str
    id: str


class Delivery:
    def __init__(self, world: World, cards: Cards, who: Identity, templates: set[str]) -> None:
        self._world, self._cards, self._who, self._templates = world, cards, who, templates
        self.creates: dict[str, int] = {}
        """Number of creates that came for each outTrackId; more than one is a resend."""

    def create_and_deliver(self, body: Body) -> dict[str, Any]:
        only(body, CREATE | DELIVER, "the request", "param.invalid")
        places = spaces(body)
        for space in places:
            self._check_space_model(body, space)
            self._check_deliver_model(body, space)
        card_id = self._create(body)
        results = [self._deliver(card_id, space) for space in places]
        return {"success": True, "result": {"outTrackId": card_id, "deliverResults": results}}

    def create(self, body: Body) -> dict[str, Any]:
        only(body, CREATE, "the request", "param.invalid")
        for kind, model in SPACE_MODELS.items():
            if model in body:
                self._check_space_model(body, Space(kind, ""))
        return {"success": True, "result": self._create(body)}

    def deliver(self, body: Body) -> dict[str, Any]:
        only(body, DELIVER, "the request", "param.invalid")
        card_id, places = text(body, "outTrackId", "param.outTrackIdEmpty"), spaces(body)
        self._cards.instance(card_id)
        for space in places:
            self._check_deliver_model(body, space)
        return {"success": True, "result": [self._deliver(card_id, space) for space in places]}

    def update(self, body: Body) -> dict[str, Any]:
        only(body, UPDATE, "the request", "param.invalid")
        card_id = text(body, "outTrackId", "param.outTrackIdEmpty")
        self._cards.instance(card_id)
        self._cards.update(card_id, self._cards.data(body))
        return {"success": True, "result": True}

    # -- the parts --------------------------------------------------------------------------------------

    def _create(self, body: Body) -> str:
        if (template := text(body, "cardTemplateId", "param.cardTemplateIdEmpty")) not in self._templates:
            raise Refusal("param.cardTemplateIdInvalid", f"no template {template!r} is bound to this app")
        if body.get("callbackType") != "STREAM":
            raise Refusal("param.callbackTypeInvalid", "callbackType must be STREAM here")
        if body.get("userIdType", 1) != 1:
            raise Refusal("param.userIdTypeInvalid", "only userIdType 1 (userId) is simulated")
        card_id = text(body, "outTrackId", "param.outTrackIdEmpty")
        self._cards.create(card_id, self._cards.data(body))
        self.creates[card_id] = self.creates.get(card_id, 0) + 1
        return card_id

    def _check_space_model(self, body: Body, space: Space) -> None:
        model = table(body, SPACE_MODELS[space.type], "param.openSpaceModelInvalid")
        only(model, SPACE_MODEL, SPACE_MODELS[space.type], "param.openSpaceModelInvalid")
        flag(model, "supportForward", "param.openSpaceModelInvalid")

    def _check_deliver_model(self, body: Body, space: Space) -> None:
        name, fields = DELIVER_MODELS[space.type]
        model = table(body, name, "param.openDeliverModelInvalid")
        only(model, fields, name, "param.openDeliverModelInvalid")
        if text(model, "robotCode", "param.robotCodeEmpty") != self._who.robot_code:
            raise Refusal("param.robotCodeInvalid", f"no such robotCode {model['robotCode']!r}")
        if space.type == "IM_ROBOT" and model.get("spaceType") != "IM_ROBOT":
            raise Refusal("param.openDeliverModelInvalid", f"{name}.spaceType must be IM_ROBOT")
        if model.get("recipients"):
            raise Refusal("param.recipientsInvalid", "cards for some members of a group are not simulated")
        self._check_mentions(model.get("atUserIds", {}))

    def _check_mentions(self, mentions: object) -> None:
        if not isinstance(mentions, dict):
            raise Refusal("param.atUserIdsInvalid", "atUserIds must be an object of userId: name")
        for user in mentions:
            if user != "@ALL" and employee(self._world, Platform.DINGTALK, user) is None:
                raise Refusal("param.atUserIdsInvalid", f"no such userId: {user}")

    def _deliver(self, card_id: str, space: Space) -> dict[str, Any]:
        """A place the robot cannot reach fails inside a reply that says success: callers must look."""
        conversation = self._conversation(space)
        result = {"spaceType": space.type, "spaceId": space.id, "success": conversation is not None}
        if conversation is None:
            self._world.refuse("dingtalk", "deliver card", f"the robot is not in {space.id}", "deliver.failed")
            return result | {"errorMsg": "机器人不在该会话或会话不存在"}
        self._cards.show(card_id, conversation)
        return result | {"errorMsg": ""}

    def _conversation(self, space: Space) -> Conversation | None:
        if space.type == "IM_ROBOT":
            return one_to_one(self._world, Platform.DINGTALK, space.id)
        found = self._world.conversations.get(f"{Platform.DINGTALK}:{space.id}")
        return found if found is not None and not found.single and found.bot_present else None


def spaces(body: Body) -> list[Space]:
    """The places named by openSpaceId, `dtv1.card//IM_GROUP.<id>` or `IM_ROBOT.<userId>`, joined by `;`."""
    return [_space(part) for part in text(body, "openSpaceId", "param.openSpaceIdEmpty").split(";")]


def _space(part: str) -> Space:
    kind, dot, name = part.removeprefix(PREFIX).partition(".")
    if not part.startswith(PREFIX) or kind not in SPACE_MODELS or not dot or not name:
        raise Refusal("param.openSpaceModelInvalid", f"openSpaceId is not legal: {part!r}")
    return Space(kind, name)


