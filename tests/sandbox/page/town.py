"""A small company with a scripted bot on both platforms: enough for every kind of row, card and click."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from sandbox.page import FORM_INPUT
from sandbox.world import Button, Card, Change, ClickOutcome, Conversation, Face, Person, Platform, World

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
"""Twelve o'clock in China."""
PRODUCTION = "dingtalk:cidProduction+/=="
SALES = "dingtalk:cidSales=="
PURCHASING = "wecom:wrkPurchasing"
FINANCE = "wecom:wrkFinance"
EXAMPLES = (
    (None, "帮助"),
    (PRODUCTION, "改期 MO-1042 推迟2天 因为 设备故障"),
    (SALES, "改数量 SO-1042 3000 因为 客户加单"),
)

PEOPLE = (
    Person("li.na", "李娜", "市场部", "市场经理", dingtalk="d1"),
    Person("zhou.min", "周敏", "销售部", "销售经理", dingtalk="d2", wecom="w2"),
    Person("wang.wu", "王五", "生产部", "生产经理", dingtalk="d3"),
    Person("sun.lei", "孙磊", "生产部", "车间主任", dingtalk="d4"),
    Person("zhao.liu", "赵六", "采购部", "采购经理", wecom="w5"),
    Person("qian.qi", "钱琪", "财务部", "财务经理", wecom="w6"),
)

ROOMS = (
    Conversation(Platform.DINGTALK, "cidSales==", "市场销售协同群", ["li.na", "zhou.min"]),
    Conversation(Platform.DINGTALK, "cidProduction+/==", "生产计划群", ["wang.wu", "sun.lei", "zhou.min"]),
    Conversation(Platform.WECOM, "wrkPurchasing", "采购与仓储群", ["zhao.liu", "zhou.min"]),
    Conversation(Platform.WECOM, "wrkFinance", "财务共享群", ["qian.qi", "zhou.min"]),
    Conversation(Platform.WECOM_APP, "w5", "赵六", ["zhao.liu"], single=True),
)

ASK = Face(
    title="CR-20261123-001 请你部门审批",
    body=(
        "客户把 **SO-1042** 的数量加到 3,000 台，生产部需要：\n\n"
        "- `MO-1042` 装配完工 12-02 → **12-04**\n- `MO-1043` 老化测试 12-05 → **12-07**"
    ),
    status="待审批",
    tone="warn",
    facts=(
        ("提出人", "周敏（销售部）"),
        ("原因", "客户加单"),
        ("影响", "2 个部门 · 3 项 · 晚交 0 单"),
        ("截止", "今天 17:30"),
    ),
    buttons=(
        Button("同意", "approve", "primary"),
        Button("驳回", "reject", "danger", asks="驳回的原因"),
        Button("转交", "delegate", asks="转交给谁"),
        Button("超时", "slow"),
        Button("离线", "offline"),
    ),
    note="为什么发给你：生产部有 2 项被改动 · 计划第 6 版",
)


class Town(World):
    """A world whose bot answers every message with markdown, and a message that begins with 改 with a card."""

    def __init__(self) -> None:
        self.time = NOON
        super().__init__(lambda: self.time)
        self.people = {person.id: person for person in PEOPLE}
        for room in ROOMS:
            self.open(Conversation(room.platform, room.id, room.name, list(room.members), room.single))
        self.left = asyncio.Event()
        """Somebody who watched has gone."""
        self.clicks: list[tuple[str, str, Mapping[str, str]]] = []
        for platform in Platform:
            self.route(platform, self._heard, self._clicked)

    @asynccontextmanager
    async def watch(self) -> AsyncIterator[asyncio.Queue[Change]]:
        try:
            async with super().watch() as changes:
                yield changes
        finally:
            self.left.set()

    async def next_morning(self) -> str:
        self.time += timedelta(days=1)
        self.post(PRODUCTION, "bot", "**早会摘要**\n\n今日到期 2 项，待决定 1 项。")
        return "现在是 11月24日（周二）08:30"

    async def open_plan(self, person: str) -> str:
        return f"/static/logo.svg?of={person}"

    def show(self, room: Conversation | str, face: Face = ASK, card_id: str = "chg-1") -> Card:
        """Put a card into a conversation."""
        room = self.conversations[room] if isinstance(room, str) else room
        card = Card(card_id, room.key, self.now(), {"": face})
        self.put_card(room.platform, card)
        return card

    async def _heard(self, room: Conversation, person: Person, text: str) -> None:
        if text.startswith("改"):
            self.show(room, card_id=f"chg-{len(self.cards) + 1}")
        else:
            self.post(room.key, "bot", f"收到：**{text}**")

    async def _clicked(
        self, room: Conversation, person: Person, card: Card, action: str, inputs: Mapping[str, str]
    ) -> ClickOutcome:
        self.clicks.append((person.id, action, inputs))
        if action in ("slow", "offline"):
            return ClickOutcome.UNANSWERED if action == "slow" else ClickOutcome.OFFLINE
        reason = inputs.get(FORM_INPUT, "")
        done = ("已驳回", "danger") if action == "reject" else ("已同意", "success")
        note = f"{person.name} {reason}".strip()
        self.redraw(room.platform, card.id, Face(ASK.title, ASK.body, *done, facts=ASK.facts[:2], note=note))
        return ClickOutcome.ANSWERED
