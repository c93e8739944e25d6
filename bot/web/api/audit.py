"""GET /api/v1/audit: the audit trail, newest first."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import AfterValidator, BaseModel, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from bot.web.platform.auth import Known
from bot.web.platform.dependencies import AtDesk
from bot.web.platform.paging import Page, Paging, key_of, page
from bot.web.platform.problem import described
from handlers.reads.trail.audit_sentences import told
from handlers.turn import Turn
from planning.trail.audit import FAMILIES, AuditEvent, Kind, kinds_of
from storage.trail.audit import Wanted

router = APIRouter(prefix="/api/v1/audit", tags=["审计 | audit"])
LIST = "audit"


class Recorded(BaseModel):
    """`hash` 是其余各项（含 `prev_hash`）的 SHA-256 | `hash` is the SHA-256 of the rest, `prev_hash` with it."""

    number: int
    at: datetime = Field(description="UTC")
    actor: str = Field(
        description="人员编号、api:令牌名、平台:账号；空：通盘 | a person, api:<token>, <platform>:<account>; or nobody"
    )
    kind: str = Field(description=", ".join(kind.value for kind in Kind))
    subject: str = Field(
        description="变更单号、预览、卡片、会话或路径 | a change request, a preview, a card, conversation or path"
    )
    facts: dict[str, str]
    text: str = Field(description="一句话说明，不在哈希内 | the same as a sentence, which the hash does not cover")
    prev_hash: str
    hash: str

    @classmethod
    def of(cls, turn: Turn, event: AuditEvent) -> "Recorded":
        return cls(
            number=event.number,
            at=event.at,
            actor=event.actor,
            kind=event.kind,
            subject=event.subject,
            facts=dict(event.facts),
            text=told(turn, event),
            prev_hash=event.prev_hash,
            hash=event.hash,
        )


def instant(value: object) -> object:
    """`+` in an address that nobody encoded arrives as a blank."""
    if value in ("", None):
        return None
    try:
        moment = datetime.fromisoformat(str(value).replace(" ", "+"))
        if moment.tzinfo:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise PydanticCustomError("instant", "an instant")


def _known(word: str) -> str:
    if word and not kinds_of(word):
        raise PydanticCustomError("literal_error", "a kind", {"expected": ", ".join((*FAMILIES, *Kind))})
    return word


class AuditQuery(Paging):
    since: Annotated[datetime | None, BeforeValidator(instant)] = Field(
        None, description="带时区的时刻（RFC 3339），含 | an instant with its zone (RFC 3339), inclusive"
    )
    kind: Annotated[str, AfterValidator(_known)] = Field(
        "", description="类别（change.applied）或一类（change） | a kind, or a family of kinds"
    )


@router.get("", responses=described(401, 403, 422), summary="审计记录，新的在前 | The audit trail, newest first")
async def audit(desk: AtDesk, caller: Known, query: Annotated[AuditQuery, Query()]) -> Page[Recorded]:
    return await desk.read(lambda turn: _page(turn, query))


def _page(turn: Turn, query: AuditQuery) -> Page[Recorded]:
    wanted = Wanted(query.since, kinds_of(query.kind))
    rows = turn.uow.audit.newest_first(query.limit + 1, key_of(query.cursor, LIST, int), wanted)
    return page(LIST, rows, query.limit, lambda event: event.number, lambda event: Recorded.of(turn, event))
