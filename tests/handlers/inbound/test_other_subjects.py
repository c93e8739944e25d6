"""A card need not be about a change request: it is put up, drawn, sent and pressed like any other."""

import pytest

from cards.action import Verb
from cards.card import Card, Tone
from handlers.notify import render_card
from handlers.notify.new_cards import add_card
from handlers.turn import Turn
from planning.subject import Subject
from planning.trail.audit import Kind
from storage.delivery.cards import CardRow, Purpose
from storage.trail.audit import Wanted
from storage.unit_of_work import UnitOfWork
from tests.handlers.company import PLANNING, PRODUCTION, Company

MATERIAL = Subject("material", "M-100/2026-12-07")
UNKNOWN = "这张卡片不是通盘发出的，或者已经失效。计划没有改动。"


def warning(turn: Turn, row: CardRow) -> Card:
    code, _, day = row.subject.id.partition("/")
    return Card(f"{code} 要缺料", f"{day} 起不够", Tone.WARN, f"{code} 从 {day} 起不够用", "要缺料")


@pytest.fixture
def warned(company: Company, monkeypatch: pytest.MonkeyPatch) -> Company:
    """A kind of card that the product does not have yet: its face is all there is to add."""
    monkeypatch.setitem(render_card.FACES, MATERIAL.kind, warning)
    return company


async def put_up(company: Company, subject: Subject = MATERIAL, room: str = PRODUCTION) -> CardRow:
    def unit(uow: UnitOfWork) -> CardRow:
        turn = Turn(uow, company.clock.now(), company.environment)
        row = add_card(turn, Purpose.NOTICE, subject, room)
        uow.commit()
        return row

    row = company.database.write_now(unit)
    await company.office.deliver()
    return row


async def test_it_is_sent_with_its_own_face(warned: Company) -> None:
    row = await put_up(warned)
    assert [(card.title, card.status) for card in warned.shown(row)] == [("M-100 要缺料", "2026-12-07 起不够")]
    assert [kept.shown_version for kept in await warned.look(lambda turn: turn.uow.cards.about(MATERIAL))] == [1]


async def test_its_buttons_find_it(warned: Company) -> None:
    row = await put_up(warned)
    assert (await warned.press("wang", row, Verb.BACK)).title == "M-100 要缺料"


@pytest.mark.parametrize("verb", sorted(set(Verb) - {Verb.BACK}))
async def test_what_is_done_to_a_change_is_not_done_to_it(warned: Company, verb: Verb) -> None:
    """No card of ours has such a button, but an action can be made up."""
    await warned.proposes("han")
    row, plan = await put_up(warned), await warned.look(lambda turn: turn.plan())
    shown = await warned.press("wang", row, verb, "capacity", input="好")
    assert shown.body == f"**⚠ {UNKNOWN}**\n\nM-100 从 2026-12-07 起不够用"
    assert await warned.look(lambda turn: turn.plan()) == plan
    told = (await warned.look(lambda turn: list(turn.uow.audit.chain())))[-1]
    assert (told.kind, told.actor, told.subject, told.facts["code"]) == (
        "click.foreign", "wang", row.card_id, "card-unknown"
    )  # fmt: skip


async def test_the_coordinator_hears_of_one_that_did_not_arrive(warned: Company) -> None:
    await put_up(warned, room="nowhere:1")
    assert "没有收到“M-100 要缺料”" in warned.told(PLANNING)[-1]


async def test_a_kind_that_only_a_newer_program_draws_is_answered_and_not_sent(company: Company) -> None:
    row = await put_up(company)
    assert company.shown(row) == []
    (lost,) = await company.look(lambda turn: list(turn.uow.audit.chain(Wanted(kinds=(Kind.UNDELIVERABLE.value,)))))
    assert (lost.subject, lost.facts["reason"]) == (row.card_id, UNKNOWN)
    assert (await company.press("wang", row, Verb.APPROVE)).body == UNKNOWN
    assert "MO-1" in await company.types("wang", "查计划 MO-1"), "the room is served meanwhile"
