"""Exceptions in words: what is wrong, what it comes from, who sees to it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from cards.card import Fact
from cards.words.dates import day, moment
from handlers.govern.exceptions import pending_changes, touching_changes
from handlers.govern.reporters import owner_of
from handlers.turn import Turn
from planning.exceptions.episode import Episode, by_place
from planning.exceptions.finding import OF_NO_ITEM, RANK, Code
from planning.people.organisation import Person
from planning.plan.item import Item

_DAYS = ("start", "finish", "promise", "forecast", "eta", "since", "allowed", "end", "keep")


def worst_first(one: Episode) -> tuple[int, int, str, str]:
    return -one.severity, RANK[one.key.code], one.key.item, one.key.second


def leading(rows: Iterable[Episode]) -> Episode:
    """The worst of those that stand on their own card, else of all."""
    ordered = sorted(rows, key=worst_first)
    return next((one for one in ordered if not one.root), ordered[0])


class ExceptionLines:
    def __init__(self, turn: Turn) -> None:
        self._turn, self._words = turn, turn.words
        self._pending = pending_changes(turn)
        self._items: Mapping[str, Item] = turn.uow.plans.load().items if turn.uow.plans.exists() else {}

    def head(self, one: Episode) -> str:
        """A line: how bad, what, of which item."""
        facts = {"mark": self.mark(one), "name": self.name(one), "subject": self.subject(one), "what": self.what(one)}
        return self._words("exception.head", **facts)

    def mark(self, one: Episode) -> str:
        return self._words(f"exception.mark.{one.severity.name.lower()}")

    def name(self, one: Episode) -> str:
        return self._words(f"exception.code.{one.key.code.value}")

    def subject(self, one: Episode) -> str:
        """The item with its title; a request's number or a source's name."""
        if one.key.code is Code.STALE:
            return one.facts.get("name", one.key.item)
        return f"{one.key.item} {self._title(one.key.item)}".strip()

    def what(self, one: Episode) -> str:
        facts = dict(one.facts) | {name: self._day(one.facts[name]) for name in _DAYS if name in one.facts}
        facts["second"] = f"{one.key.second} {self._title(one.key.second)}".strip()
        if one.key.code is Code.SHORT:
            facts["when"] = self._words("exception.comes" if "eta" in facts else "exception.no-source", **facts)
            facts["lacks"] = f"{facts.get('product', '')} {facts.get('short', '')}".strip()
        if one.key.code is Code.RULE:
            facts["event"] = self._words(f"exception.event.{facts['event']}")
            facts["when"] = self._words("exception.forecast", **facts) if "forecast" in facts else ""
        if one.key.code in (Code.BROKEN, Code.RULE):
            facts["why"] = self._known_by(facts)
        if department := facts.get("department"):
            facts["department"] = self._turn.organisation.department_name(department) or department
        return self._words(f"exception.what.{one.key.code.value}", **facts)

    def _known_by(self, facts: Mapping[str, str]) -> str:
        """The report, the count or the import that says so; empty: time does."""
        if "count" in facts:
            at = moment(datetime.fromisoformat(facts["count"]), self._turn.environment.zone, self._turn.today)
            return self._words("exception.by-count", at=at)
        if "import" in facts:
            return self._words("exception.by-import", revision=facts["import"], days=facts["days"])
        return self._words("exception.by-report", report=facts["report"]) if facts.get("report") else ""

    def cause(self, one: Episode) -> str:
        """What it comes from, and how much hangs on that; empty: nothing but itself."""
        cause = self.comes_from(one)
        told = self._words("exception.cause", item=cause) if cause else ""
        return " · ".join(filter(None, (told, self.affects(one))))

    def comes_from(self, one: Episode) -> str:
        cause = one.facts.get("cause", one.key.item)
        return f"{cause} {self._title(cause)}".strip() if cause != one.key.item else ""

    def affects(self, one: Episode) -> str:
        n = one.facts.get("affects", "0")
        return self._words("exception.affects", n=n, departments=one.facts.get("departments", "0")) if n != "0" else ""

    def facts(self, one: Episode, broken: str) -> Iterator[Fact]:
        """The same as its lines say, for where there is room for little."""
        keep = self.keep(one, "exception.keep.brief")
        values = {"cause": self.comes_from(one), "affects": self.affects(one), "breaks": broken,
                  "owner": self._owned_by(one), "done": self.done(one), "keep": keep}  # fmt: skip
        yield from (Fact(self._words(f"exception.fact.{name}"), value) for name, value in values.items() if value)

    def keep(self, one: Episode, sentence: str = "exception.keep") -> str:
        """What would keep the promise; empty: nothing is known."""
        if one.key.code is not Code.FORECAST_LATE or "keep" not in one.facts:
            return ""
        daily = one.facts.get("daily")
        facts = {"promise": self._day(one.facts["promise"]), "item": one.facts["cause"],
                 "keep": self._day(one.facts["keep"])}  # fmt: skip
        pieces = self._words("exception.daily", n=daily) if daily else ""
        return self._words(sentence, daily=pieces, **facts)

    def breaks(self, rows: Iterable[Episode], leads: Episode) -> str:
        """The promises that break with it, each by its item; empty: none but its own."""
        told = self.promises(rows, leads)
        return self._words("exception.breaks", promises=told) if told else ""

    def promises(self, rows: Iterable[Episode], leads: Episode) -> str:
        """The same without saying what they are; the latest first."""
        others = [one for one in rows if one.key.code is Code.FORECAST_LATE and one is not leads]
        others.sort(key=lambda one: (-int(one.facts["days"]), one.facts["promise"], one.key.item))
        told = [self._words("exception.breaks.one", item=one.key.item, promise=self._day(one.facts["promise"]),
                            forecast=self._day(one.facts["forecast"])) for one in others]  # fmt: skip
        return self._words.list(told) if told else ""

    def stands(self, one: Episode) -> str:
        """Who sees to it, since when it is open, and what is done about it."""
        facts = {"owner": self._owned_by(one), "since": self._at(one), "done": self.done(one)}
        return self._words("exception.stands", **facts)

    def _owned_by(self, one: Episode) -> str:
        owner = self._owner(one)
        return owner.name if owner else self._words("value.nobody")

    def done(self, one: Episode) -> str:
        turn, words = self._turn, self._words
        if one.is_muted(turn.now) and one.muted_until:
            return words("exception.muted", until=moment(one.muted_until, turn.environment.zone, turn.today))
        if one.is_taken(turn.now):
            return words("exception.taken", name=turn.organisation.name_of(one.taken_by))
        if one.is_snoozed(turn.now) and one.snoozed_until:
            return words("exception.snoozed", until=moment(one.snoozed_until, turn.environment.zone, turn.today))
        touching = touching_changes(self._pending, one)
        return words("exception.changing", nos=words.list(touching)) if touching else words("exception.nothing-done")

    def rows(self, episodes: Iterable[Episode]) -> Iterator[str]:
        """A line for each root, the worst first, with how many stand on its card."""
        for together in by_place(sorted(episodes, key=worst_first)).values():
            leads = leading(together)
            number = self._words("exception.number", n=leads.number)
            more = self._words("exception.with", n=len(together) - 1) if len(together) > 1 else ""
            yield f"{self.head(leads)}{more} · {number}"

    def _owner(self, one: Episode) -> Person | None:
        if one.key.code in OF_NO_ITEM or one.key.item not in self._items:
            return self._turn.organisation.people.get(one.owner)
        return owner_of(self._turn, self._items[one.key.item])

    def _at(self, one: Episode) -> str:
        return moment(one.opened_at or one.seen_at, self._turn.environment.zone, self._turn.today)

    def _title(self, code: str) -> str:
        return self._items[code].title if code in self._items else ""

    def _day(self, text: str) -> str:
        return day(date.fromisoformat(text), self._turn.today)
