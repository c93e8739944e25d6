"""Sources beside what they feed: as of when each has spoken, and a mark where it should have spoken since."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from cards.words.dates import moment
from handlers.govern.sources import AN_HOUR, ages, sources_of
from handlers.turn import Turn
from planning.facts.source import STOCK, Freshness, SourceAge
from storage.facts.sources import Known


def sources_line(turn: Turn, told: Iterable[SourceAge]) -> str:
    """`数据：ERP 17:12、库存 12-01 17:40 ⚠`; empty: of none."""
    each = [source_words(turn, one) for one in told]
    return turn.words("source.line", sources=turn.words.list(each)) if each else ""


def source_words(turn: Turn, one: SourceAge) -> str:
    at = moment(one.heard_at, turn.environment.zone, turn.today) if one.heard_at else turn.words("source.never")
    return _marked(turn, one, turn.words("source.one", name=one.name, at=at))


def _marked(turn: Turn, one: SourceAge, told: str) -> str:
    return told if one.freshness is Freshness.FRESH else f"{told} {turn.words(f'source.mark.{one.freshness}')}"


def expected(turn: Turn) -> list[SourceAge]:
    """Those that the settings expect to speak."""
    return [one for one in ages(turn) if one.expected_wh]


def behind(turn: Turn, codes: Collection[str]) -> list[SourceAge]:
    """The sources of these items, the one that has been silent for longest first."""
    theirs = sources_of(turn, codes)
    return sorted((one for one in ages(turn) if one.id in theirs), key=lambda one: (-one.age_wh, one.id))


def standing(turn: Turn, one: SourceAge, known: Known | None) -> str:
    """The whole of it, for those who run the service: its age, what is expected, and its last trouble."""
    facts: dict[str, object] = {"name": one.name, "age": f"{one.age_wh:.1f}", "at": "", "expected": "", "trouble": ""}
    if one.expected_wh:
        facts["expected"] = turn.words("source.expected", hours=f"{one.expected_wh:g}")
    if known and known.trouble_at and known.trouble_at >= (one.heard_at or known.trouble_at):
        at = moment(known.trouble_at, turn.environment.zone, turn.today)
        facts["trouble"] = turn.words("source.trouble", at=at, what=known.trouble)
    if one.heard_at is None:
        return turn.words("source.doctor.never", **facts)
    return turn.words("source.doctor", **facts | {"at": moment(one.heard_at, turn.environment.zone, turn.today)})


def as_of_stock(turn: Turn, as_of: datetime) -> str:
    """The moment of a count, marked by what is expected of the stock."""
    told, stock = moment(as_of, turn.environment.zone, turn.today), (one for one in ages(turn) if one.id == STOCK)
    age = turn.hours.between(as_of, turn.now) / AN_HOUR
    return next((_marked(turn, replace(one, age_wh=age), told) for one in stock), told)
