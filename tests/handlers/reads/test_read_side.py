"""What only answers needs nothing but a snapshot: every command that reads, run where nothing can be written."""

import pytest

from handlers.inbound.commands import COMMANDS
from handlers.inbound.references import meant
from handlers.language import Command, parse
from handlers.reply import Reply
from handlers.turn import Ask
from planning.plan.operation import Op, Operation
from storage.unit_of_work import UnitOfWork
from tests.handlers.office import Office
from tests.small_company import TODAY

NO = "CR-20261123-001"
ASKED = (
    "查计划 MO-1", "影响 MO-1 推迟3天", "待办", "为什么 RC-1", f"谁知道 {NO}", "早会", "基线", "对比 1 现在", "冲突",
    "代理", "冻结 查看", "规则", "规则 试算 改期 MO-1 推迟2天 因为 停机", "影子", "帮助",
)  # fmt: skip


def understood(text: str) -> Command:
    return parse(text, TODAY, COMMANDS.vocabulary)


def test_every_command_that_reads_is_asked_here() -> None:
    assert {type(understood(text)) for text in ASKED} == {act.value for act in COMMANDS.acts if not act.writes}


@pytest.mark.parametrize("text", ASKED)
def test_it_answers_from_a_snapshot(office: Office, text: str) -> None:
    assert office.change(Operation("RC-1", Op.SHIFT, 1)).no == NO
    lin = office.environment.organisation.people["lin"]

    def answer(uow: UnitOfWork) -> str | Reply | None:
        turn, ask = office.turn(uow), Ask(lin, "dingtalk:chat", text)
        command = meant(turn, ask, understood(text))
        act = COMMANDS.act_of(command)
        assert act is not None
        return act.handle(turn, ask, command)

    assert office.database.look(answer) == office.say("lin", text)
