"""Stock from rows of the stock table."""

from decimal import Decimal

from bot.tables.columns import STOCK
from bot.tables.problem import Problems
from bot.tables.row import rows
from bot.tables.sheet import Sheet
from planning.plan.limits import MAX_ITEMS
from planning.plan.plan import Stock


def read_stock(sheet: Sheet, problems: Problems) -> dict[str, Stock]:
    found: dict[str, Stock] = {}
    for row in rows(sheet, STOCK, ("product", "on_hand"), MAX_ITEMS, problems):
        product = row.text("product", required=True)
        if product in found:
            row.fail("product", "duplicate_product")
        on_hand, safety = row.number("on_hand"), row.number("safety")
        found[product] = Stock(product, on_hand or Decimal(0), safety or Decimal(0))
    return found
