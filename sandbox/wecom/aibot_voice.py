"""What an aibot puts into conversations, checked and paced (rules W10, W12)."""

from collections.abc import Mapping
from typing import Any

from sandbox.directory import employee, is_member
from sandbox.media import Media
from sandbox.pace import Window
from sandbox.wecom import cards, drawing, spec
from sandbox.wecom.fields import only, refuse, sized, table, text
from sandbox.wecom.limits import Limits
from sandbox.wecom.refusal import TOO_OFTEN, Refusal
from sandbox.wecom.uploads import picture
from sandbox.world import Card, Conversation, Entry, Platform, World

Json = Mapping[str, Any]


class Voice:
    def __init__(self, world: World, limits: Limits, media: Media) -> None:
        self._world, self._limits, self.media = world, limits, media
        self._minute, self._hour = Window(limits.per_minute, 60), Window(limits.per_hour, 3600)
        self.cards: dict[str, Json] = {}
        """The template_card shown for each card id."""

    def markdown(self, conversation: Conversation, body: Json) -> None:
        self.say(conversation, self._content(body, "markdown", self._limits.markdown_bytes))

    def text(self, conversation: Conversation, body: Json) -> None:
        self.say(conversation, self._content(body, "text", self._limits.text_bytes))

    def picture(self, conversation: Conversation, body: Json) -> None:
        part = table(body, "image")
        only(part, {"media_id"}, "image")
        content = picture(self.media, text(part, "media_id", "image."))
        self._pace(conversation)
        self._world.post(conversation.key, "bot", picture=content)

    def say(self, conversation: Conversation, words: str) -> Entry:
        self._pace(conversation)
        return self._world.post(conversation.key, "bot", words)

    def _content(self, body: Json, kind: str, limit: int) -> str:
        part = table(body, kind)
        only(part, {"content"}, kind)
        return sized(part, "content", f"{kind}.", limit)

    def card(self, conversation: Conversation, body: Json) -> None:
        given = cards.check(table(body, "template_card"), spec.AIBOT)
        card_id = given.get("task_id") or f"notice-{len(self.cards) + 1}"
        if card_id in self.cards:
            raise refuse(f"task_id {card_id} was used before: it must be unique in the bot")
        self._pace(conversation)
        self.cards[card_id] = given
        faces = {"": drawing.face(given)}
        self._world.put_card(Platform.WECOM, Card(card_id, conversation.key, self._world.now(), faces))

    def update(self, conversation: Conversation, task_id: str, body: Json) -> None:
        """The only legal answer to a click: the whole card anew, for `userids` or for all."""
        only(body, {"response_type", "userids", "template_card"}, "the answer")
        if body.get("response_type") != "update_template_card":
            raise refuse("response_type must be update_template_card")
        given = cards.check(table(body, "template_card"), spec.AIBOT, update=True)
        if given.get("task_id") != task_id:
            raise refuse(f"task_id must be the event's, {task_id}")
        viewers = self._viewers(conversation, body.get("userids"))
        self._pace(conversation)
        self.cards[task_id] = given
        if viewers is None:
            self._world.redraw(Platform.WECOM, task_id, drawing.face(given))
        for viewer in viewers or ():
            self._world.redraw(Platform.WECOM, task_id, drawing.face(given), only_for=viewer)

    def _viewers(self, conversation: Conversation, userids: object) -> list[str] | None:
        """Person ids; None stands for everybody."""
        if userids is None or userids == []:
            return None
        if not isinstance(userids, list) or not all(isinstance(user, str) for user in userids):
            raise refuse("userids must be a list of strings")
        people = {user: employee(self._world, Platform.WECOM, user) for user in userids}
        if strangers := [user for user, person in people.items() if not is_member(conversation, person)]:
            raise refuse(f"not in this conversation: {', '.join(strangers)}")
        return [person.id for person in people.values() if person is not None]

    def _pace(self, conversation: Conversation) -> None:
        if not (self._minute.take(conversation.key) and self._hour.take(conversation.key)):
            raise Refusal(TOO_OFTEN, f"too many messages into {conversation.id}")
