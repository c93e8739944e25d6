"""Ages of the sources, and the source of an item: whoever wrote it last."""

from collections.abc import Collection
from datetime import datetime, timedelta
from operator import itemgetter

from handlers.turn import Turn
from planning.facts.source import CHAT, IMPORT, SourceAge, id_of
from planning.people.principal import Principal
from planning.plan.revision import Revision
from storage.plan.revisions import IMPORT as BROUGHT

AN_HOUR = timedelta(hours=1)


def set_up_sources(turn: Turn) -> None:
    """What the settings expect to speak is waited for from the first start with them on."""
    turn.uow.sources.set_up((one.id for one in turn.environment.sources), turn.now)


def ages(turn: Turn) -> list[SourceAge]:
    """Those of the settings first, then what else has spoken, by working hours of the plan's calendar."""
    known = turn.uow.sources.all()
    described = {one.id: one for one in turn.environment.sources}
    found = []
    for source in [*described, *(one for one in known if one not in described)]:
        one, there = described.get(source), known.get(source)
        since = (there.heard_at or there.since) if there else turn.now
        found.append(SourceAge(
            source, (one.name if one else "") or _name(turn, source), turn.hours.between(since, turn.now) / AN_HOUR,
            one.expected_wh if one else 0, one.owner if one else "", there.heard_at if there else None,
        ))  # fmt: skip
    return found


def sources_of(turn: Turn, codes: Collection[str]) -> set[str]:
    """Who last wrote these items: by a report, or by what made them what they are in the plan."""
    revised = turn.uow.plans.revisions_of(list(codes))
    by_revision = {number: _of_revision(turn, turn.uow.revisions.get(number)) for number in set(revised.values())}
    return {_newest(turn, code, by_revision[number]) for code, number in revised.items()}


def _newest(turn: Turn, code: str, revised: tuple[datetime, str]) -> str:
    said = [(row.at, id_of(row.source)) for row in turn.uow.reports.of_item(code)]
    return max([revised, *said], key=itemgetter(0))[1]


def _of_revision(turn: Turn, revision: Revision) -> tuple[datetime, str]:
    """When it was made, and by what: tables, a report, or a change request with its proposer."""
    if revision.change.startswith(BROUGHT):
        return revision.applied_at, IMPORT
    if report := turn.uow.reports.get(revision.change):
        return revision.applied_at, id_of(report.source)
    change = turn.uow.changes.get(revision.change)
    proposer = Principal.parse(change.proposer) if change else None
    return revision.applied_at, str(proposer) if proposer and proposer.is_token else CHAT


def _name(turn: Turn, source: str) -> str:
    """What people call it; a token by its own name."""
    known = turn.words.knows(f"source.name.{source}")
    return turn.words(f"source.name.{source}") if known else Principal.parse(source).id
