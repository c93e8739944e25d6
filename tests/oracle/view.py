"""Everything as an instant sees it."""

from datetime import datetime
from functools import cached_property

from .forecast import Outlook
from .goods import Shelf, shelves
from .progress import Facts
from .promise import Days, baselines, latest_finishes, promises
from .read import Company
from .readiness import Order, readiness


class View:
    def __init__(self, company: Company, now: datetime) -> None:
        self.company, self.now, self.today = company, now, now.date()
        self.facts = Facts(company, now)
        self.outlook = Outlook(self.facts)
        self.progress, self.forecast = self.facts.of, self.outlook.of
        self.promised = promises(self.facts)

    @cached_property
    def latest(self) -> Days:
        return latest_finishes(self.facts, self.promised)

    @cached_property
    def baseline(self) -> Days:
        return baselines(self.facts)

    @cached_property
    def stock(self) -> dict[str, Shelf]:
        return shelves(self.facts)

    @cached_property
    def orders(self) -> dict[str, Order]:
        return readiness(self.outlook, self.stock)

    def slack(self, code: str, finishes: Days | None = None) -> int | None:
        """Working days from the forecast, or from another finish of the item, to its latest finish."""
        finish = self.forecast[code].finish if finishes is None else finishes.get(code)
        latest = self.latest.get(code)
        return self.company.items[code].calendar.between(finish, latest) if finish and latest else None
