"""A small factory: three departments, six items that hang together, and what may happen to them."""

from datetime import date, datetime
from decimal import Decimal

from bot.clock import Clock
from bot.platforms import PLATFORMS
from bot.settings import Settings, settings_of
from handlers.actions.change.decide import decide
from handlers.turn import Environment, Turn
from planning.change.change import Change, Decision, Verdict
from planning.plan.item import Constraint, Item, Status
from planning.plan.link import Link
from planning.plan.plan import Plan
from planning.plan.revision import Revision
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.bot.web.system import System


def settings() -> Settings:
    scopes = {"erp": ["read", "write"], "mes": ["read"], "intake": ["write"], "auditor": ["audit"],
              "floor": ["report", "read"]}  # fmt: skip
    return settings_of(PLATFORMS).model_validate(
        {
            "calendar": "weekdays",
            "dingtalk": {"client_id": "ding1", "client_secret": "secret", "card_template_id": "t.schema"},
            "departments": [
                {"id": "sales", "name": "销售部", "conversation": "dingtalk:cidS=="},
                {"id": "production", "name": "生产部", "conversation": "dingtalk:cidP=="},
                {"id": "purchasing", "name": "采购部", "conversation": "dingtalk:cidB=="},
            ],
            "people": [
                {"id": "li", "name": "李娜", "department": "sales", "roles": ["coordinator"], "dingtalk": "1"},
                {"id": "wang", "name": "王五", "department": "production", "roles": ["approver"], "dingtalk": "2"},
                {"id": "zhao", "name": "赵柳", "department": "purchasing", "roles": ["approver"], "dingtalk": "3"},
                {"id": "qian", "name": "钱七", "department": "sales", "roles": ["approver"], "dingtalk": "4"},
            ],
            "api": {
                "tokens": [
                    {"name": name, "token": token, "scopes": scopes[name]} for name, token in System.TOKENS.items()
                ]
            },
        }
    )


def _item(code: str, title: str, department: str, start: int, finish: int, **more: object) -> Item:
    """Dates are days of December 2026; the 1st is a Tuesday."""
    first, last = date(2026, 12, start), date(2026, 12, finish)
    days = sum(date(2026, 12, day).weekday() < 5 for day in range(start, finish + 1))
    return Item(code, title, first, last, days, department=department, **more)  # type: ignore[arg-type]


ITEMS = (
    _item("SO-1042", "订单 蓝牙音箱", "sales", 1, 2, type="sales_order", status=Status.CONFIRMED),
    _item("PO-2001", "采购 外壳", "purchasing", 3, 8, type="purchase", quantity=Decimal(2000), unit="套"),
    _item("MO-1023", "生产 音箱", "production", 9, 15, type="production", quantity=Decimal("2000.5"), unit="台"),
    _item(
        "DL-6411",
        "发货 音箱",
        "sales",
        16,
        17,
        type="delivery",
        constraint=Constraint.FINISH_NO_LATER_THAN,
        constraint_date=date(2026, 12, 18),
    ),
    _item("QA-0001", "检验 旧批次", "production", 1, 1, type="quality", status=Status.DONE),
    _item("ZZ/备用", "没有部门的事", "", 21, 22),
)
LINKS = (Link("SO-1042", "PO-2001"), Link("PO-2001", "MO-1023"), Link("MO-1023", "DL-6411"))
PLAN = Plan("main", "音箱", 1, {item.code: item for item in ITEMS}, LINKS, calendar="weekdays")


def write_plan(database: Database, plan: Plan, now: datetime) -> None:
    def unit(uow: UnitOfWork) -> None:
        uow.plans.create(plan)
        sealed = uow.plans.sealed(())
        uow.revisions.append(Revision.after(None, plan.id, "import plan.csv", now, "li", sealed[0], sealed))
        uow.commit()

    database.write_now(unit)


def approve(database: Database, environment: Environment, clock: Clock, no: str) -> Change:
    """Everybody who is asked approves, as they would by card."""

    def unit(uow: UnitOfWork) -> Change:
        turn = Turn(uow, clock.now(), environment)
        change = turn.change(no)
        for step in change.steps:
            said = Decision(step.approvers[0], Verdict.APPROVE, turn.now, change.impact.hash, "可以", "dingtalk")
            change = decide(turn, change, step.department, said)
        uow.commit()
        return change

    return database.write_now(unit)
