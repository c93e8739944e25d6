"""Goods that are bought: a receipt behind its purchase brings what the purchase buys."""

from planning.plan.item import Item

PURCHASE, RECEIPT = "purchase", "receipt"


def is_receipt_of(receipt: Item, purchase: Item) -> bool:
    """Check whether what arrives is what was bought, the one linked behind the other."""
    is_same = bool(purchase.product) and purchase.product == receipt.product
    return is_same and purchase.type == PURCHASE and receipt.type == RECEIPT
