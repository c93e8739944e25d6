"""In a group that no setting names nothing of the plan is told, and nothing is done."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cards.action import Verb
from handlers.events import Said
from planning.change.change import ChangeState
from planning.trail.audit import Kind
from storage.delivery.cards import Purpose
from tests.handlers.company import LATER, PRODUCTION, SALES, Company

DAY = timedelta(days=1)
STRANGE = ("dingtalk:cidStrange==", "wecom:wrStrange")
SENTENCE = "这个群不在设置里，计划的事不在这里说：请单独发消息给我；要在群里用，请 吴凡 在这里 @ 我，我会告诉怎么登记。"


@pytest.mark.parametrize("room", STRANGE)
async def test_everybody_is_told_once_a_day_and_nothing_is_done(company: Company, room: str) -> None:
    assert await company.types("lin", "查计划", room) == SENTENCE
    for text in (LATER, "早会", "帮助", "提交", "没有这样的命令"):
        assert await company.types("lin", text, room) == "", text
    assert await company.types("he", "待办", room) == SENTENCE
    assert await company.look(lambda turn: list(turn.uow.changes.open_ones())) == []
    assert not company.questions(room)
    company.clock.move(days=1)
    assert await company.types("lin", "查计划", room) == SENTENCE


async def test_an_admin_gets_the_lines_for_the_settings(company: Company) -> None:
    told = await company.types("admin", "帮助", STRANGE[0])
    assert told.endswith('- {id: quality, name: 质量部, conversation: "dingtalk:cidStrange=="}')
    assert await company.types("admin", "查计划", STRANGE[0]) == told, "whoever writes settings may ask again"


async def test_it_is_recorded(company: Company) -> None:
    await company.types("lin", "查计划", STRANGE[0])
    (event, *_) = await company.look(lambda turn: turn.uow.audit.newest_first(1))
    assert (event.kind, event.actor, event.subject) == (Kind.MESSAGE_REFUSED, "lin", STRANGE[0])
    assert event.facts["code"] == "unnamed-group"


async def test_a_conversation_with_one_person_needs_no_name(company: Company) -> None:
    room = "dingtalk:user:d-lin"
    said = replace(company.said("lin", "查计划 MO-1", room), single=True)
    await company.inbox_worker.said(said)
    await company.inbox_worker.stop()
    await company.office.deliver()
    assert "耳机组装" in company.told(room)[0]


async def test_a_stranger_is_told_how_to_become_known(company: Company) -> None:
    event = Said(STRANGE[0], "bot", "e-stranger", "d-nobody", "查计划", company.clock.now())
    await company.inbox_worker.said(event)
    await company.inbox_worker.stop()
    await company.office.deliver()
    (told,) = company.told(STRANGE[0])
    assert told.startswith("我不认识你：")


@pytest.mark.parametrize(("person", "home", "room"), [("lin", PRODUCTION, STRANGE[0]), ("he", SALES, STRANGE[1])])
async def test_a_press_on_a_card_that_came_there_shows_and_does_nothing(
    company: Company, person: str, home: str, room: str
) -> None:
    """Somebody sent it on, or the group has gone from the settings."""
    await company.types(person, LATER, home)
    (draft,) = await company.look(lambda turn: [turn.uow.changes.newest_draft(person, home, turn.now - DAY)])
    assert draft
    row = await company.card(draft.no, Purpose.PROPOSAL)
    pressed = replace(company.pressed(person, row, Verb.SUBMIT), conversation=room)
    answer, again = await company.answers(pressed), await company.answers(pressed)
    assert answer.card == again.card
    assert (answer.card.body, answer.card.buttons, draft.no in str(answer)) == (SENTENCE, (), False)
    assert (await company.change(draft.no)).state is ChangeState.DRAFT


async def test_the_groups_of_the_settings_go_on(company: Company) -> None:
    assert "耳机组装" in await company.types("lin", "查计划 MO-1", PRODUCTION)
