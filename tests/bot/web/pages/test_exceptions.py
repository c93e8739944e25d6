"""Exceptions answered on their page: by whom they concern, under the rules of their card, and nothing typed is lost."""

from datetime import timedelta

import pytest

from handlers.lifecycle.scan import full_scan
from handlers.turn import Turn
from planning.exceptions.episode import Episode
from planning.trail.audit import Kind
from tests.bot.web.pages.visitor import Visitor, fields_of
from tests.handlers.company import Company

SQLITE = pytest.mark.parametrize("backend", ["sqlite"])


async def overdue(company: Company) -> Episode:
    """The stocktaking that should be over, as it stands."""
    known = await company.look(lambda turn: turn.uow.exceptions.open_ones())
    return next(one for one in known if one.key.item == "RC-1")


async def scanned(company: Company) -> Episode:
    company.clock.move(days=32)
    at = company.clock.now()
    await company.office.write(lambda uow: full_scan(Turn(uow, at, company.environment), at))
    return await overdue(company)


async def pressed(visitor: Visitor, number: int, verb: str, reason: str = "", path: str = "/exceptions") -> str:
    fields = fields_of(await visitor.open(path)) | {"number": str(number)}
    return (await visitor.send(path, verb=verb, reason=reason, **fields)).text


@pytest.mark.both_databases
async def test_somebody_of_its_department_sees_to_it(company: Company, visitor: Visitor) -> None:
    one = await scanned(company)
    await visitor.log_in(company, "li")
    assert "已在处理" in await pressed(visitor, one.number, "take")
    assert (await overdue(company)).taken_by == "li"
    name = company.environment.organisation.people["li"].name
    assert f"{name} 已在处理" in await visitor.page("/exceptions")


@SQLITE
async def test_to_put_it_off_needs_words_and_loses_none(company: Company, visitor: Visitor) -> None:
    one = await scanned(company)
    await visitor.log_in(company, "li")
    told = await pressed(visitor, one.number, "snooze", "！？")
    assert "要写原因" in told
    assert "！？</textarea>" in told
    assert 'open><summary>' in told
    await pressed(visitor, one.number, "snooze", "盘点机明天才到")
    quiet = await overdue(company)
    assert quiet.is_quiet(company.clock.now())
    assert not quiet.is_quiet(company.clock.now() + timedelta(days=7))


@SQLITE
async def test_only_a_coordinator_mutes(company: Company, visitor: Visitor) -> None:
    one = await scanned(company)
    await visitor.log_in(company, "li")
    assert 'value="mute"' not in await visitor.page("/exceptions")
    assert "静音要由计划协调员来做" in await pressed(visitor, one.number, "mute", "知道了")
    assert not (await overdue(company)).is_muted(company.clock.now())
    newest = await company.look(lambda turn: turn.uow.audit.newest_first(1)[0])
    assert (newest.kind, newest.facts["code"]) == (Kind.MESSAGE_REFUSED, "may-not-mute")
    await visitor.log_in(company, "lin")
    assert 'value="mute"' in await visitor.page("/exceptions")
    await pressed(visitor, one.number, "mute", "旺季过后再看")
    assert (await overdue(company)).is_muted(company.clock.now())
    assert "RC-1" in await visitor.page("/exceptions?show=muted")


@SQLITE
async def test_whom_it_does_not_concern_is_offered_nothing(company: Company, visitor: Visitor) -> None:
    one = await scanned(company)
    await visitor.log_in(company, "boss")
    assert "<textarea" not in await visitor.page("/exceptions")
    assert f"EX-{one.number} 由" in await pressed(visitor, one.number, "take")
    assert not (await overdue(company)).taken_by


@SQLITE
async def test_what_no_page_offers_changes_nothing(company: Company, visitor: Visitor) -> None:
    one = await scanned(company)
    await visitor.log_in(company, "lin")
    for number, verb, status in ((one.number, "close", 400), (99_999, "take", 409)):
        fields = fields_of(await visitor.open("/exceptions")) | {"number": str(number)}
        assert (await visitor.send("/exceptions", verb=verb, **fields)).status_code == status
    assert (await visitor.send("/exceptions", verb="take", number=str(one.number), csrf="x")).status_code == 403
    assert not (await overdue(company)).taken_by
