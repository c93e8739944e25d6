"""Chinese words of the page: labels of codes, dates as people write them, sentences for what went wrong."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from sandbox.world import ClickOutcome, Platform

PLATFORM: Mapping[str, str] = {
    Platform.DINGTALK: "钉钉",
    Platform.WECOM: "企业微信",
    Platform.WECOM_APP: "企业微信应用",
}

STATUS: Mapping[str, str] = {
    "proposed": "建议",
    "confirmed": "已确认",
    "released": "已下达",
    "in_progress": "进行中",
    "done": "已完成",
    "closed": "已关闭",
    "on_hold": "暂停",
    "cancelled": "已取消",
}

ZONE: Mapping[str, str] = {"frozen": "冻结", "slushy": "缓冲"}
"""The liquid zone is the ordinary one and goes without a label."""

TYPE: Mapping[str, str] = {
    "promotion": "促销",
    "sales_order": "销售订单",
    "forecast": "预测",
    "production": "生产",
    "purchase": "采购",
    "receipt": "入库",
    "warehouse": "仓储",
    "quality": "检验",
    "inspection": "检验",
    "delivery": "发货",
    "finance": "收付款",
    "payment": "付款",
    "milestone": "里程碑",
    "task": "任务",
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


def brought(change: str | None) -> str:
    """Origin of a revision: 变更单 CR-20261123-001, 导入 items.csv."""
    if not change:
        return "初始计划"
    kind, _, source = change.partition(" ")
    if kind == "import":
        return f"导入 {source}"
    return f"变更单 {change}" if change.startswith("CR-") else change


def by(name: str | None) -> str:
    """Name of who applied a revision, when it is nobody of the company: another system by its name."""
    return {"demo": "演示数据", None: "系统", "": "系统"}.get(name) or str(name)


def day(value: date) -> str:
    """11月24日（周二）"""
    return f"{value.month}月{value.day}日（周{WEEKDAYS[value.weekday()]}）"


def short_day(value: date | None, today: date) -> str:
    """11-24, with its year where one could mistake it; a dash when there is no date."""
    if value is None:
        return "—"
    return f"{value:%m-%d}" if abs(value - today) < timedelta(days=200) else f"{value:%Y-%m-%d}"


def moment(value: datetime) -> str:
    """11月24日 08:30"""
    return f"{value.month}月{value.day}日 {value:%H:%M}"


def amount(quantity: Decimal | None, unit: str) -> str:
    """1,200 台; nothing when the item has no quantity."""
    if quantity is None:
        return ""
    number = f"{quantity:,f}"
    return f"{number.rstrip('0').rstrip('.') if '.' in number else number} {unit}".strip()
