"""Limits of a sane plan: a value beyond them is a typing mistake or an attack, and is refused with its place."""

from datetime import date
from decimal import Decimal

FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2099, 12, 31)
MAX_DAYS = 5_000
"""The most days of one duration, lag or shift."""
MAX_QUANTITY = Decimal(10) ** 12
MAX_ITEMS = 200_000
MAX_LINKS = 400_000
