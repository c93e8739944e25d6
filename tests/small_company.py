"""A small company for the tests of rules and rooms: three departments, a plan of five items that hang together."""

from datetime import UTC, date, datetime
from decimal import Decimal

from bot.platforms import PLATFORMS
from handlers.platforms import Platforms
from planning.people.organisation import Department, Organisation, Person, Role
from planning.plan.item import Constraint, Item
from planning.plan.link import Link
from planning.plan.plan import Plan

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""Monday, 09:00 in Shanghai."""
TODAY = date(2026, 11, 23)

PLANNER, APPROVER = frozenset({Role.PLANNER}), frozenset({Role.APPROVER})
TRAITS = Platforms.of(traits for platform in PLATFORMS for traits in platform.traits(None))


def organisation() -> Organisation:
    departments = (
        Department("sales", "销售部", "wecom:sales", "su"),
        Department("production", "生产部", "dingtalk:cidProduction==", "wang"),
        Department("purchasing", "采购部", "wecom:purchasing", "zhao"),
        Department("planning", "计划部", "dingtalk:cidPlanning==", "boss"),
        Department("warehouse", "仓储部", "dingtalk:cidWarehouse==", "li"),
    )
    people = (
        Person("su", "苏经理", "sales", APPROVER, {"wecom": "su"}),
        Person("he", "何佳", "sales", PLANNER, {"dingtalk": "d-he", "wecom": "he"}),
        Person("wang", "王五", "production", APPROVER, {"dingtalk": "d-wang"}),
        Person("han", "韩冬", "production", APPROVER | PLANNER, {"dingtalk": "d-han"}),
        Person("zhao", "赵敏", "purchasing", APPROVER, {"wecom": "zhao"}),
        Person("qian", "钱波", "purchasing", PLANNER, {"wecom": "qian"}),
        Person("lin", "林静", "planning", PLANNER | {Role.COORDINATOR}, {"dingtalk": "d-lin", "wecom": "lin"}),
        Person("boss", "高总", "planning", frozenset({Role.VIEWER}), {"dingtalk": "d-boss"}),
        Person("admin", "吴凡", "planning", frozenset({Role.ADMIN}), {"dingtalk": "d-admin"}),
        Person("li", "李大伟", "warehouse", APPROVER, {"dingtalk": "d-li"}),
    )
    return Organisation.of(departments, people)


def plan(revision: int = 0) -> Plan:
    """SO-1 is made by MO-1 from PO-1 and delivered as DL-1, which is promised; RC-1 stands alone."""
    d = date
    items = (
        Item("PO-1", "主控芯片", d(2026, 12, 1), d(2026, 12, 4), 4, "purchase", "purchasing", quantity=Decimal(2000)),
        Item("MO-1", "耳机组装", d(2026, 12, 7), d(2026, 12, 11), 5, "production", "production",
             quantity=Decimal(2000)),
        Item("SO-1", "星河订单", d(2026, 12, 14), d(2026, 12, 15), 2, "sales_order", "sales", ("warehouse",),
             quantity=Decimal(2000)),
        Item("DL-1", "星河发货", d(2026, 12, 16), d(2026, 12, 16), 1, "delivery", "sales",
             constraint=Constraint.FINISH_NO_LATER_THAN, constraint_date=d(2026, 12, 16)),
        Item("RC-1", "年度盘点", d(2026, 12, 21), d(2026, 12, 22), 2, "task", "warehouse"),
    )  # fmt: skip
    links = (Link("PO-1", "MO-1"), Link("MO-1", "SO-1"), Link("SO-1", "DL-1"))
    return Plan("main", "一厂", revision, {item.code: item for item in items}, links)
