"""The company the machine plays in: small, and with everybody and everything that is awkward."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from cards.words import Words
from handlers.inbound.commands import COMMANDS
from handlers.turn import Environment
from planning.control.authority import Grant
from planning.control.condition import Condition
from planning.control.fences import Fence, FenceKind, Scope, Zone
from planning.control.policy import AFFECTED, EVERYONE, Terms
from planning.control.rules import TYPES, Class, Event, Rule
from planning.control.shadow import Shadow
from planning.exceptions.policy import ExceptionPolicy
from planning.facts.source import Source
from planning.people.organisation import Department, Organisation, Person
from planning.plan.calendar import calendar_named, with_exceptions
from planning.plan.item import Constraint, Item, Mode, Status
from planning.plan.link import Drives, Link, LinkKind
from planning.plan.plan import Plan, Stock
from tests.small_company import APPROVER, TRAITS, organisation

SHANGHAI = ZoneInfo("Asia/Shanghai")
GHOST = "ghost"
"""Somebody the settings do not know."""
HOLIDAY = date(2026, 12, 7)
SECRETS = ("6131.25", "北辰集团", "8848.75")
"""What masked columns say: coordinators and admins may see it, and no group has only those."""
NEWER = with_exceptions("china", calendar_named("china"), {HOLIDAY: False})
"""China's list after it was published anew: a Monday in the middle of the plan is a day off."""


def people() -> Organisation:
    """The small company, with standing deputies, a proposer who approves for the own department, a department of
    nobody, and one whose people read elsewhere."""
    base = organisation()
    deputies = {"su": "he", "wang": "han", "qian": "zhao", "zhao": "lin", "lin": "boss"}
    departments = (
        *base.departments.values(),
        Department("quality", "质量部"),
        Department("finance", "财务部", manager="jin"),
    )
    staff = [replace(person, deputy=deputies.get(person.id, "")) for person in base.people.values()]
    jin = Person("jin", "金会计", "finance", APPROVER, {"dingtalk": "d-jin", "wecom": "jin"})
    return Organisation.of(departments, (*staff, jin))


def plan() -> Plan:
    """A chain to a promise, a line beside it, work in progress, work that is done, something pinned, something that
    is nobody's, a milestone, material in lots."""
    d = date
    items = (
        Item("PO-1", "主控芯片", d(2026, 12, 1), d(2026, 12, 4), 4, "purchase", "purchasing", quantity=Decimal(2000),
             unit="件", product="chip", lot_multiple=Decimal(500)),
        Item("MO-1", "耳机组装", d(2026, 12, 7), d(2026, 12, 11), 5, "production", "production", ("finance",),
             quantity=Decimal(2000), unit="件", attributes={"成本价": SECRETS[0]}),
        Item("MO-2", "外壳注塑", d(2026, 11, 23), d(2026, 12, 2), 8, "production", "production",
             status=Status.IN_PROGRESS, quantity=Decimal(2000), unit="件"),
        Item("QC-1", "首件检验", d(2026, 12, 14), d(2026, 12, 14), 1, "task", "quality"),
        Item("SO-1", "星河订单", d(2026, 12, 15), d(2026, 12, 16), 2, "sales_order", "sales", ("warehouse",),
             quantity=Decimal(2000), unit="件", attributes={"客户": SECRETS[1], "单价": SECRETS[2], "颜色": "墨绿"}),
        Item("DL-1", "星河发货", d(2026, 12, 17), d(2026, 12, 17), 1, "delivery", "warehouse",
             constraint=Constraint.FINISH_NO_LATER_THAN, constraint_date=d(2026, 12, 18)),
        Item("FN-1", "尾款到账", d(2026, 12, 18), d(2026, 12, 18), 0, "finance", "finance"),
        Item("MO-3", "包材试产", d(2026, 11, 16), d(2026, 11, 18), 3, "production", "production", status=Status.DONE),
        Item("RC-1", "年度盘点", d(2026, 12, 21), d(2026, 12, 22), 2, "task", "warehouse", mode=Mode.PINNED),
        Item("MO-4", "备件组装", d(2026, 12, 9), d(2026, 12, 10), 2, "production", "production",
             quantity=Decimal(200), unit="件"),
        Item("NB-1", "样机拍摄", d(2026, 12, 3), d(2026, 12, 3), 1, "task", ""),
    )  # fmt: skip
    links = (
        Link("PO-1", "MO-1"),
        Link("PO-1", "MO-1", drives=Drives.PREDECESSOR, ratio=Decimal(1)),
        Link("PO-1", "MO-4", drives=Drives.PREDECESSOR, ratio=Decimal(1)),
        Link("MO-2", "MO-1"),
        Link("MO-1", "QC-1"),
        Link("QC-1", "SO-1"),
        Link("MO-1", "SO-1", LinkKind.SS),
        Link("SO-1", "DL-1"),
        Link("DL-1", "FN-1"),
        Link("MO-3", "MO-2"),
        Link("FN-1", "RC-1"),
    )
    stock = {"chip": Stock("chip", Decimal(300), Decimal(100))}
    return Plan("main", "一厂", 0, {item.code: item for item in items}, links, stock=stock)


ROLLING = Fence("near", "开工前三天", FenceKind.ROLLING, scope=Scope(types=("production",)), days=3,
                approvals=("role:coordinator",))  # fmt: skip
STARTED = Fence("started", "已开工", FenceKind.STATUS, Zone.SLUSHY, statuses=(Status.IN_PROGRESS,),
                approvals=("production",))  # fmt: skip
SHOWN = Fence("shown", "只提示", FenceKind.ROLLING, Zone.SLUSHY, Scope(departments=("sales",)), days=20)
CLOSED = Fence("stocktaking", "盘点", FenceKind.WINDOW, scope=Scope(departments=("warehouse",)),
               first=date(2026, 12, 28), last=date(2026, 12, 31))  # fmt: skip

SMALL = Rule("small", Event.ANY, Condition.of("days <= 1 && days >= -1 && late_orders == 0", TYPES), Class.STANDARD, ())
QUALITY = Rule("quality-hold", Event.QUALITY_HOLD, None, approvals=(AFFECTED, "role:coordinator"),
               terms=(Terms(AFFECTED, EVERYONE), Terms("role:coordinator", optional=True)))  # fmt: skip
"""Everybody of each department, and the coordinator's opinion."""
PROMOTION = Rule("promotion", Event.PROMOTION, None, approvals=(AFFECTED, "production"), inform=("finance",),
                 terms=(Terms("production", 2),))  # fmt: skip
MACHINE = Rule("machine-down", Event.MACHINE_DOWN, None, Class.EMERGENCY, (AFFECTED, "role:coordinator"),
               deadline_hours=8, ratify_hours=20)  # fmt: skip
ORDERS = Rule("big-order", Event.ORDER_CHANGE, None, Class.NORMAL, (AFFECTED, "planning"), inform=("finance",))
ABSORBED = Rule(
    "fact-absorbed", Event.FACT, Condition.of("late_orders == 0 && departments <= 1 && days <= 1", TYPES),
    Class.STANDARD, (),
)  # fmt: skip


def plain() -> Environment:
    """Nothing in the settings but people."""
    return Environment(people(), Words(), SHANGHAI, COMMANDS, platforms=TRAITS, digest_at="08:30")


def governed() -> Environment:
    """With fences and rules of all three classes; what is going wrong is told by cards from the first day on, and what
    begins and runs is asked for."""
    rules = (SMALL, MACHINE, QUALITY, PROMOTION, ORDERS, ABSORBED)
    return replace(
        plain(), fences=(ROLLING, STARTED, SHOWN, CLOSED), rules=rules, exceptions=ExceptionPolicy(trial_days=0),
        ask_starts_at="08:45", ask_reports_at="18:00", sources=(Source("api:erp", "ERP", 9, "lin"),),
    )  # fmt: skip


def shadowed() -> Environment:
    """Purchasing is only watched."""
    return replace(governed(), shadow=Shadow(departments=("purchasing",)))


def guarded() -> Environment:
    """Planners change what is their own department's, and orders; systems move purchases."""
    grants = (
        Grant("sales", Scope(departments=("sales", "warehouse"))),
        Grant("production", Scope(types=("production", "purchase"))),
        Grant("purchasing", Scope(types=("production", "purchase")), zones=(Zone.LIQUID,)),
        Grant("role:coordinator"),
        Grant("api:erp", fields=("start", "finish", "new")),
    )
    return replace(governed(), grants=grants)


def english() -> Environment:
    """The same in English."""
    return replace(governed(), words=Words("en"))


def with_newer_holidays(environment: Environment) -> Environment:
    return replace(environment, calendars={"china": NEWER})


HOUSES = {environment.__name__: environment for environment in (plain, governed, english, shadowed, guarded)}
