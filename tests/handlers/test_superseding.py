"""A submitted request takes the place of those it was made from."""

from dataclasses import replace

import pytest

from cards.action import Verb
from handlers.proposals import draft
from handlers.superseding import give_way
from handlers.turn import Turn
from planning.change import Change, ChangeState
from planning.operation import Op, Operation
from planning.refusal import Refused
from storage.cards import Purpose
from storage.unit import UnitOfWork
from tests.handlers.company import LATER, PURCHASING, Company

OLD, NEW = "CR-20261123-001", "CR-20261123-002"


async def replacing(company: Company, *old: str) -> None:
    """A draft of 钱波's that supersedes these, shown in their group."""
    await company.types("qian", "改期 PO-1 推迟1天 因为 到货晚", PURCHASING)

    def point(uow: UnitOfWork) -> None:
        change = Turn(uow, company.clock.now(), company.house).change(NEW)
        uow.changes.save(replace(change, supersedes=old))
        uow.commit()

    company.database.write_now(point)


async def test_what_it_supersedes_ends_when_it_is_submitted(company: Company) -> None:
    await company.proposes("han", LATER)
    await replacing(company, OLD, "CR-20261123-999")
    assert (await company.change(OLD)).state is ChangeState.IN_APPROVAL, "a draft takes nobody's place"
    await company.press("qian", await company.card(NEW, Purpose.PROPOSAL), Verb.SUBMIT)
    await company.office.deliver()
    old = await company.change(OLD)
    assert old.state is ChangeState.SUPERSEDED
    assert not old.waiting
    for row in await company.cards(OLD):
        assert not company.shown(row)[-1].buttons
        assert company.shown(row)[-1].status == f"{OLD} · 已被 {NEW} 取代"
    due = await company.look(lambda turn: [t.subject for t in turn.uow.timers.due(turn.now.replace(year=2027))])
    assert not [subject for subject in due if OLD in subject]


async def test_what_has_ended_stays_as_it_ended(company: Company) -> None:
    await company.proposes("han", LATER)
    await company.types("han", f"撤回 {OLD}")
    await replacing(company, OLD)
    await company.press("qian", await company.card(NEW, Purpose.PROPOSAL), Verb.SUBMIT)
    assert (await company.change(OLD)).state is ChangeState.WITHDRAWN


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (ChangeState.PROVISIONAL, f"{OLD} 已先行生效，请等追认，或用“撤销 {OLD}”。"),
        (ChangeState.APPLIED, f"{OLD} 已经结束（已生效），什么也没有做。"),
    ],
)
async def test_what_is_in_effect_does_not_give_way(company: Company, state: ChangeState, sentence: str) -> None:
    def unit(uow: UnitOfWork) -> str:
        turn = Turn(uow, company.clock.now(), company.house)
        change = in_state(turn, state)
        with pytest.raises(Refused) as no:
            give_way(turn, change, NEW, "qian")
        return turn.sentence(no.value.refusal)

    assert company.database.write_now(unit) == sentence


def in_state(turn: Turn, state: ChangeState) -> Change:
    wanted = (Operation("MO-1", Op.SHIFT, 2),)
    return replace(draft(turn, turn.plan(), wanted, "han", "设备故障", "", ""), state=state)
