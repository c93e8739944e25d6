"""The sync card: where it is shown, and what it shows of the facts as they are stored."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from cards.card import Card, Fact
from cards.faces.sync import SyncView, sync_card
from cards.words.dates import moment
from handlers.notify.standing_cards import show
from handlers.turn import Turn
from planning.refusal import Refused
from planning.rhythm.sync import Seat, SyncCard, SyncState
from planning.subject import SubjectKind
from storage.delivery.cards import CardRow, Purpose


def sync_on(turn: Turn, row: CardRow) -> SyncCard:
    """The sync card that a card is. Raises "card-unknown" for a card of another kind: an action can be made up."""
    is_one = row.subject.kind == SubjectKind.SYNC
    found = turn.uow.sync_cards.of(date.fromisoformat(row.subject.id)) if is_one else None
    if found is None:
        raise Refused("card-unknown")
    return found


def show_sync(
    turn: Turn, card: SyncCard, homes: Iterable[str] = (), *, heard: str = "", pressed: str = "",
    only_in_place: bool = False,
) -> None:
    show(turn, Purpose.SYNC, card.subject, homes, heard=heard, pressed=pressed, only_in_place=only_in_place)


def sync_facing(turn: Turn, row: CardRow) -> Card:
    """The card as it shows now."""
    card = sync_on(turn, row)
    lines = SyncLines(turn, card)
    view = SyncView(card, lines.title, lines.status, [*lines.told(), *lines.seats()], lines.facts(), turn.words)
    return sync_card(view, row.card_id)


class SyncLines:
    """A sync card in words."""

    def __init__(self, turn: Turn, card: SyncCard) -> None:
        self._turn, self._words, self.card, self._facts = turn, turn.words, card, card.facts

    @property
    def title(self) -> str:
        day, (before, after) = self.card.day, self._facts["revisions"]
        weekday = self._words(f"value.weekday.{day.weekday()}")
        seats = "/".join(seat.name for seat in self.card.seats)
        return self._words("sync.title", day=f"{day:%m-%d}", weekday=weekday, seats=seats, before=before, after=after)

    @property
    def status(self) -> str:
        key = "escalated" if self.card.escalated_at and self.card.missing else self.card.state
        key = SyncState.MISSED if self.card.state is SyncState.MISSED else key
        names = self._words.list([f"{seat.name} {self._name(seat.person)}" for seat in self.card.missing])
        return self._words(f"status.sync-{key}", seats=names)

    def told(self) -> Iterator[str]:
        """The five lines, always these."""
        words, facts = self._words, self._facts
        yield words("sync.changes", told=self._changes(facts["changes"]) or words("sync.none"))
        yield words("sync.arrivals", told=self._arrivals(facts["arrivals"]) or words("sync.none"))
        yield words("sync.starts", told=self._starts(facts["starts"], facts["risks"]) or words("sync.none"))
        yield words("sync.waiting", told=self._waiting(facts["waiting"], facts["sources"]))
        issues = facts["issues"]
        told = words("sync.issues.n", n=issues["n"], no=issues["oldest"]) if issues["n"] else words("sync.none")
        yield words("sync.issues", told=told)

    def seats(self) -> Iterator[str]:
        """A line for each seat, and what has changed since it was signed."""
        for seat in self.card.seats:
            yield self._seat(seat)
        if self.card.version > 1:
            yield self._words("sync.version", n=self.card.version)
        if changed := self._changed_since():
            yield self._words("sync.changed-since", n=changed)

    def facts(self) -> list[Fact]:
        return [Fact(seat.name, self._standing(seat)) for seat in self.card.seats]

    def _seat(self, seat: Seat) -> str:
        return self._words("sync.seat", seat=seat.name, standing=self._standing(seat))

    def _standing(self, seat: Seat) -> str:
        if seat.is_off:
            return self._words("sync.seat.off")
        one = self.card.valid.get(seat.name)
        if one is None:
            return self._words("sync.seat.missing", name=self._name(seat.person))
        name = self._name(one.person)
        if one.acting_for:
            name = self._words("sync.acting", name=name, whose=self._name(one.acting_for))
        key = "sync.seat.late" if self.card.is_late(one) else "sync.seat.signed"
        return self._words(key, name=name, at=f"{one.at.astimezone(self._turn.environment.zone):%H:%M}")

    def _changed_since(self) -> int:
        """Change requests that took effect after what is signed was made; those of the day."""
        card, made = self.card, self.card.made_at
        if made is None or card.day != self._turn.today or not card.valid:
            return 0
        past = self._turn.uow.revisions.lines_since(made)
        return len({one.change for one in past if self._turn.uow.changes.get(one.change)})

    def _changes(self, found: dict[str, Any]) -> str:
        if not found["n"]:
            return ""
        told, worst = self._words("sync.changes.n", n=found["n"], items=found["items"]), found["worst"]
        if not worst:
            return told
        days = f"{worst['days']:+d}"
        return self._words.clauses(
            [told, self._words("sync.changes.worst", item=worst["item"], days=days, no=worst["change"])]
        )

    def _arrivals(self, found: dict[str, Any]) -> str:
        words, parts = self._words, list[str]()
        if found["arrived"]:
            parts.append(words("sync.arrivals.came", n=found["arrived"]))
        if found["late"]:
            parts.append(words("sync.arrivals.late", n=found["late"], items=words.list(found["named"])))
        if found["due"]:
            parts.append(words("sync.arrivals.due", n=found["due"]))
        return words.clauses(parts)

    def _starts(self, found: dict[str, Any], risks: dict[str, Any]) -> str:
        words, parts = self._words, list[str]()
        if found["n"]:
            colours = [
                words(f"sync.colour.{colour}", n=found["colours"][colour])
                for colour in ("red", "yellow", "green", "grey") if colour in found["colours"]
            ]  # fmt: skip
            parts.append(words("sync.starts.n", n=found["n"], colours=words.list(colours)))
        if risks["n"]:
            worst = risks["worst"]
            parts.append(words("sync.risks.n", n=risks["n"], item=worst["item"], days=worst["days"]))
        return words.clauses(parts)

    def _waiting(self, found: dict[str, Any], sources: list[dict[str, Any]]) -> str:
        words, parts = self._words, list[str]()
        if found["n"]:
            each = [
                words("sync.waiting.each", department=self._turn.organisation.department_name(one["department"]),
                      name=self._name(one["person"]), no=one["no"], at=self._at(one["since"]))
                for one in found["named"]
            ]  # fmt: skip
            parts.append(words("sync.waiting.n", n=found["n"], each=words.list(each)))
        else:
            parts.append(words("sync.none"))
        if sources:
            known = [f"{one['name']} {self._at(one['at']) if one['at'] else words('source.never')}" for one in sources]
            parts.append(words("sync.sources", each=words.list(known)))
        return words.clauses(parts)

    def _at(self, text: str) -> str:
        return moment(datetime.fromisoformat(text), self._turn.environment.zone, self.card.day)

    def _name(self, person: str) -> str:
        return self._turn.organisation.name_of(person)
