"""The self-built app: what its people say and press, and what its passive replies change (rules W3 to W5)."""

import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping

from sandbox.wecom import drawing, xml
from sandbox.wecom.app_callback import AppCallback, NoAnswer, card_event, text_message
from sandbox.wecom.app_cards import AppCards
from sandbox.wecom.limits import Limits
from sandbox.wecom.refusal import Refusal
from sandbox.wecom.settings import App, user_id
from sandbox.wecom.signed import Signed
from sandbox.world import Card, ClickOutcome, Conversation, Person, Platform, Quote, World

Interpret = Callable[[ET.Element], None]


class AppBot:
    def __init__(
        self, world: World, corp_id: str, app: App, shown: AppCards, callback: AppCallback, limits: Limits
    ) -> None:
        self._world, self._corp_id, self._app = world, corp_id, app
        self._cards, self._callback, self._limits = shown, callback, limits

    async def say(
        self, conversation: Conversation, person: Person, words: str, quote: Quote | None = None
    ) -> None:
        """The app is told no quote, whatever somebody answers."""
        if not self._app.callback_url:
            return
        try:
            reply = await self._callback.push(self.message(person, words))
        except NoAnswer:
            return
        self._interpret(reply, lambda root: self._say_back(conversation, root))

    def message(self, person: Person, words: str) -> Signed:
        at = int(self._world.now().timestamp())
        tree = text_message(self._corp_id, self._app.agent_id, user_id(person), at, words)
        return self._callback.sealed(tree)

    async def click(
        self, conversation: Conversation, person: Person, card: Card, action: str, inputs: Mapping[str, str]
    ) -> ClickOutcome:
        if not self._app.callback_url:
            return ClickOutcome.OFFLINE
        try:
            reply = await self._callback.push(self.event(person, card, action, inputs))
        except NoAnswer as silence:
            return ClickOutcome.UNANSWERED if silence.reached else ClickOutcome.OFFLINE
        right = self._interpret(reply, lambda root: self._redraw(card, person, root))
        return ClickOutcome.ANSWERED if right else ClickOutcome.UNANSWERED

    def event(self, person: Person, card: Card, action: str, inputs: Mapping[str, str]) -> Signed:
        """A click's callback, with a fresh response_code."""
        shown = self._cards.shown[card.id]
        event = {
            "EventKey": action,
            "TaskId": card.id,
            "CardType": shown["card_type"],
            "ResponseCode": self._cards.permit(card.id),
        }
        at = int(self._world.now().timestamp())
        chosen = drawing.selected(shown, inputs)
        return self._callback.sealed(
            card_event(self._corp_id, self._app.agent_id, user_id(person), at, event=event, chosen=chosen)
        )

    def _interpret(self, reply: str, act: Interpret) -> bool:
        """Carry out a passive reply; an empty one is right, a wrong one is refused."""
        if not reply:
            return True
        try:
            root = xml.read(reply)
            for name in ("ToUserName", "FromUserName", "CreateTime", "MsgType"):
                xml.field(root, name)
            act(root)
        except (xml.BadXml, Refusal) as mistake:
            self._world.refuse("wecom", "passive reply", str(mistake), 400)
            return False
        return True

    def _say_back(self, conversation: Conversation, root: ET.Element) -> None:
        if root.findtext("MsgType") != "text":
            raise xml.BadXml("a message may be answered with MsgType text only")
        words = xml.field(root, "Content")
        if len(words.encode()) > self._limits.text_bytes:
            raise xml.BadXml(f"Content is longer than {self._limits.text_bytes} B")
        self._world.post(conversation.key, "bot", words)

    def _redraw(self, card: Card, person: Person, root: ET.Element) -> None:
        """Both legal replies change the card for the clicking person only (rule W5)."""
        kind = root.findtext("MsgType")
        if kind == "update_button":
            drawn = self._cards.greyed(card.id, xml.field(root, "Button/ReplaceName"))
        elif kind == "update_template_card" and (given := root.find("TemplateCard")) is not None:
            drawn = self._cards.replaced(card.id, xml.card(given))
        else:
            raise xml.BadXml(f"a click may not be answered with MsgType {kind}")
        self._world.redraw(Platform.WECOM_APP, card.id, drawn, only_for=person.id)
