"""Everything as an instant sees it."""

from datetime import datetime
from functools import cached_property

from .forecast import Outlook
from .goods import shelves
from .progress import Facts
from .promise import Days, latest_finishes, promised_by, promises
from .read import Company
from .readiness import Order, readiness


class View:
    def __init__(self, company: Company, now: datetime) -> None:
        self.company, self.now, self.today, self.facts = company, now, now.date(), Facts(company, now)
        self.outlook, self.promised, self.stock = Outlook(self.facts), promises(self.facts), shelves(self.facts)
        self.progress, self.forecast = self.facts.of, self.outlook.of
        self.baseline, self.latest = promised_by(self.facts, customer=False), latest_finishes(self.facts, self.promised)

    @cached_property
    def orders(self) -> dict[str, Order]:
        return readiness(self.outlook, self.stock)

    def slack(self, code: str, finishes: Days | None = None) -> int | None:
        """Working days from the forecast, or from another finish of the item, to its latest finish."""
        finish = self.forecast[code].finish if finishes is None else finishes.get(code)
        latest = self.latest.get(code)
        return self.company.items[code].calendar.between(finish, latest) if finish and latest else None
