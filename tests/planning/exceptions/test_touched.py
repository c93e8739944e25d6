"""What a fact touches: also the orders that are given of the same supplies under another name."""

from decimal import Decimal

from planning.exceptions.touched import touched
from planning.readiness.requirement import Requirements
from planning.schedule.network import Network
from tests.planning.build import item, link, plan_of

ONE, MANY = Decimal(1), Decimal(100)
PLAN = plan_of(
    item("PO", "12-02", type="purchase", product="m", quantity=MANY, unit="pcs"),
    item("QA", "12-03", type="inspection", product="z", quantity=MANY, unit="pcs"),
    *(item(code, "12-07", type="production", quantity=MANY, unit="pcs") for code in ("MO-Z", "MO-M", "MO-X")),
    link("PO QA", ratio=ONE), link("QA MO-Z", ratio=ONE), link("PO MO-M", ratio=ONE),
)  # fmt: skip


def test_one_purchase_that_serves_two_products() -> None:
    requirements = Requirements(Network(PLAN))
    assert touched(requirements, ["z"], lambda _: True) == {"MO-Z", "MO-M"}
    assert touched(requirements, ["m"], lambda _: True) == {"MO-Z", "MO-M"}
    assert touched(requirements, ["m"], lambda code: code == "MO-M") == {"MO-M"}
