"""A company of eight departments on one platform, and its orders: what is bought, made, tested and delivered."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from handlers.turn import Environment
from planning.exceptions.policy import ExceptionPolicy
from planning.facts.source import Source
from planning.people.organisation import Department, Organisation, Person, Role
from planning.plan.calendar import calendar_named
from planning.plan.item import Constraint, Item, Status
from planning.plan.link import Drives, Link
from planning.plan.plan import Plan, Stock
from tests.machine import town
from tests.small_company import TODAY

CHINA = calendar_named("china")
DEPARTMENTS = {
    "sales": "销售部", "planning": "计划部", "purchasing": "采购部", "warehouse": "仓储部", "moulding": "注塑部",
    "assembly": "组装部", "quality": "质量部", "finance": "财务部",
}  # fmt: skip
STAFF = 3
"""In each department: a manager who approves, and others who propose and report."""
MATERIALS = ("resin", "board")
EVERY = 2
"""An order comes in every so many working days."""
UNDER_WAY = 16
"""Working days ago the oldest order began that is still there."""
PROMISED = 3
"""Working days between a delivery and its promise."""
PEOPLE = 22


def factory(platform: str) -> Environment:
    """With what the example of the settings switches on; exceptions are told by cards from the first day on."""
    departments = [
        Department(code, name, f"{platform}:{code}", f"{code}-0") for code, name in DEPARTMENTS.items()
    ]
    people = [_person(code, n, platform) for code in DEPARTMENTS for n in range(STAFF)][:PEOPLE]
    return replace(
        town.plain(), organisation=Organisation.of(departments, people), exceptions=ExceptionPolicy(trial_days=0),
        ask_starts_at="08:00", ask_reports_at="18:00", sources=(Source("stock", "库存", 45, "warehouse-0"),),
    )  # fmt: skip


def _person(department: str, n: int, platform: str) -> Person:
    roles = {Role.APPROVER} if n == 0 else {Role.PLANNER}
    if department == "planning":
        roles = {Role.COORDINATOR, Role.PLANNER, *roles}
    code = f"{department}-{n}"
    return Person(code, f"{DEPARTMENTS[department]}{'甲乙丙'[n]}", department, frozenset(roles), {platform: code})


def orders(days: int, random: Random) -> Plan:
    """Orders one behind the other, for so many days; the first are half way through."""
    items, links = list[Item](), list[Link]()
    first = CHINA.add(TODAY, -UNDER_WAY)
    for n in range(CHINA.between(first, TODAY + timedelta(days=days)) // EVERY):
        _order(n, CHINA.add(first, n * EVERY), random, items, links)
    items = [replace(item, status=_status(item)) for item in items]
    stock = {product: Stock(product, Decimal(200), Decimal(50)) for product in MATERIALS}
    return Plan("main", "一厂", 0, {item.code: item for item in items}, tuple(links), "china", stock=stock)


def _status(item: Item) -> Status:
    if item.finish < TODAY:
        return Status.DONE
    return Status.IN_PROGRESS if item.start < TODAY else Status.CONFIRMED


def _order(n: int, begins: date, random: Random, items: list[Item], links: list[Link]) -> None:
    """A mould is drawn and material bought, both before the case is made; the case is put together, tested, delivered
    and paid for."""
    quantity = Decimal(random.randrange(2, 9) * 100)

    def step(kind: str, code: str, title: str, department: str, days: int, start: date, **fields: object) -> Item:
        owner = f"{department}-{1 + n % (STAFF - 1)}" if department != "finance" else "finance-0"
        item = Item(f"{code}-{n:02}", title, start, CHINA.finish_of(start, days), days, kind, department,
                    owner=owner, **fields)  # type: ignore[arg-type]  # fmt: skip
        items.append(item)
        return item

    counted = {"quantity": quantity, "unit": "件"}
    drawn = step("task", "DW", "模具图", "planning", 2, begins)
    bought = step("purchase", "PO", "原料", "purchasing", 4, begins, product=MATERIALS[n % len(MATERIALS)], **counted)
    end = max(drawn.finish, bought.finish)
    made = step("production", "MO", "外壳注塑", "moulding", random.randrange(3, 6), CHINA.add(end, 1),
                product=f"case-{n:02}", **counted)  # fmt: skip
    days = random.randrange(2, 5)
    built = step("production", "AS", "整机组装", "assembly", days, CHINA.add(made.finish, 2), **counted)
    tested = step("task", "QC", "出货检验", "quality", 1, CHINA.add(built.finish, 1))
    promised = {"constraint": Constraint.FINISH_NO_LATER_THAN,
                "constraint_date": CHINA.add(CHINA.add(tested.finish, 1), PROMISED)}  # fmt: skip
    sent = step("delivery", "DL", "发货", "warehouse", 1, CHINA.add(tested.finish, 1), **promised)
    paid = step("finance", "FN", "尾款", "finance", 0, CHINA.add(sent.finish, 2))
    links += [
        Link(drawn.code, made.code), Link(bought.code, made.code, ratio=Decimal(1), drives=Drives.PREDECESSOR),
        Link(made.code, built.code, ratio=Decimal(1), drives=Drives.PREDECESSOR), Link(built.code, tested.code),
        Link(tested.code, sent.code), Link(sent.code, paid.code),
    ]  # fmt: skip
