"""What DingTalk pushes, as events: robot messages (rule D5) and card clicks (rule D9)."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.channels.common.channel import Clicked, DirectoryChanged, Said
from bot.channels.common.clean import parsed
from bot.channels.common.moment import moment
from bot.channels.common.quoted import words_of
from bot.channels.dingtalk.traits import DINGTALK

MESSAGES = "/v1.0/im/bot/messages/get"
CLICKS = "/v1.0/card/instances/callback"
QUOTA_USED_UP = "20001"
MILLISECONDS = 1000
PREFIX = DINGTALK.prefix
NAME = 40
"""Characters of a name that are kept."""
SINGLE = "user:"
"""Starts the name of a one-to-one conversation: `dingtalk:user:<staff id>`. Groups are named by their `cid…`."""

Data = Mapping[str, Any]


class Unreadable(ValueError):
    """The push lacks what makes it a message or a click."""


def said(data: Data, delivery_id: str, robot: str, now: datetime, corp: str = "") -> Said:
    """A robot message; `corp`: our company, as the settings name it. Raises Unreadable."""
    single = str(data.get("conversationType")) == "1"
    return Said(
        conversation=f"{PREFIX}:{_room(data, single, corp)}",
        bot=str(data.get("robotCode") or robot),
        event_id=_required(data, "msgId"),
        user_id=_staff_id(data, corp),
        text=_text(data),
        at=moment(data.get("createAt"), now, a_second=MILLISECONDS),
        single=single,
        delivery_id=delivery_id,
        quoted=words_of(_quoted(data)),
        mentions=tuple(_mentions(data)),
        name=" ".join(str(data.get("senderNick") or "").split())[:NAME],
        company="" if corp else str(data.get("chatbotCorpId") or ""),
    )


def clicked(data: Data, delivery_id: str, robot: str, at: object, now: datetime, corp: str = "") -> Clicked:
    """A pressed button. The platform gives a click no id of its own, so it is that of its delivery. Raises Unreadable.

    `at` is the frame's time in milliseconds; `corp` as of a message.
    """
    params = _params(data)
    user = _required(data, "userId")
    single = data.get("spaceType") == "IM_ROBOT"
    return Clicked(
        conversation=f"{PREFIX}:{SINGLE}{user}" if single else f"{PREFIX}:{data.get('spaceId', '')}",
        bot=robot,
        event_id=delivery_id,
        user_id=user if _is_ours(data, "corpId", corp) else "",
        wire_id=_required(data, "outTrackId"),
        action=_required(params, "action"),
        at=moment(at, now, a_second=MILLISECONDS),
        inputs={str(name): str(value) for name, value in params.items() if name != "action"},
        single=single,
        company="" if corp else str(data.get("corpId") or ""),
    )


def directory_changed(data: Data, kind: str) -> DirectoryChanged | None:
    """An event of the company's directory, which carries ids alone; None: any other event."""
    if kind in ("user_add_org", "user_modify_org", "user_leave_org"):
        return DirectoryChanged(DINGTALK.platform, users=tuple(_ids(data, "userId", "UserId")))
    if kind in ("org_dept_create", "org_dept_modify", "org_dept_remove"):
        return DirectoryChanged(DINGTALK.platform, units=True)
    return None


def quota_used_up(data: Data) -> bool:
    """Instead of what was said comes the news that the month's API calls are spent (rule D5)."""
    return QUOTA_USED_UP in (str(data.get(name)) for name in ("errorCode", "errCode", "code"))


def _room(data: Data, single: bool, corp: str) -> str:
    if single and (staff := _staff_id(data, corp)):
        return f"{SINGLE}{staff}"
    return _required(data, "conversationId")


def _staff_id(data: Data, corp: str) -> str:
    """Empty for outsiders: someone of another company may have the same id there as one of ours here."""
    ours = corp or data.get("chatbotCorpId")
    if not (_is_ours(data, "chatbotCorpId", ours) and _is_ours(data, "senderCorpId", ours)):
        return ""
    return str(data.get("senderStaffId") or "")


def _is_ours(data: Data, field: str, corp: object) -> bool:
    """Check a company that a push names, where ours is known; one it leaves out is the app's own."""
    return not corp or data.get(field, corp) == corp


def _text(data: Data) -> str:
    content = _table(data, "content")
    match data.get("msgtype"):
        case "text":
            return str(_table(data, "text").get("content", "")).strip()
        case "richText":
            parts = content.get("richText")
            rows = parts if isinstance(parts, list) else []
            texts = (row for row in rows if isinstance(row, dict) and row.get("type") != "at")
            return "".join(str(row.get("text", "")) for row in texts).strip()
        case _:
            return str(content.get("recognition", "")).strip()


def _quoted(data: Data) -> object:
    """The message that is answered, where the platform's clients put it; None: none. Of some there is an id alone."""
    places = (data, _table(data, "text"), _table(data, "content"))
    for name in ("repliedMsg", "quoteMessage", "quoteContent"):
        if found := next((place[name] for place in places if place.get(name)), None):
            return found
    is_reply = data.get("originalMsgId") or any(place.get("isReplyMsg") for place in places)
    return {"msgId": data.get("originalMsgId")} if is_reply else None


def _mentions(data: Data) -> Iterator[str]:
    """Staff ids of the people that stand beside the text, empty of outsiders; not the robot itself."""
    users = data.get("atUsers")
    ours = [name for name in (data.get("chatbotUserId"), data.get("robotCode")) if name is not None]
    for user in users if isinstance(users, list) else []:
        if isinstance(user, dict) and not any(user.get(name) in ours for name in ("dingtalkId", "staffId")):
            yield str(user.get("staffId") or "")


def _ids(data: Data, *names: str) -> Iterator[str]:
    found = next((data[name] for name in names if data.get(name)), ())
    for one in found if isinstance(found, list) else [found]:
        if isinstance(one, str) and one:
            yield one


def _params(data: Data) -> Data:
    """`params` has been seen at two depths of `content` (rule D9)."""
    try:
        content = parsed(data.get("content") or "{}")
    except (TypeError, ValueError):
        raise Unreadable("content is not JSON text") from None
    if not isinstance(content, dict):
        raise Unreadable("content is not an object")
    return _table(_table(content, "cardPrivateData"), "params") or _table(content, "params")


def _table(data: Data, name: str) -> Data:
    value = data.get(name)
    return value if isinstance(value, dict) else {}


def _required(data: Data, name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str) or not value:
        raise Unreadable(f"{name} is missing")
    return value

