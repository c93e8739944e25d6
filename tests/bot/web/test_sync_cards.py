"""GET /api/v1/sync-cards."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from planning.rhythm.sync import Seat, SyncCard, content_of, renewed, signed
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.bot.web.system import System, problem

PATH = "/api/v1/sync-cards"
AUDITOR = System.TOKENS["auditor"]
AT = datetime(2026, 12, 1, 0, 30, tzinfo=UTC)
SEATS = (Seat("生产", "wang"), Seat("计划", "lin"))


def kept(factory: Database) -> None:
    """Three days; on the last a signature, a new version, and its signatures."""

    def unit(uow: UnitOfWork) -> None:
        for n in range(3):
            at, ends = AT + timedelta(days=n), timedelta(hours=9)
            card = SyncCard(date(2026, 12, 1 + n), at, at, at + timedelta(hours=1), at + ends, SEATS,
                            content_of({"n": n}), made_at=at)  # fmt: skip
            uow.sync_cards.add(card)
        first = signed(card, SEATS[0], "wang", at)
        second = renewed(first, {"n": 9}, at + timedelta(minutes=10))
        third = signed(signed(second, SEATS[0], "wang", at), SEATS[1], "lin", at + timedelta(hours=2))
        for before, after in ((card, first), (first, second), (second, third)):
            uow.sync_cards.keep(before, after)
        uow.commit()

    factory.write_now(unit)


async def test_every_version_hashes_to_what_was_signed(system: System, factory: Database) -> None:
    kept(factory)
    answer = await system.get(PATH, token=AUDITOR, since="2026-12-03")
    (card,) = answer.json()["items"]
    hashes = [sha256(one["content"].encode()).hexdigest() for one in card["versions"]]
    assert [one["sha256"] for one in card["versions"]] == hashes
    assert [(one["seat"], one["person"], one["sha256"], one["late"]) for one in card["signatures"]] == [
        ("生产", "wang", hashes[0], False), ("生产", "wang", hashes[1], False), ("计划", "lin", hashes[1], True),
    ]  # fmt: skip
    assert card["state"] == "signed"


async def test_page_by_page_and_for_auditors_only(system: System, factory: Database) -> None:
    kept(factory)
    first = (await system.get(PATH, token=AUDITOR, limit=2)).json()
    rest = (await system.get(PATH, token=AUDITOR, limit=2, cursor=first["next_cursor"])).json()
    assert [one["day"] for one in (*first["items"], *rest["items"])] == ["2026-12-01", "2026-12-02", "2026-12-03"]
    problem(await system.get(PATH, token=System.TOKENS["mes"]), 403, "forbidden")
