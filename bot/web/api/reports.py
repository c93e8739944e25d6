"""POST and GET /api/v1/reports: what another system says has happened, and the ledger of it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from hashlib import sha256
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, StrictBool, ValidationError

from bot.web.api.audit import instant
from bot.web.api.effects import number
from bot.web.api.heard import hear_call
from bot.web.api.operations import Day, Reason, Shape, Word, readable
from bot.web.api.propose import IdempotencyKey
from bot.web.platform.auth import Caller, Known
from bot.web.platform.dependencies import AtDesk
from bot.web.platform.errors import sentence_of
from bot.web.platform.paging import Page, Paging, key_of, page
from bot.web.platform.problem import Problem, described
from handlers.actions.facts.draft_from_fact import draft_from_facts, last_words
from handlers.actions.facts.report import correct
from handlers.govern.catch_up import catch_up
from handlers.govern.facts import progress_of
from handlers.govern.said import Confirmed, check, check_of_place
from handlers.inbound.late_replies import answer as why_not
from handlers.lifecycle.record_fact import Booked as Fact
from handlers.lifecycle.record_fact import record_fact
from handlers.notify.facts.fact_notices import collect, colours_before
from handlers.turn import Turn
from planning.facts.report import Report, ReportKind
from planning.plan.plan import Plan
from planning.refusal import Refused

router = APIRouter(prefix="/api/v1/reports", tags=["报工 | reports"])
LIST = "reports"
UNDER_WAY = f"{LIST} under way"
"""What a request is kept as until its last piece is."""
MOST = 1000
"""Reports of one call."""
PIECE = 25
"""Reports that are kept at once."""
Amount = Annotated[Decimal, Field(max_digits=18, decimal_places=6, allow_inf_nan=False)]
Kinds = Literal[
    "start", "quantity", "percent", "remaining", "expected", "finish", "arrival", "stop", "hold", "correction"
]
_NEEDS = {"quantity": "good", "arrival": "good", "percent": "percent", "remaining": "remaining_days",
          "expected": "expected", "correction": "corrects"}  # fmt: skip


class Reported(Shape):
    """一条报工 | one report."""

    item: Word | Literal[""] = Field("", description="单号；停机可只写部门，更正不用写 | its code")
    department: Word | Literal[""] = Field("", description="停机的部门编号 | the department that stands still")
    kind: Kinds
    day: Day | None = Field(None, description="说的是哪天，默认今天 | the day it speaks of; today where left out")
    at: Annotated[datetime | None, BeforeValidator(instant)] = Field(
        None, description="什么时候说的（带时区），默认现在 | the instant it was said; now where left out"
    )
    good: Amount | None = None
    scrap: Amount | None = None
    percent: Amount | None = Field(None, description="60 就是 60% | 60 is 60 %")
    remaining_days: Annotated[int, Field(ge=0, le=3650)] | None = None
    expected: Day | None = None
    corrects: Word | Literal[""] = Field("", description="更正哪一条 | the report it corrects")
    void: StrictBool = Field(False, description="作废 | withdraws it")
    over: StrictBool = Field(False, description="确认超出计划 | confirms that it is more than planned")
    enough: StrictBool = Field(False, description="不足计划也算完成 | finished with less than planned")
    reason: Reason | Literal[""] = ""

    def report(self, turn: Turn, caller: Caller, key: str) -> Report:
        at = min(self.at or turn.now, turn.now)
        corrects = self.kind == "correction"
        day = self.day or (None if corrects else turn.day_of(at))
        kind = ReportKind(self.kind)
        who = caller.person
        good = self.good if self.good is not None or kind is not ReportKind.QUANTITY else Decimal(0)
        values = (good, self.scrap, self.percent, self.remaining_days, self.expected)
        return Report("", self.item, kind, day, at, *values, corrects=self.corrects, void=self.void, by=who,
                      source=who, channel="api", key=key, department=self.department, reason=self.reason)  # fmt: skip


class Outcome(BaseModel):
    index: int
    no: str = Field("", description="记下的编号；空：没有记 | the number it was booked under; empty: it was not")
    code: str = Field("", description="为什么没有记 | why it was not")
    detail: str = ""


class Outcomes(BaseModel):
    accepted: int
    refused: int
    results: list[Outcome] = Field(description="与请求逐条对应 | one for each, in order")


class Booked(BaseModel):
    no: str
    item: str
    department: str
    kind: str
    day: date | None
    at: datetime
    good: Decimal | int | float | None
    scrap: Decimal | int | float | None
    percent: Decimal | int | float | None
    remaining_days: int | None
    expected: date | None
    over: bool
    corrects: str
    void: bool
    by: str
    acting_for: str
    source: str
    reason: str

    @classmethod
    def of(cls, report: Report) -> "Booked":
        told = {name: getattr(report, name) for name in cls.model_fields}
        for name in ("good", "scrap", "percent"):
            told[name] = None if told[name] is None else number(told[name])
        return cls(**told | {"kind": report.kind.value})


class ReportQuery(Paging):
    item: Annotated[str, AfterValidator(readable)] = Field(
        "", max_length=64, description="只要这个单号的 | only those of this item"
    )
    since: Annotated[datetime | None, BeforeValidator(instant)] = Field(
        None, description="带时区的时刻（RFC 3339），含 | an instant with its zone (RFC 3339), inclusive"
    )


Rows = Annotated[
    list[dict[str, Any]],
    Field(max_length=MOST, examples=[[{"item": "F20-016", "kind": "quantity", "good": 120}]]),
]


@router.post(
    "",
    responses=described(400, 401, 403, 404, 413, 415, 422),
    summary="报工、到货、完成、更正 | Reports of work, arrivals, completions, corrections",
)
async def post(desk: AtDesk, caller: Known, rows: Rows, key: IdempotencyKey = "") -> Outcomes:
    """逐条接受或拒绝，各有原因；带 Idempotency-Key 重发，已记的不会再记，被拒的再试一次。没有要报的就发 []，表示还在。
    分批保存：没有收到回答就用同一个 Idempotency-Key 再发一次。

    Each is accepted or refused with its reason. Sent again with its Idempotency-Key, what was booked stays booked once,
    and what was refused is tried anew. Nothing to say is said with []. They are kept in pieces: without an answer, send
    them again with the same Idempotency-Key.
    """
    call = _Call(caller, rows, key)
    kept = await desk.write(call.first)
    await desk.read(catch_up)
    while kept.end < len(rows):
        kept = await desk.write(partial(call.next, before=kept))
        await desk.read(catch_up)
    return call.outcomes(kept)


@router.get("", responses=described(401, 403, 422), summary="报工记录，先后为序 | The ledger of reports, oldest first")
async def listed(desk: AtDesk, caller: Known, query: Annotated[ReportQuery, Query()]) -> Page[Booked]:
    return await desk.read(lambda turn: _page(turn, query))


def _page(turn: Turn, query: ReportQuery) -> Page[Booked]:
    rows = turn.uow.reports.page(query.limit + 1, key_of(query.cursor, LIST, int) or 0, query.item, query.since)
    return page(LIST, rows, query.limit, lambda row: row[0], lambda row: Booked.of(row[1]))


@dataclass(frozen=True, slots=True)
class _Kept:
    """How far a call is kept."""

    end: int = 0
    """The row that comes next."""
    results: tuple[Outcome, ...] = ()
    booked: int = 0
    """Those that were not there before."""
    open: tuple[Fact, ...] = ()
    """Facts of items that later rows speak of, too: what the last of them asks of the plan is drafted."""
    goes_on: bool = False
    """An earlier try broke off: what it booked may still have to be drafted."""


@dataclass(frozen=True, slots=True)
class _Call:
    """A call in pieces, each kept by itself: who clicks meanwhile waits for one of them."""

    caller: Caller
    rows: Sequence[dict[str, Any]]
    key: str

    def first(self, turn: Turn) -> _Kept:
        """Raises a Problem where the key was that of another call."""
        return self.next(turn, _Kept(goes_on=_broke_off(turn, self.caller, self.key, self.rows)))

    def next(self, turn: Turn, before: _Kept) -> _Kept:
        plan, results, facts, new = turn.plan(), [*before.results], list[Fact](), list[Report]()
        end = min(before.end + PIECE, len(self.rows))
        colours = colours_before(turn, plan, _said(self.rows[before.end : end]))
        for index in range(before.end, end):
            if known := turn.uow.reports.keyed(self._own(index)) if self.key else None:
                results.append(Outcome(index=index, no=known.no))
                facts += [_again(turn, plan, known)] if before.goes_on and known.item in plan.items else []
                continue
            booked, outcome = _one(turn, self.caller, plan, self.rows[index], index, self._own(index))
            results.append(outcome)
            if booked:
                plan = booked.plan
                facts.append(booked)
                new.append(booked.report)
        collect(turn, plan, colours, new)
        later = {item for item, _ in _said(self.rows[end:])}
        waiting = last_words([*before.open, *facts]).items()
        draft_from_facts(turn, [fact for item, fact in waiting if item not in later])
        still = tuple(fact for item, fact in waiting if item in later)
        kept = _Kept(end, tuple(results), before.booked + len(new), still, before.goes_on)
        if end == len(self.rows):
            if self.key:
                turn.uow.requests.became(self.caller.name, self.key, LIST)
            told = self.outcomes(kept)
            hear_call(turn, self.caller, told.accepted, [one.detail for one in results if not one.no], before.booked)
        return kept

    def outcomes(self, kept: _Kept) -> Outcomes:
        accepted = sum(1 for one in kept.results if one.no)
        return Outcomes(accepted=accepted, refused=len(kept.results) - accepted, results=list(kept.results))

    def _own(self, index: int) -> str:
        """The key of one of its rows."""
        return f"{self.caller.name} {self.key} {index}" if self.key else ""


def _said(rows: Sequence[dict[str, Any]]) -> Iterator[tuple[str, ReportKind]]:
    """What the rows seem to tell of which items, before they are looked at."""
    kinds = {kind.value: kind for kind in ReportKind}
    for row in rows:
        item, kind = row.get("item"), row.get("kind")
        if isinstance(item, str) and isinstance(kind, str) and kind in kinds:
            yield item, kinds[kind]


def _broke_off(turn: Turn, caller: Caller, key: str, rows: Sequence[dict[str, Any]]) -> bool:
    """Whether an earlier try of the same call broke off. Raises a Problem where the key was that of another call."""
    fingerprint = sha256(json.dumps(rows, sort_keys=True, default=str).encode()).hexdigest()
    known = turn.uow.requests.find(caller.name, key) if key else None
    if known and known[0] != fingerprint:
        raise Problem(422, "idempotency-key-reused", key=key, no=LIST)
    if key and not known:
        turn.uow.requests.add(caller.name, key, fingerprint, UNDER_WAY, turn.now)
    return known is not None and known[1] == UNDER_WAY


def _again(turn: Turn, plan: Plan, known: Report) -> Fact:
    """What an earlier try booked, as it stands now."""
    return Fact(known, plan, plan.items[known.item], progress_of(turn, plan, known.item))


def _one(
    turn: Turn, caller: Caller, plan: Plan, row: dict[str, Any], index: int, key: str
) -> tuple[Fact | None, Outcome]:
    """What was booked, and what became of it; nothing is written of one that is refused."""
    try:
        said = Reported.model_validate(row)
        booked = _book(turn, plan, said, said.report(turn, caller, key))
    except ValidationError as error:
        return None, Outcome(index=index, code="invalid", detail=sentence_of(error.errors(), turn.words))
    except Refused as refused:
        return None, Outcome(index=index, code=refused.refusal.code, detail=why_not(turn, refused.refusal))
    return booked, Outcome(index=index, no=booked.report.no)


def _book(turn: Turn, plan: Plan, said: Reported, report: Report) -> Fact:
    if needed := _NEEDS.get(said.kind):
        is_there = getattr(said, needed) not in (None, "") or (said.kind == "quantity" and said.scrap is not None)
        if not is_there:
            raise Refused("report-lacks", kind=said.kind, field=needed)
    if report.kind is ReportKind.CORRECTION:
        return correct(turn, plan, report, None, turn.today)
    is_place = report.kind in (ReportKind.STOP, ReportKind.HOLD) and not report.item
    if is_place and report.department in turn.organisation.departments:
        return record_fact(turn, plan, check_of_place(report, turn.today))
    if is_place:
        raise turn.no_such_department(report.department)
    if report.item not in plan.items:
        raise Refused("unknown-item", item=report.item)
    return record_fact(turn, plan, check(turn, plan, report, turn.today, Confirmed(said.over, True, said.enough)))
