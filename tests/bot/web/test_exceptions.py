"""GET /api/v1/exceptions."""

from datetime import UTC, datetime

from planning.exceptions.episode import Episode, State
from planning.exceptions.finding import Code, Key, Severity
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.bot.web.system import System, problem

EXCEPTIONS = "/api/v1/exceptions"
AT = datetime(2026, 12, 2, 5, 30, tzinfo=UTC)


def opened(factory: Database) -> None:
    def unit(uow: UnitOfWork) -> None:
        keys = [Key(Code.OVERDUE, "N-1"), Key(Code.BLOCKED, "N-2", "N-1"), Key(Code.SILENT, "N-1")]
        uow.exceptions.keep(
            Episode(key, State.OPEN, Severity.HIGH, Severity.HIGH, AT, AT, facts={"days": "2"}, root="" if n else "N-9")
            for n, key in enumerate(keys)
        )
        uow.commit()

    factory.write_now(unit)


async def test_each_with_what_it_is_about(system: System, factory: Database) -> None:
    opened(factory)
    found = (await system.found(EXCEPTIONS))["items"]
    assert [(one["no"], one["code"], one["item"], one["second"], one["root"]) for one in found] == [
        ("EX-1", "overdue", "N-1", None, "N-9"), ("EX-2", "blocked", "N-2", "N-1", None),
        ("EX-3", "silent", "N-1", None, None),
    ]  # fmt: skip
    assert found[0]["severity"] == "high"
    assert found[0]["facts"] == {"days": "2"}


async def test_of_a_code_of_an_item_and_page_by_page(system: System, factory: Database) -> None:
    opened(factory)
    assert [one["no"] for one in (await system.found(EXCEPTIONS, code="silent"))["items"]] == ["EX-3"]
    assert [one["no"] for one in (await system.found(EXCEPTIONS, item="N-1"))["items"]] == ["EX-1", "EX-3"]
    assert len(await system.everything(f"{EXCEPTIONS}?limit=1")) == 3


async def test_who_may_not_and_what_is_no_code(system: System) -> None:
    assert (await system.get(EXCEPTIONS, code="soon")).status_code == 422
    problem(await system.get(EXCEPTIONS, token=System.TOKENS["intake"]), 403, "forbidden")
