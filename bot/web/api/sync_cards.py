"""GET /api/v1/sync-cards: each morning's facts as they were stored, every version, with the signatures that name it."""

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from bot.web.platform.auth import Known
from bot.web.platform.dependencies import AtDesk
from bot.web.platform.paging import Page, Paging, key_of, page
from bot.web.platform.problem import described
from handlers.turn import Turn
from planning.rhythm.sync import Signature, SyncCard, SyncState, hash_of

router = APIRouter(prefix="/api/v1/sync-cards", tags=["同步卡 | sync cards"])
LIST = "sync-cards"


class SeatTold(BaseModel):
    name: str
    person: str
    is_off: bool = Field(description="休，不用签 | its department has the day off")


class VersionTold(BaseModel):
    version: int
    content: str = Field(description="存下来的原文（JSON 文本） | the text that was stored, as JSON")
    sha256: str = Field(description="content 的 UTF-8 的 SHA-256 | SHA-256 of the UTF-8 of content")


class SignatureTold(BaseModel):
    version: int
    seat: str
    person: str
    acting_for: str | None
    sha256: str = Field(description="签的是哪一份 content | the content that was signed")
    at: datetime
    late: bool

    @classmethod
    def of(cls, card: SyncCard, one: Signature) -> "SignatureTold":
        told: dict[str, Any] = {name: getattr(one, name) for name in ("version", "seat", "person", "sha256", "at")}
        return cls(**told, acting_for=one.acting_for or None, late=card.is_late(one))


class SyncCardTold(BaseModel):
    day: date
    state: SyncState
    since: datetime
    sent_at: datetime
    deadline: datetime
    closes_at: datetime
    escalated_at: datetime | None
    closed_at: datetime | None
    seats: list[SeatTold]
    versions: list[VersionTold]
    signatures: list[SignatureTold]

    @classmethod
    def of(cls, turn: Turn, card: SyncCard) -> "SyncCardTold":
        contents = turn.uow.sync_cards.contents(card.day)
        moments = ("day", "state", "since", "sent_at", "deadline", "closes_at", "escalated_at", "closed_at")
        return cls(
            **{name: getattr(card, name) for name in moments},
            seats=[SeatTold(name=one.name, person=one.person, is_off=one.is_off) for one in card.seats],
            versions=[
                VersionTold(version=n, content=content, sha256=hash_of(content))
                for n, content in enumerate(contents, start=1)
            ],
            signatures=[SignatureTold.of(card, one) for one in card.signatures],
        )


class SyncQuery(Paging):
    since: date | None = Field(None, description="从这一天起 | from this day on")


@router.get("", responses=described(401, 403, 422), summary="同步卡和签名，先后为序 | Sync cards, oldest first")
async def listed(desk: AtDesk, caller: Known, query: Annotated[SyncQuery, Query()]) -> Page[SyncCardTold]:
    return await desk.read(lambda turn: _page(turn, query))


def _page(turn: Turn, query: SyncQuery) -> Page[SyncCardTold]:
    after = date.fromordinal(max(key_of(query.cursor, LIST, int) or 0, _before(query.since), 1))
    cards = turn.uow.sync_cards.page(query.limit + 1, after)
    return page(LIST, cards, query.limit, lambda card: card.day.toordinal(), lambda card: SyncCardTold.of(turn, card))


def _before(day: date | None) -> int:
    return day.toordinal() - 1 if day else 0
