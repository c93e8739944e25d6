"""Writes a company's CSV files."""

import csv
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import chinese_calendar

from .company import Company

Table = Sequence[dict[str, object]]
_BARE = {"links": "predecessor,successor", "departments": "department,approver\n,yes"}


def write(folder: Path, **tables: Table) -> Path:
    """One file a table; its columns are all that its rows name."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def settings(**values: object) -> Table:
    return [{"name": name.replace("__", "."), "value": value} for name, value in values.items()]


OFF_IN_2027 = frozenset(
    date(2027, *day) for day in ((1, 1), (2, 5), (2, 6), (2, 7), (2, 8), (4, 5), (5, 1), (5, 2), (6, 9), (9, 15),
                                 (10, 1), (10, 2), (10, 3))
)  # fmt: skip
"""By law, of which no list is published yet."""


def works_in_china(day: date) -> bool:
    if day.year <= 2026:
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5 and day not in OFF_IN_2027


def working_days(first: date, last: date) -> Table:
    """The three calendars of the product; China's where its list is known, the law's days off after it."""
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    weekdays = [day for day in days if day.weekday() < 5]
    china = [day for day in days if works_in_china(day)]
    listed = {"china": china, "weekdays": weekdays, "every-day": days}
    return [{"calendar": name, "day": day} for name, working in listed.items() for day in working]


def read_from(folder: Path, **tables: str) -> Company:
    """The company of tables written as CSV text, on Mondays to Fridays unless they say otherwise."""
    write(folder, settings=settings(calendar="weekdays"), calendar=working_days(date(2026, 10, 1), date(2027, 3, 31)))
    for name, text in (_BARE | tables).items():
        (folder / f"{name}.csv").write_text("\n".join(line.strip() for line in text.strip().splitlines()))
    return Company(folder)


def at(day: str, hour: str = "18:00") -> datetime:
    return datetime.fromisoformat(f"2026-{day}T{hour}:00+08:00").astimezone(ZoneInfo("Asia/Shanghai"))
