"""python -m tests.oracle.generate FOLDER [--seed N] [--small COUNT] [--large ITEMS]: companies as CSV, from a seed."""

import csv
from argparse import ArgumentParser
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from tests import ROOT

from .company import Company, Dates, Item, WorkCalendar
from .tables import settings, working_days, write

FEDORA = ROOT.parent / "shared" / "data" / "fedora20"
ZONE = ZoneInfo("Asia/Shanghai")
FIRST, LAST = date(2026, 9, 1), date(2026, 10, 30)  # forty working days, two of them made up for holidays
BEGIN = date(2026, 8, 10)
Rows = list[dict[str, object]]


class Plan:
    """Items and links of a company with customer orders beside a public plan."""

    def __init__(self, random: Random, orders: int, fedora: Path | None) -> None:
        self.random, self.items, self.links = random, Rows(), Rows()
        if fedora:
            self._public(fedora)
        self.public = [str(row["code"]) for row in self.items]
        for number in range(orders):
            self._order(number)

    def add(self, code: str, kind: str, department: str, days: int, quantity: int = 0, **more: object) -> str:
        owner = "" if self.random.random() < 0.1 else "wang.wu"
        self.items.append({"code": code, "type": kind, "department": department, "owner": owner, "start": BEGIN,
                           "finish": BEGIN, "quantity": quantity or "", "duration_days": days, **more})
        return code

    def link(self, pred: str, succ: str, lag: int = 0, **more: object) -> None:
        self.links.append({"predecessor": pred, "successor": succ, "lag_days": lag, **more})

    def _public(self, folder: Path) -> None:
        """Half as long as it was, so that the forty days see half of it."""
        for row in _csv(folder / "items.csv"):
            days = (int(row["duration_days"] or 0) + 1) // 2
            kind = "milestone" if not days else self.random.choice(["production", "production", "task", "task"])
            quantity = 0 if not days or self.random.random() < 0.2 else self.random.randint(2, 40) * 50
            self.add(row["code"], kind, row["department"] or "pm", days, quantity, unit="pcs" if quantity else "")
        for row in _csv(folder / "links.csv"):
            self.link(row["predecessor"], row["successor"], int(row["lag_days"]) // 2, kind="FS")

    def _order(self, n: int) -> None:
        random, quantity = self.random, self.random.randint(2, 20) * 50
        offset = random.randint(0, 45)
        sales = self.add(f"SO-{n:03}", "sales_order", "sales", 1, quantity, not_before=BEGIN + timedelta(offset))
        making = self.add(f"MO-{n:03}", "production", "workshop", random.randint(3, 12), quantity, unit="pcs",
                          product=f"board-{n % 9}", lot_multiple=random.choice(["", 10, 50]),
                          lot_minimum=random.choice(["", 100]))
        sending = self.add(f"DL-{n:03}", "delivery", "warehouse", 1, quantity, unit="pcs")
        self.link(sales, making, ratio=1, drives="successor")
        self.link(making, sending, ratio=1, scrap="0.02" if random.random() < 0.5 else "")
        for part in range(random.randint(1, 3)):
            self._part(n, part, making, quantity, sales)
        if self.public and random.random() < 0.5:
            self.link(random.choice(self.public), making)
        if n and random.random() < 0.15:
            self.link(f"MO-{n - 1:03}", making, random.choice([0, 2]), kind=random.choice(["SS", "FF"]))
        if n and random.random() < 0.2:
            self.link(f"DL-{n - 1:03}", sending, hard="no")
        if random.random() < 0.2:
            self.add(f"PAY-{n:03}", "finance", "finance", 1)
            self.link(sending, f"PAY-{n:03}", random.choice([3, 10]), lag_kind="calendar")

    def _part(self, n: int, part: int, making: str, quantity: int, sales: str) -> None:
        random, product = self.random, f"part-{(n * 3 + part) % 14}"
        kilograms, ratio = product in ("part-3", "part-8"), random.choice(["1", "2", "0.5"])
        asked = int(Fraction(ratio) * quantity * random.choice([Fraction(1), Fraction(1), Fraction(11, 10)]))
        buying = self.add(f"PO-{n:03}-{part}", "purchase", "purchasing", random.randint(3, 10), asked,
                          unit="kg" if kilograms else "pcs", product=product)
        self.link(sales, buying)
        scrap = random.choice(["", "0.02", "0.05"])
        asks = {"ratio": ratio, "drives": "predecessor", "scrap": scrap, "lag_days": random.choice([0, 0, 1])}
        way = random.random()
        if way < 0.3:
            self.add(f"RC-{n:03}-{part}", "receipt", "warehouse", 1, asked, unit="pcs", product=product)
            self.link(buying, f"RC-{n:03}-{part}", ratio=1, drives="predecessor")
            self.link(f"RC-{n:03}-{part}", making, **asks)  # type: ignore[arg-type]
        elif way < 0.5:
            own = "" if n % 3 else f"part-{(n + part) % 14}"
            self.add(f"QA-{n:03}-{part}", "inspection", "quality", 1, asked, unit="pcs", product=own)
            self.link(buying, f"QA-{n:03}-{part}", ratio=1, drives="predecessor")
            self.link(f"QA-{n:03}-{part}", making, **asks)  # type: ignore[arg-type]
        elif way < 0.95:
            self.link(buying, making, **asks)  # type: ignore[arg-type]


class Floor:
    """What people say of the plan's items, day by day."""

    def __init__(self, random: Random, company: Company) -> None:
        self.random, self.company, self.reports = random, company, Rows()
        self.made: dict[str, int] = {}
        self.over: set[str] = {code for code, item in company.items.items() if item.status}
        self.numbers: dict[date, int] = {}
        self.clock = datetime.combine(FIRST, time(), ZONE)

    def days(self) -> Rows:
        day = FIRST
        while day <= LAST:
            self.clock = datetime.combine(day, time(8, 0, 1), ZONE)
            for item in self.random.sample(list(self.company.items.values()), len(self.company.items)):
                works = day in item.calendar.working or self.random.random() < 0.05
                quiet = len(item.code) + int(item.quantity) // 50 % 7 == 8 and self.random.random() < 0.6
                if item.code not in self.over and item.start <= day and works and not quiet:
                    self._day_of(item, day)
            day += timedelta(1)
        return self.reports

    def _say(self, item: Item, kind: str, day: date | str, **more: object) -> str:
        self.clock += timedelta(seconds=self.random.randint(20, 150))
        said = self.clock.date()
        self.numbers[said] = self.numbers.get(said, 0) + 1
        no = f"RP-{said:%Y%m%d}-{self.numbers[said]:03}"
        columns = ("good", "scrap", "percent", "remaining_days", "expected", "corrects", "void")
        self.reports.append({"no": no, "item": item.code, "kind": kind, "day": day,
                             "at": self.clock.astimezone(UTC).isoformat(),
                             **{column: more.get(column, "") for column in columns}})
        return no

    def _day_of(self, item: Item, day: date) -> None:
        chance = self.random.random()
        if item.type in ("purchase", "receipt"):
            self._goods(item, day, chance)
        elif item.type in ("sales_order", "delivery", "finance", "inspection") or item.milestone:
            if item.finish <= day and chance < 0.5:
                self._ends(item, day, good=item.quantity if item.quantity else "")
        elif not item.quantity:
            self._percent(item, day, chance)
        elif chance < 0.85:
            self._work(item, day, chance)

    def _goods(self, item: Item, day: date, chance: float) -> None:
        if item.type == "receipt" and chance < 0.8:
            return
        if chance < 0.05:
            self._say(item, "expected", day, expected=day + timedelta(self.random.randint(-1, 9)))
        elif item.finish <= day and chance > 0.5:
            rest = int(item.quantity) - self.made.get(item.code, 0)
            came = rest if chance > 0.8 else max(rest // 2, 1)
            later = {"expected": day + timedelta(self.random.randint(1, 6))} if came < rest and chance < 0.6 else {}
            self._counts(item, "arrival", day, came, **later)

    def _percent(self, item: Item, day: date, chance: float) -> None:
        part = min(self.made.get(item.code, 0) + self.random.randint(5, 40), 100)
        if part == 100 and chance < 0.6:
            self._ends(item, day)
        elif chance < 0.7:
            self.made[item.code] = part
            self._say(item, "percent", day, percent=part)
        elif chance < 0.75:
            self._say(item, "remaining", day, remaining_days=self.random.randint(0, 6))

    def _work(self, item: Item, day: date, chance: float) -> None:
        random, code = self.random, item.code
        if code not in self.made and chance < 0.3:
            self.made[code] = 0
            self._say(item, "start", day)
        a_day = max(int(item.quantity) // max(item.duration_days, 1), 1)
        for _ in range(random.choice([1, 1, 2, 3])):
            rest = int(item.quantity) - self.made.get(code, 0)
            good = min(int(a_day * random.uniform(0.1, 0.8)), max(rest, 0)) if random.random() < 0.97 else a_day
            spoken = day if random.random() < 0.93 else max(day - timedelta(1), FIRST)
            self._counts(item, "quantity", spoken, good, scrap=random.choice(["", "", 0, max(good // 12, 1)]))
        for kind, cell, value in (("percent", "percent", min(100 * self.made[code] // int(item.quantity) + 5, 100)),
                                  ("remaining", "remaining_days", random.randint(0, 7)),
                                  ("expected", "expected", day + timedelta(random.randint(-2, 9))),
                                  ("stop", "expected", ""), ("hold", "expected", "")):
            if random.random() < (0.06 if value != "" else 0.01):
                self._say(item, kind, day, **{cell: value})
        if self.made[code] >= item.quantity or random.random() < 0.01:
            self._ends(item, day)

    def _counts(self, item: Item, kind: str, day: date, good: int, **more: object) -> None:
        """A count, one in twelve of them wrong at first, and put right in one step or more."""
        random, code = self.random, item.code
        wrong = random.random() < 0.08
        no = self._say(item, kind, day, good=good * 2 + 1 if wrong else good, **more)
        if wrong and random.random() < 0.2:
            no = self._say(item, "correction", "", corrects=no, void="yes")
            good = good if random.random() < 0.5 else 0
        if wrong and good:
            first, yesterday = no, max(day - timedelta(1), FIRST)
            named = yesterday if random.random() < 0.15 else ""
            no = self._say(item, "correction", named, corrects=no, good=good + random.choice([0, 0, 3]))
            if random.random() < 0.4:
                self._say(item, "correction", "", corrects=random.choice([no, first]), good=good, scrap=1)
        self.made[code] = self.made.get(code, 0) + good
        if kind == "arrival" and self.made[code] >= item.quantity:
            self.over.add(code)

    def _ends(self, item: Item, day: date, **more: object) -> None:
        booked = more or ({"good": item.quantity} if item.quantity and not self.made.get(item.code) else {})
        no = self._say(item, "finish", day, **booked)
        if self.random.random() < 0.06 and not item.milestone:
            self._say(item, "correction", "", corrects=no, void="yes")
        else:
            self.over.add(item.code)


def company(folder: Path, seed: int, orders: int = 80, fedora: Path | None = FEDORA) -> Path:
    """A company whose people report for forty working days."""
    random = Random(seed)
    plan = Plan(random, orders, fedora if fedora and fedora.exists() else None)
    departments = sorted({str(row["department"]) for row in plan.items})
    write(folder, items=plan.items, links=plan.links,
          settings=settings(calendar="china", first=FIRST, last=LAST,
                            backflush="part-1|part-2"),
          calendar=working_days(BEGIN - timedelta(60), date(2027, 12, 31)),
          departments=[{"department": name, "calendar": "weekdays" if name in ("docs", "sales") else "china",
                        "approver": "no" if name in ("elections", "workshop") else "yes"} for name in departments])
    _place(folder, plan.items)
    read = Company(folder)
    planned = list(read.items.values())
    write(folder, reports=Floor(random, read).days(), stock=_stock(random), **_around(random, planned))
    return folder


def _place(folder: Path, rows: Rows) -> None:
    """Dates by the links; what would be over before the first day is done."""
    read, dates = Company(folder), dict[str, Dates]()
    by_code = {row["code"]: row for row in rows}
    for item in read.in_order:
        row = by_code[item.code]
        start = item.calendar.not_before(date.fromisoformat(str(row.pop("not_before", BEGIN))))
        links = [link for link in item.into if link.hard != "no"]
        for link in sorted(links, key=lambda link: link.moves_start, reverse=True):
            day = link.allowed(dates[link.pred.code])
            start = max(start, day if link.moves_start else item.start_for(day))
        dates[item.code] = Dates(start, start if item.milestone else item.finish_from(start))
        row["start"], row["finish"] = dates[item.code]
        row["status"] = "done" if dates[item.code][1] < FIRST else ""
    write(folder, items=rows)


def _stock(random: Random) -> Rows:
    counts: Rows = []
    for n in range(13):
        for day in (FIRST, date(2026, 9, 21), date(2026, 10, 12))[: 1 if n == 5 else 3]:
            counted = datetime.combine(day, time(random.choice([8, 17])), ZONE).astimezone(UTC)
            counts.append({"product": f"part-{n}", "as_of": counted.isoformat(), "source": "erp",
                           "on_hand": random.randint(-10, 900), "safety": random.choice([0, 0, 50, 100])})
    return counts


def _around(random: Random, items: list[Item]) -> dict[str, Rows]:
    """Promises, open changes, who was told of them, and the sources that feed the plan."""
    def at(day: date, hour: int) -> str:
        return datetime.combine(day, time(hour, random.randint(0, 59)), ZONE).astimezone(UTC).isoformat()

    frozen = datetime.combine(FIRST, time(1), ZONE).isoformat()
    kept = [item for item in items if not item.status]
    promises: Rows = [{"item": item.code, "source": "promise", "at": frozen,
                       "finish": item.calendar.after(item.finish, random.choice([0, 0, 1, 4, 6, 15]))
                       if item.type == "delivery" or item.milestone else item.finish} for item in kept]
    orders = [item for item in kept if item.type == "delivery"]
    agreed = random.sample(orders, len(orders) // 8)
    promises += [{"item": item.code, "source": "customer", "finish": item.calendar.after(item.finish, 5),
                  "at": at(FIRST + timedelta(20), 11)} for item in agreed]
    days = [FIRST + timedelta(n) for n in range((LAST - FIRST).days)]
    changes: Rows = [{"item": item.code, "since": at(day, 10), "until": at(day + timedelta(4), 16)}
                     for item, day in ((random.choice(orders or kept), random.choice(days)) for _ in range(12))]
    told: Rows = [{"change": f"CR-{n:03}", "seat": "zhao.liu", "department": "purchasing", "shown_at": at(day, 9),
                   "answered_at": at(day + timedelta(random.choice([0, 2, 5])), 17) if random.random() < 0.8 else ""}
                  for n, day in enumerate(random.choices(days, k=25))]
    heard: Rows = [{"source": "erp", "at": at(day, 7)} for day in days if random.random() < 0.6]
    sources: Rows = [{"source": name, "expected_hours": 9, "since": frozen} for name in ("erp", "import")]
    return {"promises": promises, "changes": changes, "told": told, "heard": heard, "sources": sources}


def small(folder: Path, seed: int) -> Path:
    """A few orders for a few goods, some counted, some on their way: looked at on one evening."""
    random, plan = Random(seed), Plan(Random(seed), 0, None)
    today = date(2026, 12, 2)
    calendar = WorkCalendar([today])

    def day() -> date:
        return calendar.not_before(today + timedelta(random.randint(-2, 12)))

    products = ["steel", "glass"][: random.randint(1, 2)]
    orders = [plan.add(f"MO-{n}", "production", "workshop", 2, random.randint(1, 6) * 50, unit="pcs",
                       lot_multiple=random.choice(["", "", 20]), lot_minimum=random.choice(["", "", 60]),
                       status=random.choice([""] * 8 + ["in_progress", "on_hold"]))
              for n in range(random.randint(1, 5))]
    for n in range(random.randint(1, 4)):
        product = random.choice(products)
        supply = plan.add(f"PO-{n}", "purchase", "purchasing", 3, random.randint(1, 8) * 50, product=product,
                          unit="kg" if random.random() < 0.03 else "pcs",
                          status=random.choice([""] * 9 + ["on_hold", "cancelled", "done"]))
        if random.random() < 0.25:
            own = products[-1] if seed % 2 else ""
            asking = plan.add(f"QA-{n}", "inspection", "quality", 1, unit="pcs", product=own)
            plan.link(supply, asking, ratio=1)
            supply = asking
        free = [order for order in orders if order not in {link["successor"] for link in plan.links}]
        for order in random.sample(free or orders, min(random.choice([0, 1, 2, 2, 3]), len(free or orders))):
            plan.link(supply, order, random.choice([0, 0, 1]), ratio=random.choice(["1", "2", "0.5"]),
                      scrap=random.choice(["", "", "0.02"]), drives=random.choice(["predecessor"] * 3 + ["successor"]))
    if random.random() < 0.3:
        drawing = plan.add("DWG", "task", "design", 1)
        plan.link(drawing, random.choice(orders))
    for row in plan.items:
        row["start"] = start = day()
        row["finish"] = calendar.after(start, int(str(row["duration_days"])) - 1)
    said = Rows({"no": f"RP-{n}", "item": row["code"], "kind": "arrival", "day": today,
                 "good": random.randint(1, 3) * 20, "at": f"2026-12-02T03:00:{n:02}+00:00"}
                for n, row in enumerate(plan.items)
                if row["type"] == "purchase" and not row["status"] and random.random() < 0.2)
    counted = Rows({"product": product, "as_of": "2026-12-02T00:00:00+00:00", "on_hand": random.randint(-1, 8) * 50,
                    "safety": random.choice([0, 0, 50])} for product in products if random.random() < 0.8)
    return write(folder, items=plan.items, links=plan.links, reports=said, stock=counted,
                 settings=settings(calendar="weekdays", first=today, last=today),
                 calendar=working_days(today - timedelta(60), date(2027, 6, 30)),
                 departments=[{"department": row["department"], "approver": "yes"} for row in plan.items])


def large(folder: Path, seed: int, items: int = 100_000) -> Path:
    """Orders that share few goods, so that the ledger has much to give: for readiness alone."""
    random, plan = Random(seed), Plan(Random(seed), 0, None)
    today, calendar = date(2026, 12, 2), WorkCalendar([date(2026, 12, 2)])
    for n in range(items // 2):
        start = calendar.not_before(today + timedelta(random.randint(-3, 60)))
        due = calendar.not_before(start + timedelta(random.randint(-12, 4)))
        product, quantity = f"part-{n % (items // 40 or 1)}", random.randint(1, 20) * 50
        making = plan.add(f"MO-{n:06}", "production", "workshop", 3, quantity, unit="pcs")
        plan.items[-1].update(start=start, finish=calendar.after(start, 2))
        buying = plan.add(f"PO-{n:06}", "purchase", "purchasing", 3, quantity, unit="pcs", product=product)
        plan.items[-1].update(start=due, finish=calendar.after(due, 2))
        plan.link(buying, making, ratio=random.choice(["1", "2"]), drives="predecessor")
        if n and random.random() < 0.5:
            plan.link(f"PO-{random.randrange(n):06}", making, ratio=1, drives="predecessor")
    counted = Rows({"product": f"part-{n}", "as_of": "2026-12-02T00:00:00+00:00", "safety": 100,
                    "on_hand": random.randint(0, 500) * 50} for n in range(items // 40 or 1) if n % 10)
    return write(folder, items=plan.items, links=plan.links, stock=counted,
                 settings=settings(calendar="weekdays", first=today, last=today),
                 calendar=working_days(today - timedelta(60), date(2027, 6, 30)),
                 departments=[{"department": name, "approver": "yes"} for name in ("workshop", "purchasing")])


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main() -> None:
    asked = ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--fedora", type=Path, default=FEDORA)
    asked.add_argument("--small", type=int, default=0, help="so many small companies, each in a folder of its own")
    asked.add_argument("--large", type=int, default=0, help="one company of so many items")
    given = asked.parse_args()
    for number in range(given.small):
        small(given.folder / f"{number:03}", given.seed * 1000 + number)
    if given.large:
        large(given.folder, given.seed, given.large)
    elif not given.small:
        company(given.folder, given.seed, fedora=given.fedora)


if __name__ == "__main__":
    main()
