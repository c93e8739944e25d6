"""What the self-built app sends and changes: message/send, update_template_card, recall (rules W5, W6)."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sandbox.directory import one_to_one
from sandbox.media import Media
from sandbox.pace import Window
from sandbox.wecom import cards, spec
from sandbox.wecom.app_cards import AppCards
from sandbox.wecom.fields import names, number, only, refuse, sized, table, text
from sandbox.wecom.limits import Limits
from sandbox.wecom.receivers import Directory
from sandbox.wecom.refusal import BAD_TYPE, OK, TOO_OFTEN, Refusal
from sandbox.wecom.settings import App
from sandbox.wecom.uploads import picture
from sandbox.world import Conversation, Entry, Face, Platform, World

Json = Mapping[str, Any]
_TARGETS = {"touser", "toparty", "totag", "agentid"}
_CHECKS = {"safe", "enable_id_trans", "enable_duplicate_check", "duplicate_check_interval"}
_UPDATE = {"userids", "partyids", "tagids", "atall", "agentid", "response_code", "enable_id_trans"}
RECALLED = "（消息已撤回）"


@dataclass(slots=True)
class Sent:
    """One accepted message: its rows on phones, and its card if it was one."""

    at: datetime
    rows: list[Entry] = field(default_factory=list)
    card_id: str = ""


class AppMessages:
    def __init__(
        self, world: World, app: App, limits: Limits, directory: Directory, shown: AppCards, media: Media
    ) -> None:
        self._world, self._app, self._limits, self._media = world, app, limits, media
        self._directory, self._cards = directory, shown
        self._minute, self._hour = Window(limits.per_minute, 60), Window(limits.per_hour, 3600)
        self._day = Window(limits.daily_person_times, 86_400)
        self._sent: dict[str, Sent] = {}
        self._last: dict[str, tuple[datetime, str]] = {}
        """By fingerprint: when a body came last, and its msgid."""

    # -- message/send -----------------------------------------------------------------------------------

    def send(self, body: Json) -> Json:
        kind = text(body, "msgtype", "")
        if kind not in ("text", "markdown", "template_card", "image"):
            raise refuse(f"msgtype {kind!r} cannot be sent here", BAD_TYPE)
        only(body, _TARGETS | _CHECKS | {"msgtype", kind}, "the request")
        self._check_agent(body)
        receivers = self._directory.receivers(body)
        if (repeated := self._repeated(body)) is not None:
            return OK | receivers.reply | {"msgid": repeated}
        message_id = secrets.token_urlsafe(24)
        code = {}
        if kind == "template_card":
            code = self._send_card(message_id, table(body, kind), receivers.users)
        elif kind == "image":
            self._send_picture(message_id, table(body, kind), receivers.users)
        else:
            self._send_words(message_id, kind, table(body, kind), receivers.users)
        self._last[_fingerprint(body)] = (self._world.now(), message_id)
        return OK | receivers.reply | {"msgid": message_id} | code

    def _send_words(self, message_id: str, kind: str, part: Json, users: list[str]) -> None:
        only(part, {"content"}, kind)
        words = sized(part, "content", f"{kind}.", self._limits.text_bytes)
        rows = [self._world.post(window.key, "bot", words) for window in self._windows(users)]
        self._sent[message_id] = Sent(self._world.now(), rows)

    def _send_picture(self, message_id: str, part: Json, users: list[str]) -> None:
        only(part, {"media_id"}, "image")
        content = picture(self._media, text(part, "media_id", "image."))
        rows = [self._world.post(window.key, "bot", picture=content) for window in self._windows(users)]
        self._sent[message_id] = Sent(self._world.now(), rows)

    def _send_card(self, message_id: str, given: Json, users: list[str]) -> dict[str, str]:
        card = cards.check(given, spec.APP)
        pressable = card["card_type"] in spec.CALLBACK_TYPES or "action_menu" in card
        if pressable and not self._app.callback_url:
            raise refuse("a card that can be pressed needs the app's callback URL to be set")
        card_id = card.get("task_id") or f"notice-{message_id}"
        if card_id in self._cards.shown:
            raise refuse(f"task_id {card_id} was used before: it must be unique in the app")
        self._cards.show(card_id, card, self._windows(users))
        self._sent[message_id] = Sent(self._world.now(), card_id=card_id)
        return {"response_code": self._cards.permit(card_id)} if pressable else {}

    def _windows(self, users: list[str]) -> list[Conversation]:
        """The receivers' conversations, once their places in the rates are taken.

        The real platform drops the excess in silence (rule W6); here the whole message is refused.
        """
        for user in users:
            if not (self._minute.take(user) and self._hour.take(user) and self._day.take()):
                raise Refusal(TOO_OFTEN, f"too many messages to {user}: the platform would drop this one")
        windows = (one_to_one(self._world, Platform.WECOM_APP, user) for user in users)
        return [window for window in windows if window is not None]

    def _check_agent(self, body: Json) -> None:
        if number(body, "agentid", "", range(1 << 31)) != self._app.agent_id:
            raise Refusal(40056, "invalid agentid")

    def _repeated(self, body: Json) -> str | None:
        """Id of the same message sent before: with enable_duplicate_check it is dropped in silence, without a row and a
        response_code."""
        if not number(body, "enable_duplicate_check", "", range(2), 0):
            return None
        interval = timedelta(seconds=number(body, "duplicate_check_interval", "", range(1, 14_401), 1800))
        at, message_id = self._last.get(_fingerprint(body), (None, ""))
        return message_id if at is not None and self._world.now() - at < interval else None

    # -- update and recall ------------------------------------------------------------------------------

    def update(self, body: Json) -> Json:
        only(body, _UPDATE | {"button", "template_card"}, "the request")
        self._check_agent(body)
        code = text(body, "response_code", "")
        card_id, users = self._cards.permitted(code), self._viewers(body)
        if ("button" in body) == ("template_card" in body):
            raise refuse("exactly one of button and template_card is needed")
        drawn = self._drawn(card_id, body)
        self._cards.use_up(code)
        if users is None:
            self._cards.redraw_all(card_id, drawn)
            return OK | {"invaliduser": []}
        return OK | {"invaliduser": self._cards.redraw(card_id, drawn, users)}

    def _viewers(self, body: Json) -> list[str] | None:
        """Users whose cards change; None: all."""
        if number(body, "atall", "", range(2), 0):
            return None
        users = names(body, "userids", 1000) + self._directory.members(names(body, "partyids", 100))
        if not users:
            raise refuse("userids, partyids and atall are all empty")
        return users

    def _drawn(self, card_id: str, body: Json) -> Face:
        if "template_card" in body:
            return self._cards.replaced(card_id, body["template_card"])
        button = table(body, "button")
        only(button, {"replace_name"}, "button")
        return self._cards.greyed(card_id, text(button, "replace_name", "button."))

    def recall(self, body: Json) -> Json:
        only(body, {"msgid"}, "the request")
        sent = self._sent.get(text(body, "msgid", ""))
        if sent is None or self._world.now() - sent.at > timedelta(hours=self._limits.recall_hours):
            raise refuse("msgid is unknown or older than 24 h")
        for row in sent.rows:
            self._world.rewrite(row, RECALLED)
        if sent.card_id:
            self._cards.redraw_all(sent.card_id, Face(RECALLED))
        return OK


def _fingerprint(body: Json) -> str:
    return json.dumps(body, sort_keys=True)
