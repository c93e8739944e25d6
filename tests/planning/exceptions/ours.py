"""A company's exceptions as the product finds them, instant by instant, in words that compare."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from planning.exceptions.conditions import find
from planning.exceptions.episode import Episode, State, steps
from planning.exceptions.finding import Key
from planning.exceptions.pushes import Open, Pushes, folded_into
from planning.exceptions.situation import Situation, Unacked
from planning.exceptions.touched import touched
from planning.facts.promise import promises
from planning.facts.source import SourceAge
from planning.plan.calendar import calendar_named
from planning.plan.hours import Window, WorkingHours
from planning.plan.item import Item
from planning.readiness.readiness import Readiness
from tests.planning.readiness.ours import ZONE, Ready

A_DAY = timedelta(hours=9)


@dataclass
class Excepting(Ready):
    known: dict[Key, Episode] = field(default_factory=dict)
    """The newest of each key."""

    @cached_property
    def hours(self) -> WorkingHours:
        return WorkingHours(Window.of("09:00-18:00"), calendar_named(self.settings["calendar"]), ZONE)

    def episodes(self) -> list[Episode]:
        return [one for one in self.known.values() if one.state is State.OPEN]

    def scan(self, now: datetime, subjects: Collection[str] | None = None) -> None:
        """`subjects`: what an event was about; None: a full scan."""
        now = now.astimezone(ZONE)
        situation = self.situation(now)
        begun = situation.outlook.progress_of
        among = None if subjects is None else touched(self.requirements, subjects, lambda code: not begun(code).begun)
        over = {code for code in self.plan.items if not situation.outlook.progress_of(code).lives}
        found, looked_at = find(situation, among, subjects or ()), {*(among or ()), *(subjects or ())}
        for step in steps(
            self.known.values(), found, now, self.hours.between, full=among is None, looked_at=looked_at, over=over
        ):
            one = step.episode
            if one.state is State.CLOSED and one.opened_at is None:
                del self.known[one.key]
            else:
                self.known[one.key] = one

    def roots(self, now: datetime) -> Mapping[Key, str]:
        outlook = self.outlook(now)
        rows = [Open(one.key, one.severity) for one in self.episodes()]
        return folded_into(Pushes(self.network, outlook), rows)

    def situation(self, now: datetime) -> Situation:
        outlook = self.outlook(now)
        shelves = self.shelves(outlook, now)
        old = {name for name, one in shelves.items() if one.as_of and self.hours.between(one.as_of, now) > A_DAY}
        baseline = self._promised(now, customer=False)
        return Situation(
            self.network, outlook, now.date(),
            promised={**promises(self.plan.items.values(), baseline), **self._promised(now, customer=True)},
            baseline=baseline,
            readiness=Readiness(self.requirements, outlook, shelves, now.date()),
            old_stock=old,
            changing={row["item"] for row in self.rows("changes") if _holds(row["since"], row["until"], now)},
            added={row["code"] for row in self.rows("items") if row["added"] == "yes"},
            reasoned={row["code"] for row in self.rows("items") if row["reason"]},
            is_owned=self._is_owned,
            unacked=list(self._unacked(now)),
            sources=list(self._sources(now)),
        )  # fmt: skip

    def _promised(self, now: datetime, *, customer: bool) -> dict[str, date]:
        """The oldest promise baseline; of customers' words the newest."""
        found: dict[str, date] = {}
        rows = sorted(self.rows("promises"), key=lambda row: row["at"], reverse=not customer)
        for row in rows:
            if datetime.fromisoformat(row["at"]) <= now and (row["source"] == "customer") is customer:
                found[row["item"]] = date.fromisoformat(row["finish"])
        return found

    @cached_property
    def _owners(self) -> Mapping[str, str]:
        return {row["code"]: row["owner"] for row in self.rows("items")}

    @cached_property
    def _without_approver(self) -> Collection[str]:
        return {row["department"] for row in self.rows("departments") if row["approver"] != "yes"}

    def _is_owned(self, item: Item) -> bool:
        return bool(self._owners[item.code]) or item.department not in self._without_approver

    def _unacked(self, now: datetime) -> Iterator[Unacked]:
        for row in self.rows("told"):
            if _holds(row["shown_at"], row["answered_at"], now):
                silent = self.hours.between(datetime.fromisoformat(row["shown_at"]), now) / timedelta(hours=1)
                yield Unacked(row["change"], row["seat"], silent)

    def _sources(self, now: datetime) -> Iterator[SourceAge]:
        heard: defaultdict[str, list[datetime]] = defaultdict(list)
        for row in self.rows("heard"):
            heard[row["source"]].append(datetime.fromisoformat(row["at"]))
        for row in self.rows("sources"):
            since = [datetime.fromisoformat(row["since"]), *(at for at in heard[row["source"]] if at <= now)]
            if since[0] <= now:
                age = self.hours.between(max(since), now) / timedelta(hours=1)
                yield SourceAge(row["source"], row["source"], age, float(row["expected_hours"]))

    def subjects(self, now: datetime) -> Collection[str]:
        """What an event of this instant is about."""
        return self._events[now.astimezone(UTC)]

    @cached_property
    def _events(self) -> Mapping[datetime, Collection[str]]:
        events = [(one.at, one.item) for one in self.reports]
        events += [(one.as_of, one.product) for one in self.counts if one.as_of]
        events += [(datetime.fromisoformat(row["answered_at"]), row["change"]) for row in self.rows("told")
                   if row["answered_at"]]  # fmt: skip
        events += [(datetime.fromisoformat(row["until"]), row["item"]) for row in self.rows("changes") if row["until"]]
        events += [(datetime.fromisoformat(row["at"]), row["source"]) for row in self.rows("heard")]
        by_instant: defaultdict[datetime, list[str]] = defaultdict(list)
        for at, subject in events:
            by_instant[at.astimezone(UTC)].append(subject)
        return by_instant


def _holds(since: str, until: str, now: datetime) -> bool:
    return datetime.fromisoformat(since) <= now and not (until and datetime.fromisoformat(until) <= now)

