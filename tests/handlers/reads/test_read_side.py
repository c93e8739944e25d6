"""What only answers needs nothing but a snapshot: every command that reads, run where nothing can be written."""

import pytest

from handlers.events import Said
from handlers.inbound.commands import COMMANDS
from handlers.inbound.messages import answer
from handlers.language import Command, parse
from planning.plan.operation import Op, Operation
from storage.unit_of_work import UnitOfWork
from tests.handlers.office import Office
from tests.small_company import TODAY

NO = "CR-20261123-001"
ASKED = (
    "查计划 MO-1", "影响 MO-1 推迟3天", "待办", "为什么 RC-1", f"谁知道 {NO}", "早会", "基线", "对比 1 现在", "冲突",
    "代理", "冻结 查看", "规则", "规则 试算 改期 MO-1 推迟2天 因为 停机", "规则 试算 停机 MO-1", "影子", "帮助",
    "帮助 全部", "待办 全部",
    "为什么", f"影响图 {NO}", "总览", "总览 仓储部", "待批", "晚单", "风险 本周", "预算", "进度 MO-1",
    "进度 按部门", "进度 生产部", "齐套", "齐套 MO-1", "齐套 MO-1 已解决", "异常", "异常 MO-1",
    "看板", "甘特 MO-1", "模板", "反馈", "签到 昨天", "记录", "预告", "人员", "同步",
)  # fmt: skip


def understood(text: str) -> Command:
    return parse(text, TODAY, COMMANDS.vocabulary)


def test_every_command_that_reads_is_asked_here() -> None:
    assert {type(understood(text)) for text in ASKED} == {act.value for act in COMMANDS.acts if not act.writes}


@pytest.mark.parametrize("text", ASKED)
def test_it_answers_from_a_snapshot(office: Office, text: str) -> None:
    assert office.change(Operation("RC-1", Op.SHIFT, 1)).no == NO
    said = Said("dingtalk:chat", "bot", "event", "d-lin", text, office.now, single=True)

    def told(uow: UnitOfWork) -> str:
        response = answer(office.turn(uow), said)
        assert response is not None
        offers = response.asks.offers if response.asks else ()
        return "\n".join([response.text, *(f"[{offer.command}]" for offer in offers)])

    assert office.database.look(told) == office.say("lin", text)
