"""The program's own check: the table, the hysteresis and the folding."""

from datetime import date
from pathlib import Path

import pytest

from .company import Company
from .exceptions import Exceptions, View, found, roots, scans
from .generate import company as generate
from .tables import at, read_from

HEAD = "code,type,quantity,duration_days,start,finish,status,owner"
SAID = "no,item,kind,day,at,good,scrap"


def codes(company: Company, day: str, hour: str = "13:30") -> dict[str, str]:
    return {key[0]: severity for key, severity in found(View(company, at(day, hour))).items()}


@pytest.mark.parametrize(
    ("row", "day", "code", "severity"),
    [
        ("MO-1,production,100,5,2026-12-01,2026-12-07,,w", "12-01", "late-start", None),
        ("MO-1,production,100,5,2026-12-01,2026-12-07,,w", "12-02", "late-start", "warn"),
        ("MO-1,production,100,5,2026-12-01,2026-12-07,,w", "12-03", "late-start", "high"),
        ("MO-1,production,100,5,2026-12-01,2026-12-07,on_hold,w", "12-03", "late-start", None),
        ("PO-1,purchase,100,5,2026-12-01,2026-12-07,,w", "12-03", "late-start", None),
        ("MO-1,production,100,5,2026-12-01,2026-12-07,,w", "12-08", "late-start", None),
        ("MO-1,production,100,5,2026-12-01,2026-12-07,,w", "12-08", "overdue", "high"),
        ("MO-1,production,100,5,2026-12-01,2026-12-07,on_hold,w", "12-08", "overdue", "high"),
        ("MO-1,production,100,5,2026-12-01,2026-12-07,done,w", "12-08", "overdue", None),
        ("MO-1,production,100,5,2026-12-01,2026-12-07,,w", "12-07", "overdue", None),
        ("PO-1,purchase,100,5,2026-12-01,2026-12-07,,w", "12-01", "unpegged", "info"),
        ("MO-1,production,100,5,2026-12-01,2026-12-07,,", "12-01", "orphan", None),
    ],
)
def test_one_item(tmp_path: Path, row: str, day: str, code: str, severity: str | None) -> None:
    company = read_from(tmp_path, items=f"{HEAD}\n{row}")
    assert codes(company, day).get(code) == severity


def test_nobody_owns_it_and_nobody_approves(tmp_path: Path) -> None:
    company = read_from(
        tmp_path, items=f"{HEAD}\nMO-1,production,100,5,2026-12-01,2026-12-07,,", departments="department,approver\n,no"
    )
    assert codes(company, "12-01")["orphan"] == "warn"


@pytest.mark.parametrize(("day", "silent"), [("12-01", False), ("12-02", False), ("12-03", True)])
def test_a_mondays_word_opens_it_on_thursday(tmp_path: Path, day: str, silent: bool) -> None:
    company = read_from(
        tmp_path,
        items=f"{HEAD}\nMO-1,production,100,10,2026-11-30,2026-12-11,,w",
        reports=f"{SAID}\nRP-1,MO-1,quantity,2026-11-30,2026-11-30T09:00:00+00:00,5,",
    )
    assert ("silent" in codes(company, day)) is silent


@pytest.mark.parametrize(
    ("good", "scrap", "planned", "found"),
    [(18, 2, "0.02", True), (18, 1, "0.02", False), (93, 7, "0.02", False), (92, 8, "0.02", True), (90, 10, "", True),
     (95, 5, "", False)],
)
def test_scrap(tmp_path: Path, good: int, scrap: int, planned: str, found: bool) -> None:
    company = read_from(
        tmp_path,
        items=f"""{HEAD}
            MO-1,production,1000,10,2026-11-30,2026-12-11,,w
            DL-1,delivery,1000,1,2026-12-14,2026-12-14,,w""",
        links=f"predecessor,successor,ratio,drives,scrap\nMO-1,DL-1,1,predecessor,{planned}",
        reports=f"{SAID}\nRP-1,MO-1,quantity,2026-12-02,2026-12-02T01:00:00+00:00,{good},{scrap}",
    )
    assert ("scrap" in codes(company, "12-02")) is found


@pytest.mark.parametrize(
    ("start", "first"), [("2026-12-03", "11-30"), ("2026-12-07", "12-02"), ("2027-01-05", "12-30")]
)
def test_a_red_is_told_three_working_days_before_the_start(tmp_path: Path, start: str, first: str) -> None:
    days = [date(2026, month, day) for month in (11, 12) for day in range(1, 31)] + [date(2027, 1, 4), date(2027, 1, 5)]
    listed = "\n".join(f"weekdays,{day}" for day in [*days, date(2026, 12, 31)] if day.weekday() < 5)
    company = read_from(
        tmp_path,
        items=f"""{HEAD}
            MO-1,production,100,1,{start},{start},,w
            PO-1,purchase,100,5,2026-12-28,2027-02-01,,w""",
        links="predecessor,successor,ratio,drives\nPO-1,MO-1,1,predecessor",
        calendar=f"calendar,day\n{listed}",
    )
    window = company.calendar.days
    before = window[window.index(date.fromisoformat(f"2026-{first}")) - 1]
    assert "short" not in codes(company, f"{before:%m-%d}")
    assert codes(company, first)["short"] == "high"


PROMISED = f"""{HEAD}
    MO-1,production,1000,5,2026-12-07,2026-12-11,,w
    QA-1,inspection,,1,2026-12-14,2026-12-14,,w
    DL-1,delivery,1000,1,2026-12-15,2026-12-15,,w"""
CHAIN = "predecessor,successor,kind\nMO-1,QA-1,FS\nQA-1,DL-1,FS"
BASELINE = """item,finish,at,source
    MO-1,2026-12-11,2026-11-30T00:00:00+00:00,promise
    DL-1,2026-12-18,2026-11-30T00:00:00+00:00,promise"""


def expected(day: str) -> str:
    return f"{SAID},expected\nRP-1,MO-1,expected,2026-12-07,2026-12-07T01:00:00+00:00,,,{day}"


@pytest.mark.parametrize(
    ("finish", "slack", "eaten", "late"),
    [("2026-12-11", 3, None, None), ("2026-12-14", 2, None, None), ("2026-12-15", 1, "warn", None),
     ("2026-12-16", 0, "warn", None), ("2026-12-17", -1, "warn", "high")],
)
def test_slack_is_eaten_before_the_promise_breaks(
    tmp_path: Path, finish: str, slack: int, eaten: str | None, late: str | None
) -> None:
    company = read_from(tmp_path, items=PROMISED, links=CHAIN, promises=BASELINE, reports=expected(finish))
    view = View(company, at("12-07"))
    assert view.slack("MO-1") == slack
    assert found(view).get(("slack-eaten", "MO-1", "")) == eaten
    assert found(view).get(("forecast-late", "DL-1", "")) == late


@pytest.mark.parametrize(("since", "severity"), [("2026-12-11", "high"), ("2026-12-12", "critical")])
def test_critical_once_the_promise_is_near_and_no_change_is_open(tmp_path: Path, since: str, severity: str) -> None:
    changes = f"item,since,until\nDL-1,{since}T00:00:00+00:00,"
    company = read_from(
        tmp_path, items=PROMISED, links=CHAIN, promises=BASELINE, reports=expected("2026-12-17"), changes=changes
    )
    assert codes(company, "12-10")["forecast-late"] == "high"
    assert codes(company, "12-11")["forecast-late"] == severity


def test_the_root_holds_what_it_pushes(tmp_path: Path) -> None:
    company = read_from(tmp_path, items=PROMISED, links=CHAIN, promises=BASELINE, reports=expected("2026-12-21"))
    exceptions = Exceptions()
    for day in ("12-14", "12-15"):
        exceptions.scan(View(company, at(day)))
    view = View(company, at("12-15"))
    held = roots(view, exceptions.open)
    assert held[("forecast-late", "DL-1", "")] == ("overdue", "MO-1", "")
    assert held[("overdue", "QA-1", "")] == ("overdue", "MO-1", "")
    assert ("overdue", "MO-1", "") not in held


WORKED = f"""{HEAD}
    MO-2451,production,2000,10,2026-11-30,2026-12-11,,w
    DL-6451,delivery,,4,2026-12-14,2026-12-17,,w
    SO-1045,sales_order,,1,2026-12-18,2026-12-18,,liu.yang"""
COUNTS = f"""{SAID}
    RP-20261130-001,MO-2451,quantity,2026-11-30,2026-11-30T09:10:00+00:00,150,
    RP-20261201-001,MO-2451,quantity,2026-12-01,2026-12-01T09:10:00+00:00,140,
    RP-20261202-001,MO-2451,quantity,2026-12-02,2026-12-02T09:10:00+00:00,160,10"""


def test_the_worked_example_is_open_from_the_first_count_on(tmp_path: Path) -> None:
    company = read_from(
        tmp_path,
        items=WORKED,
        links="predecessor,successor,kind\nMO-2451,DL-6451,FS\nDL-6451,SO-1045,FS",
        promises="item,finish,at,source\nSO-1045,2026-12-18,2026-11-27T00:00:00+00:00,promise",
        reports=COUNTS,
    )
    key = ("forecast-late", "SO-1045", "")
    told = [
        (f"{view.now:%m-%d %H:%M}", when, exceptions.open[key].severity, f"{view.forecast['SO-1045'].finish:%m-%d}")
        for view, exceptions, when in scans(company, date(2026, 11, 30), date(2026, 12, 11))
        if key in exceptions.open and when != "evening"
    ]
    assert told[0] == ("11-30 17:10", "event", "high", "12-21")
    assert ("12-02 17:10", "event", "high", "12-22") in told
    first_critical = next(line for line in told if line[2] == "critical")
    assert first_critical[:2] == ("12-11 07:30", "full"), "five working days are left, and no change is open"


def test_a_decision_makes_it_worse_at_once(tmp_path: Path) -> None:
    """The change that would have helped is over: what touches the item is looked at again in that minute."""
    changes = "item,since,until\nDL-1,2026-12-09T00:00:00+00:00,2026-12-11T02:20:00+00:00"
    company = read_from(
        tmp_path, items=PROMISED, links=CHAIN, promises=BASELINE, reports=expected("2026-12-17"), changes=changes
    )
    severities = {
        f"{view.now:%m-%d %H:%M}": exceptions.open[("forecast-late", "DL-1", "")].severity
        for view, exceptions, _ in scans(company, date(2026, 12, 11), date(2026, 12, 11))
    }
    assert severities == {
        "12-11 07:30": "high", "12-11 10:20": "critical", "12-11 13:30": "critical", "12-11 20:00": "critical",
    }  # fmt: skip


def test_an_evening_leaves_what_the_last_scan_left(tmp_path: Path) -> None:
    company, before, seen = Company(generate(tmp_path, seed=5, orders=6, fedora=None)), object(), 0
    for view, exceptions, when in scans(company, date(2026, 9, 7), date(2026, 9, 11)):
        now = {key: row.severity for key, row in exceptions.open.items()}
        assert when != "evening" or (now and now == before), view.now
        before, seen = now, seen + (when == "evening")
    assert seen == 5


def test_a_folded_row_lies_below_a_row_that_lies_below_none(tmp_path: Path) -> None:
    company, folded = Company(generate(tmp_path, seed=7, orders=10, fedora=None)), 0
    for view, exceptions, _ in scans(company, date(2026, 9, 14), date(2026, 9, 25)):
        held = roots(view, exceptions.open)
        folded += len(held)
        assert not set(held) & set(held.values())
        assert set(held) | set(held.values()) <= set(exceptions.open)
    assert folded


def test_blocked_by_what_is_later_than_its_link_allows(tmp_path: Path) -> None:
    company = read_from(tmp_path, items=PROMISED, links=CHAIN, reports=expected("2026-12-16"))
    assert found(View(company, at("12-08"))).get(("blocked", "QA-1", "MO-1")) is None
    assert found(View(company, at("12-09")))[("blocked", "QA-1", "MO-1")] == "warn"
    assert found(View(company, at("12-11")))[("blocked", "QA-1", "MO-1")] == "high"


def test_a_completion_that_is_late_leaves_the_link_broken(tmp_path: Path) -> None:
    reports = f"{SAID}\nRP-1,MO-1,finish,2026-12-14,2026-12-14T01:00:00+00:00,1000,"
    company = read_from(tmp_path, items=PROMISED, links=CHAIN, reports=reports)
    assert found(View(company, at("12-14")))[("broken", "QA-1", "MO-1")] == "warn"


def test_a_warning_opens_on_the_second_scan_and_comes_back_as_the_same_row(tmp_path: Path) -> None:
    reports = f"""{SAID}
        RP-1,MO-1,quantity,2026-12-02,2026-12-02T01:00:00+00:00,50,10
        RP-2,MO-1,quantity,2026-12-03,2026-12-03T03:00:00+00:00,200,
        RP-3,MO-1,quantity,2026-12-04,2026-12-04T06:00:00+00:00,,20"""
    company = read_from(
        tmp_path, items=f"{HEAD}\nMO-1,production,1000,10,2026-11-30,2026-12-11,,w", reports=reports
    )
    exceptions, key = Exceptions(), ("scrap", "MO-1", "")

    def scan(day: str, hour: str, touched: set[str] | None = None) -> bool:
        exceptions.scan(View(company, at(day, hour)), touched)
        return key in exceptions.open

    assert [scan("12-02", "09:01", {"MO-1"}), scan("12-02", "13:30"), scan("12-03", "07:30")] == [False, False, True]
    assert [scan("12-03", "11:00", {"MO-1"}), scan("12-03", "13:30"), scan("12-04", "07:30")] == [True, True, False]
    assert [scan("12-04", "14:00"), scan("12-04", "14:01"), exceptions.open[key].reopened] == [False, True, 1]


def test_high_opens_at_once_and_what_is_over_closes_at_once(tmp_path: Path) -> None:
    reports = f"{SAID}\nRP-1,MO-1,finish,2026-12-02,2026-12-02T02:00:00+00:00,100,"
    company = read_from(
        tmp_path, items=f"{HEAD}\nMO-1,production,100,5,2026-11-23,2026-11-27,,w", reports=reports
    )
    exceptions = Exceptions()
    exceptions.scan(View(company, at("12-02", "07:30")))
    assert [key[0] for key in exceptions.open] == ["overdue"]
    exceptions.scan(View(company, at("12-02", "10:00")), {"MO-1"})
    assert not exceptions.open


@pytest.mark.parametrize(
    ("day", "hour", "severity"),
    [("12-02", "16:59", None), ("12-02", "17:00", "warn"), ("12-03", "15:59", "warn"), ("12-03", "16:00", "high"),
     ("12-03", "17:00", None)],
)
def test_a_seat_that_does_not_answer(tmp_path: Path, day: str, hour: str, severity: str | None) -> None:
    told = """change,seat,department,shown_at,answered_at
        CR-1,zhao.liu,,2026-12-02T01:00:00+00:00,2026-12-03T08:30:00+00:00"""
    company = read_from(tmp_path, items=HEAD, told=told)
    assert codes(company, day, hour).get("unacked") == severity


@pytest.mark.parametrize(
    ("day", "hour", "severity"),
    [("12-02", "13:30", None), ("12-02", "13:31", "warn"), ("12-03", "17:59", "warn"), ("12-03", "18:00", "high")],
)
def test_a_source_that_is_silent(tmp_path: Path, day: str, hour: str, severity: str | None) -> None:
    company = read_from(
        tmp_path,
        items=HEAD,
        sources="source,expected_hours,since\nerp,9,2026-11-30T00:00:00+00:00",
        heard="source,at\nerp,2026-12-01T01:00:00+00:00",
    )
    assert codes(company, day, hour).get("stale") == severity
