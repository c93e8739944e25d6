"""Plain messages of the robot, to a group and to people (rule D11)."""

import json
import secrets
from collections.abc import Mapping
from typing import Any

from sandbox.dingtalk.fields import only, text
from sandbox.dingtalk.frames import Identity
from sandbox.dingtalk.limits import Limits
from sandbox.dingtalk.refusal import Refusal
from sandbox.directory import one_to_one
from sandbox.media import Media
from sandbox.world import Platform, World


def _columns(count: int) -> tuple[str, ...]:
    pairs = ((f"actionTitle{n}", f"actionURL{n}") for n in range(1, count + 1))
    return ("title", "text", *(name for pair in pairs for name in pair))


KEYS: dict[str, tuple[str, ...]] = {
    "sampleText": ("content",),
    "sampleMarkdown": ("title", "text"),
    "sampleImageMsg": ("photoURL",),
    "sampleLink": ("title", "text", "messageUrl", "picUrl"),
    "sampleAudio": ("mediaId", "duration"),
    "sampleVideo": ("duration", "videoMediaId", "videoType", "picMediaId"),
    "sampleFile": ("mediaId", "fileName", "fileType"),
    "sampleActionCard": ("title", "text", "singleTitle", "singleURL"),
    "sampleActionCard6": ("title", "text", "buttonTitle1", "buttonUrl1", "buttonTitle2", "buttonUrl2"),
    **{f"sampleActionCard{count}": _columns(count) for count in range(2, 6)},
}
"""msgKey: the parameters it needs."""

Body = Mapping[str, Any]


class Messages:
    def __init__(self, world: World, who: Identity, limits: Limits, media: Media) -> None:
        self._world, self._who, self._limits, self._media = world, who, limits, media

    def to_group(self, body: Body) -> dict[str, Any]:
        only(body, frozenset({"robotCode", "openConversationId", "msgKey", "msgParam"}), "the request", "param.invalid")
        self._check_robot(body)
        shown = self._shown(body)
        name = text(body, "openConversationId", "miss.openConversationId")
        conversation = self._world.conversations.get(f"{Platform.DINGTALK}:{name}")
        if conversation is None or conversation.single:
            raise Refusal("invalidParameter.openConversationId", f"no such group: {name}")
        if not conversation.bot_present:
            raise Refusal("bot.stopped", f"the robot is not in {name}")
        self._world.post(conversation.key, "bot", **shown)
        return {"processQueryKey": secrets.token_urlsafe(16)}

    def to_people(self, body: Body) -> dict[str, Any]:
        only(body, frozenset({"robotCode", "userIds", "msgKey", "msgParam"}), "the request", "param.invalid")
        self._check_robot(body)
        shown, users = self._shown(body), body.get("userIds")
        if not isinstance(users, list) or not all(isinstance(u, str) for u in users) or not 1 <= len(users) <= 20:
            raise Refusal("invalidParameter.userIds", "userIds must be a list of 1 to 20 strings")
        windows = {user: one_to_one(self._world, Platform.DINGTALK, user) for user in users}
        for window in filter(None, windows.values()):
            self._world.post(window.key, "bot", **shown)
        return {
            "processQueryKey": secrets.token_urlsafe(16),
            "invalidStaffIdList": [user for user, window in windows.items() if window is None],
            "flowControlledStaffIdList": [],
        }

    def _check_robot(self, body: Body) -> None:
        if text(body, "robotCode", "invalidParameter.robotCode.empty") != self._who.robot_code:
            raise Refusal("invalidParameter.robotCode.notFound", f"no such robot: {body['robotCode']!r}")

    def _shown(self, body: Body) -> dict[str, Any]:
        """The message's markdown or picture, once its msgKey and msgParam are found right."""
        key = text(body, "msgKey", "invalidParameter.msgKey.invalid")
        param = text(body, "msgParam", "invalidParameter.msgParam.invalid")
        if key not in KEYS:
            raise Refusal("invalidParameter.msgKey.invalid", f"no such msgKey: {key}")
        if len(param.encode()) > self._limits.message_bytes:
            raise Refusal("invalidParameter.msgParam.tooLong", f"msgParam is over {self._limits.message_bytes} B")
        values = _values(key, param)
        if key == "sampleImageMsg":
            return {"picture": self._picture(values["photoURL"])}
        return {"text": str(values.get("text") or values.get("content") or values.get("title") or values[KEYS[key][0]])}

    def _picture(self, photo: str) -> bytes:
        """What was uploaded under this id; an address the real platform would fetch, this one fetches nothing."""
        content = self._media.get(photo)
        if content is None:
            raise Refusal("invalidParameter.msgParam.invalid", f"photoURL is no media id that is known: {photo[:40]}")
        return content


def _values(key: str, param: str) -> dict[str, Any]:
    try:
        values = json.loads(param)
    except ValueError:
        raise Refusal("invalidParameter.msgParam.invalid", "msgParam is not JSON text") from None
    wanted = KEYS[key]
    if not isinstance(values, dict) or not all(isinstance(values.get(name), str) and values[name] for name in wanted):
        raise Refusal("invalidParameter.msgParam.invalid", f"{key} needs the strings {', '.join(wanted)}")
    if unknown := sorted(set(values) - set(wanted)):
        raise Refusal("invalidParameter.msgParam.invalid", f"{key} has no {', '.join(unknown)}")
    return values
