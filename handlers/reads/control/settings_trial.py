"""试算 of drafted settings: which of the changes of the last weeks would have gone another way, had they been so.

Each is classed as on the day it was submitted, on the plan it was based on, once by the settings as they are and once
by the draft: what differs is the draft's doing alone.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from cards.lines.governed import approver_name
from handlers.govern.authorize import require_authority
from handlers.govern.classify import classified, expiry
from handlers.govern.kept_settings import kept_by_database
from handlers.turn import Environment, Turn
from planning.change.approval_steps import submit
from planning.change.change import Change
from planning.control.policy import Policy
from planning.plan.impact import Impact
from planning.plan.plan import Plan
from planning.refusal import Refused
from planning.schedule.assess import assess
from planning.schedule.refresh import Networks
from storage.plan.plans import NotKept

DAYS = 30
MOST = 200
"""The newest of more."""
PAGE = 50
TOLD = 4
"""Differences in the sentence; all stand beside their changes."""
GOVERN = frozenset({
    "rules", "fences", "authority", "emergencies", "shadow", "approval", "reason_types", "escalation", "departments",
    "people", "calendar", "calendars",
})  # fmt: skip
"""Sections that a change's way depends on."""


@dataclass(frozen=True, slots=True)
class Way:
    """The way of a change: its class, who decides, who is told, until when; or why it goes no way at all."""

    klass: str = ""
    asks: tuple[str, ...] = ()
    informs: tuple[str, ...] = ()
    until: datetime | None = None
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Differing:
    no: str
    title: str
    how: tuple[str, ...]
    """What would be different, a clause each."""


@dataclass(frozen=True, slots=True)
class Trial:
    looked: int
    differing: tuple[Differing, ...]
    skipped: int
    """Changes whose plan of that day is not kept any more."""
    is_cut: bool
    """There were more than are looked at."""
    sentence: str


def governs(section: str) -> bool:
    return section in GOVERN


def try_settings(
    turn: Turn, section: str, document: Any, at: datetime | None = None, most: int = MOST
) -> Trial | None:
    """The trial of a section's new content, as it would be from `at` on, on that many of the newest changes; None: it
    does not say how changes go, or cannot be right as it is. Nothing is written."""
    kept = kept_by_database(turn)
    if not governs(section):
        return None
    moment = at or turn.now
    before, after = (kept.tried(turn.uow, moment, one).environment for one in ({}, {section: document}))
    if before is None or after is None:
        return None
    changes, is_cut = _of_late(turn, most)
    differing, skipped, networks = list[Differing](), 0, Networks()
    for base, those in groupby(sorted(changes, key=lambda one: one.base_revision), key=lambda one: one.base_revision):
        plan = _plan_at(turn, base)
        for change in those:
            if plan is None:
                skipped += 1
                continue
            submitted = turn.day_of(change.submitted_at)
            wanted = _anew(change, assess(plan, change.operations, submitted, networks.of(plan)))
            ways = (_way(turn, environment, plan, wanted, change) for environment in (before, after))
            if how := tuple(_differences(turn, *ways)):
                differing.append(Differing(change.no, turn.view(change).headline, how))
    differing.sort(key=lambda one: one.no, reverse=True)
    looked = len(changes) - skipped
    told = _sentence(turn, looked, differing) + (turn.words("trial.newest", n=looked) if is_cut else "")
    return Trial(looked, tuple(differing), skipped, is_cut, told)


def _of_late(turn: Turn, most: int) -> tuple[list[Change], bool]:
    """Changes that were submitted in the last weeks, newest first; those that take others back go under no rule."""
    since, found, before = turn.now - timedelta(days=DAYS), list[Change](), None
    while len(found) <= most:
        page = turn.uow.changes.newest_first(PAGE, before)
        young = [one for one in page if one.submitted_at and one.submitted_at >= since]
        found += [one for one in young if not one.reverts]
        if len(page) < PAGE or not young:
            break
        before = page[-1].no
    return found[:most], len(found) > most


def _plan_at(turn: Turn, revision: int) -> Plan | None:
    try:
        return turn.uow.plans.at(revision)
    except NotKept:
        return None


def _anew(change: Change, impact: Impact) -> Change:
    """The change as it was before anybody decided anything."""
    return Change(
        change.plan, change.no, change.proposer, change.operations, impact, change.base_revision, change.created_at,
        change.reason, policy=Policy(urgent=change.policy.urgent), facts_of=change.facts_of,
    )  # fmt: skip


def _way(turn: Turn, environment: Environment, plan: Plan, wanted: Change, change: Change) -> Way:
    then = Turn(turn.uow, change.submitted_at or change.created_at, environment)
    try:
        require_authority(then, plan, wanted.proposer, wanted.operations, wanted.impact)
        classed = classified(then, plan, wanted)
        until = expiry(then, classed, classed.impact)
        steps = submit(classed, then.organisation, then.now, until, then.deputies()).steps
    except Refused as refused:
        return Way(refused=refused.refusal.code)
    asks = tuple(step.department for step in steps)
    return Way(classed.klass, asks, classed.policy.inform, until if steps else None)


def _differences(turn: Turn, before: Way, after: Way) -> Iterator[str]:
    words = turn.words
    if before.refused != after.refused:
        if not after.refused:
            yield words("trial.passes")
        elif not before.refused:
            yield words("trial.refused")
        return
    if before.klass != after.klass:
        yield words("trial.class", klass=words(f"value.class.{after.klass}"))
    for key, old, new in (("asks", before.asks, after.asks), ("informs", before.informs, after.informs)):
        if more := [one for one in new if one not in old]:
            yield words(f"trial.{key}-more", who=_names(turn, more))
        if less := [one for one in old if one not in new]:
            yield words(f"trial.{key}-less", who=_names(turn, less))
    if before.until and after.until and before.until != after.until:
        yield words("trial.sooner" if after.until < before.until else "trial.later")


def _names(turn: Turn, who: list[str]) -> str:
    return turn.words.list([approver_name(turn.words, turn.organisation, one) for one in who])


def _sentence(turn: Turn, looked: int, differing: list[Differing]) -> str:
    """`41 单里 7 单会不同：2 单变紧急，5 单多问财务部`."""
    if not looked:
        return turn.words("trial.none", days=DAYS)
    if not differing:
        return turn.words("trial.same", days=DAYS, looked=looked)
    counted: Mapping[str, int] = Counter(how for one in differing for how in one.how)
    most = sorted(counted.items(), key=lambda one: -one[1])
    clauses = [turn.words("trial.count", n=n, how=how) for how, n in most[:TOLD]]
    if len(most) > TOLD:
        clauses.append(turn.words("trial.more", n=len(most) - TOLD))
    told = turn.words("trial.comma").join(clauses)
    return turn.words("trial.differs", days=DAYS, looked=looked, n=len(differing), how=told)
