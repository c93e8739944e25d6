"""Chinese words of the page: labels of codes, dates as people write them, sentences for what went wrong."""

from collections.abc import Mapping
from datetime import date, datetime

from sandbox.world import ClickOutcome, Platform

PLATFORM: Mapping[str, str] = {
    Platform.DINGTALK: "钉钉",
    Platform.WECOM: "企业微信",
    Platform.WECOM_APP: "企业微信应用",
}

OUTCOME: Mapping[ClickOutcome, str] = {
    ClickOutcome.ANSWERED: "",
    ClickOutcome.UNANSWERED: "对方服务超时，请重试",
    ClickOutcome.OFFLINE: "机器人不在线",
}

BOT = "通盘"
WITH_THE_BOT = f"我和{BOT}"
NOT_A_MEMBER = "你不在这个群里"
BECOME_A_MEMBER = "点上方的头像，换成群里的人"
NOTHING_TYPED = "还没有输入内容。"
NO_SUCH_PERSON = "名单里没有这个人，请刷新页面后重新选择身份。"
NO_SUCH_CONVERSATION = "找不到这个会话，请刷新页面。"
NO_SUCH_CARD = "找不到这张卡片，请刷新页面。"
NO_PLATFORM = "这个平台还没有启动，消息没有送到机器人。"
INCOMPLETE = "这个请求不完整，请刷新页面后再试。"
NO_PAGE = "没有这个页面。"
MORNING_FAILED = "没能走到下一个工作日早晨，请稍后再试。"
SOMETHING_BROKE = "沙盒里出了点问题，这一步没有完成。请再试一次；详情见运行窗口里的日志。"

WEEKDAYS = "一二三四五六日"

_PREVIEWS = ("预览", "the preview")


def preview(status: str) -> str:
    """The word for a request that has no number yet; empty: it is none."""
    named = status.partition(" · ")[0]
    return named if named in _PREVIEWS else ""


def day(value: date) -> str:
    """11月24日（周二）"""
    return f"{value.month}月{value.day}日（周{WEEKDAYS[value.weekday()]}）"


def moment(value: datetime) -> str:
    """11月24日 08:30"""
    return f"{value.month}月{value.day}日 {value:%H:%M}"
