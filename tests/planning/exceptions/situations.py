"""Small situations: a plan, what was reported of it, and what else is known on a day."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from planning.exceptions.conditions import find
from planning.exceptions.finding import Severity
from planning.exceptions.situation import Situation
from planning.facts.forecast import Outlook, as_it_is
from planning.facts.progress import progress
from planning.facts.report import Report, ReportKind
from planning.facts.tally import NOTHING, Tally
from planning.plan.item import Item
from planning.plan.link import Link
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable
from planning.readiness.readiness import Readiness
from planning.readiness.requirement import Requirements
from planning.schedule.network import Network
from tests.planning.build import day, plan_of

_KINDS = {"begin": ReportKind.START, "done": ReportKind.FINISH, "arrive": ReportKind.ARRIVAL}


def said(item: str, kind: str, on: str, good: int | None = None, scrap: int | None = None, **more: Any) -> Report:
    """`said("MO-1", "quantity", "12-02", 150)`."""
    at = datetime.combine(day(on), datetime.min.time(), UTC).replace(hour=3)
    known = _KINDS.get(kind) or ReportKind(kind)
    return Report(f"RP-{at:%Y%m%d}-001", item, known, day(on), at, _count(good), _count(scrap), **more)


def _count(pieces: int | None) -> Decimal | None:
    return None if pieces is None else Decimal(pieces)


def situation(*parts: Item | Link | Report, today: str, stock: Any = None, **known: Any) -> Situation:
    """`promised` and `baseline` by item as `"12-18"`."""
    plan = plan_of(*(one for one in parts if isinstance(one, Item | Link)))
    return _situation(plan, [one for one in parts if isinstance(one, Report)], day(today), stock or {}, **known)


def _situation(plan: Plan, reports: list[Report], today: date, stock: Any, **known: Any) -> Situation:
    network, timetable = Network.of(plan), Timetable(plan)
    words = {one.item: [other for other in reports if other.item == one.item] for one in reports}
    stands = {code: progress(plan.items[code], Tally.of(theirs), NOTHING, timetable.of(plan.items[code]))
              for code, theirs in words.items()}  # fmt: skip
    outlook = Outlook(network, stands, {code: as_it_is(plan.items[code]) for code in stands}, today)
    for name in ("promised", "baseline"):
        known[name] = {code: day(on) for code, on in known.get(name, {}).items()}
    known.setdefault("is_owned", lambda _: True)
    readiness = Readiness(Requirements(network), outlook, stock, today)
    return Situation(network, outlook, today, readiness=readiness, **known)


def found(situation: Situation) -> dict[str, Severity]:
    """What is found by `<code> <item> [second item]`."""
    findings = find(situation).findings.values()
    return {" ".join(filter(None, one.key)): one.severity for one in findings}
