"""What the self-built app sends and changes: message/send, update_template_card, recall (protocol 9)."""

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sandbox.directory import employee, one_to_one
from sandbox.pace import Window
from sandbox.wecom import cards, drawing, spec
from sandbox.wecom.fields import number, only, refuse, sized, table, text
from sandbox.wecom.limits import Limits
from sandbox.wecom.refusal import BAD_TYPE, OK, TOO_OFTEN, Refusal
from sandbox.wecom.settings import App
from sandbox.world import Card, Conversation, Entry, Face, Platform, World, card_key

Json = Mapping[str, Any]
SEND = {
    "touser", "toparty", "totag", "msgtype", "agentid", "safe", "enable_id_trans", "enable_duplicate_check",
    "duplicate_check_interval",
}  # fmt: skip
UPDATE = {
    "userids", "partyids", "tagids", "atall", "agentid", "response_code", "enable_id_trans", "button", "template_card"
}  # fmt: skip
NOBODY = 81013


@dataclass(slots=True)
class Sent:
    """One accepted message: its rows on phones, and its card if it was one."""

    at: datetime
    rows: list[Entry] = field(default_factory=list)
    card_id: str = ""


@dataclass(frozen=True, slots=True)
class Permission:
    """A response_code: lets one card be updated once."""

    card_id: str
    until: datetime


@dataclass(slots=True)
class Receivers:
    users: list[str]
    invalid_users: list[str]
    invalid_parties: list[str]
    invalid_tags: list[str]


class AppMessages:
    def __init__(self, world: World, app: App, limits: Limits, parties: Mapping[str, Iterable[str]]) -> None:
        self._world, self._app, self._limits, self._parties = world, app, limits, parties
        self._minute, self._hour = Window(limits.per_minute, 60), Window(limits.per_hour, 3600)
        self._day = Window(limits.daily_person_times, 86_400)
        self._sent: dict[str, Sent] = {}
        self._bodies: dict[str, tuple[datetime, str]] = {}
        self._permissions: dict[str, Permission] = {}
        self.cards: dict[str, Json] = {}
        """The template_card shown for each card id."""

    # -- message/send -----------------------------------------------------------------------------------

    def send(self, body: Json) -> Json:
        kind = text(body, "msgtype", "")
        if kind not in ("text", "markdown", "template_card"):
            raise refuse(f"msgtype {kind!r} cannot be sent here", BAD_TYPE)
        only(body, SEND | {kind}, "the request")
        self._check_agent(body)
        receivers = self._receivers(body)
        if (known := self._repeated(body)) is not None:
            return self._reply(receivers, known)
        message_id = secrets.token_urlsafe(24)
        if kind == "template_card":
            code = self._send_card(message_id, table(body, kind), receivers.users)
        else:
            words = sized(table(body, kind), "content", f"{kind}.", self._limits.text_bytes)
            only(table(body, kind), {"content"}, kind)
            code = self._send_words(message_id, words, receivers.users)
        self._remember(body, message_id)
        return self._reply(receivers, message_id) | ({"response_code": code} if code else {})

    def _send_words(self, message_id: str, words: str, users: list[str]) -> str:
        windows = self._windows(users)
        rows = [self._world.post(window.key, "bot", words) for window in windows]
        self._sent[message_id] = Sent(self._world.now(), rows)
        return ""

    def _send_card(self, message_id: str, given: Json, users: list[str]) -> str:
        card = cards.check(given, spec.APP)
        interactive = card["card_type"] in spec.CALLBACK_TYPES or "action_menu" in card
        if interactive and not self._app.callback_url:
            raise refuse("a card that can be pressed needs the app's callback URL to be set")
        card_id = card.get("task_id") or f"notice-{message_id}"
        if card_id in self.cards:
            raise refuse(f"task_id {card_id} was used before: it must be unique in the app")
        first, *others = self._windows(users)
        self.cards[card_id] = card
        drawn = {"": drawing.face(card)}
        self._world.put_card(Platform.WECOM_APP, Card(card_id, first.key, self._world.now(), drawn))
        for window in others:
            self._world.copy_card(Platform.WECOM_APP, card_id, window.key)
        self._sent[message_id] = Sent(self._world.now(), card_id=card_id)
        return self.permit(card_id) if interactive else ""

    def _windows(self, users: list[str]) -> list[Conversation]:
        """The receivers' conversations, after taking their places in the rate; one over refuses the message.

        The real platform drops the excess in silence (protocol 9.1).
        """
        for user in users:
            if not (self._minute.take(user) and self._hour.take(user) and self._day.take()):
                raise Refusal(TOO_OFTEN, f"too many messages to {user}: the platform would drop this one")
        windows = (one_to_one(self._world, Platform.WECOM_APP, user) for user in users)
        return [window for window in windows if window is not None]

    def _check_agent(self, body: Json) -> None:
        if number(body, "agentid", "", range(1 << 31)) != self._app.agent_id:
            raise Refusal(40056, "invalid agentid")

    def _receivers(self, body: Json) -> Receivers:
        users, parties, tags = (_ids(body, name, most) for name, most in _TARGETS)
        if users == ["@all"]:
            users = [p.wecom for p in self._world.people.values() if p.corp == "home" and p.wecom]
        found = [user for user in users if employee(self._world, Platform.WECOM_APP, user)]
        for party in parties:
            found += [user for user in self._parties.get(party, ()) if user not in found]
        if not users and not parties and not tags:
            raise Refusal(40035, "touser, toparty and totag are all empty")
        if not found:
            raise Refusal(NOBODY, "user & party & tag all invalid")
        strangers = [user for user in users if user not in found]
        return Receivers(found, strangers, [p for p in parties if p not in self._parties], tags)

    def _reply(self, receivers: Receivers, message_id: str) -> dict[str, Any]:
        return OK | {
            "invaliduser": "|".join(receivers.invalid_users),
            "invalidparty": "|".join(receivers.invalid_parties),
            "invalidtag": "|".join(receivers.invalid_tags),
            "unlicenseduser": "",
            "msgid": message_id,
        }

    # -- the same message twice -------------------------------------------------------------------------

    def _repeated(self, body: Json) -> str | None:
        """With enable_duplicate_check the same message is dropped in silence: no row, and no response_code."""
        if not number(body, "enable_duplicate_check", "", range(2), 0):
            return None
        interval = number(body, "duplicate_check_interval", "", range(1, 14_401), 1800)
        at, message_id = self._bodies.get(_fingerprint(body), (None, ""))
        fresh = at is not None and self._world.now() - at < timedelta(seconds=interval)
        return message_id if fresh else None

    def _remember(self, body: Json, message_id: str) -> None:
        self._bodies[_fingerprint(body)] = (self._world.now(), message_id)

    # -- update and recall ------------------------------------------------------------------------------

    def permit(self, card_id: str) -> str:
        """A fresh response_code: one comes with every sent card and with every click."""
        code = secrets.token_urlsafe(24)
        until = self._world.now() + timedelta(hours=self._limits.response_code_hours)
        self._permissions[code] = Permission(card_id, until)
        return code

    def update(self, body: Json) -> Json:
        only(body, UPDATE, "the request")
        self._check_agent(body)
        card_id = self._permission(text(body, "response_code", ""))
        if ("button" in body) == ("template_card" in body):
            raise refuse("exactly one of button and template_card is needed")
        drawn = self._updated(card_id, body)
        users = body.get("userids", [])
        if not isinstance(users, list) or not all(isinstance(user, str) for user in users) or len(users) > 1000:
            raise refuse("userids must be a list of at most 1000 strings")
        users = [*users, *(u for party in body.get("partyids", []) for u in self._parties.get(str(party), ()))]
        if not users and body.get("atall") != 1:
            raise refuse("userids, partyids and atall are all empty")
        del self._permissions[body["response_code"]]
        return OK | {"invaliduser": self._redraw(card_id, drawn, None if body.get("atall") == 1 else users)}

    def _permission(self, code: str) -> str:
        permission = self._permissions.get(code)
        if permission is None or permission.until <= self._world.now():
            raise refuse("response_code is unknown, used before or older than 72 h")
        return permission.card_id

    def _updated(self, card_id: str, body: Json) -> Face:
        if "template_card" in body:
            return self.replace(card_id, table(body, "template_card"))
        only(table(body, "button"), {"replace_name"}, "button")
        return self.greyed(card_id, text(table(body, "button"), "replace_name", "button."))

    def greyed(self, card_id: str, words: str) -> Face:
        return drawing.greyed(self._world.cards[card_key(Platform.WECOM_APP, card_id)].faces[""], words)

    def replace(self, card_id: str, given: Json) -> Face:
        """A shown card's new content; it keeps its task_id."""
        card = cards.check(given, spec.APP, update=True)
        if card.get("task_id", card_id) != card_id:
            raise refuse(f"task_id must stay {card_id}")
        self.cards[card_id] = card
        return drawing.face(card)

    def _redraw(self, card_id: str, drawn: Face, users: list[str] | None) -> list[str]:
        """Redraw for users (None: for all) and return those who have no such card."""
        if users is None:
            self._world.redraw(Platform.WECOM_APP, card_id, drawn)
            return []
        shown = self._world.cards[card_key(Platform.WECOM_APP, card_id)]
        invalid = []
        for user in users:
            person = employee(self._world, Platform.WECOM_APP, user)
            if person and f"{Platform.WECOM_APP}:{user}" in (shown.conversation, *shown.copies):
                self._world.redraw(Platform.WECOM_APP, card_id, drawn, only_for=person.id)
            else:
                invalid.append(user)
        return invalid

    def recall(self, body: Json) -> Json:
        only(body, {"msgid"}, "the request")
        sent = self._sent.get(text(body, "msgid", ""))
        if sent is None or self._world.now() - sent.at > timedelta(hours=self._limits.recall_hours):
            raise refuse("msgid is unknown or older than 24 h")
        for row in sent.rows:
            self._world.rewrite(row, "（消息已撤回）")
        if sent.card_id:
            self._world.redraw(Platform.WECOM_APP, sent.card_id, Face("（消息已撤回）"))
        return OK


_TARGETS = (("touser", 1000), ("toparty", 100), ("totag", 100))


def _ids(body: Json, name: str, most: int) -> list[str]:
    ids = [part for part in text(body, name, "", required=False).split("|") if part]
    if len(ids) > most:
        raise refuse(f"{name} has {len(ids)} ids, at most {most}")
    return ids


def _fingerprint(body: Json) -> str:
    return json.dumps(body, sort_keys=True)
