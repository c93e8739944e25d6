"""The table of commands: what 帮助 shows is what the parser understands."""

import pytest

from handlers.language import COMMANDS, CommandSpec, Help
from handlers.language.understand import READERS
from handlers.language.verbs import BY_NAME
from tests.handlers.language import asked, refusal

CONTRACT = (
    "查计划/jh/plan 改期/gq/move 改数量/gsl/qty 改工期/ggq/duration 取消/qx/cancel 影响/yx/impact 同意/ty/approve "
    "驳回/bh/reject 要求修改/yqxg/modify 转交/zj/transfer 修改/xg/revise 撤回/ch/withdraw 撤销/cx/undo 延长/yc/extend "
    "催办/cb/remind 待办/db/todo 为什么/wsm/why 谁知道/szd/acks 早会/zh/digest "
    "基线/jx/baseline 对比/dbi/compare 冲突/ct/conflicts 代理/dl/delegate 冻结/dj/freeze 解冻/jdg/unfreeze "
    "规则/gz/rules 影子/yz/shadow 帮助/bz/help"
)


def test_the_table_holds_the_contracts_names_in_order() -> None:
    assert " ".join(f"{spec.zh}/{spec.pinyin}/{spec.english}" for spec in COMMANDS) == CONTRACT


def test_no_name_belongs_to_two_commands() -> None:
    names = [name for spec in COMMANDS for name in spec.names]
    assert len(names) == len(set(names)) == len(BY_NAME)


def test_every_command_has_its_reader() -> None:
    assert set(READERS) == {spec.english for spec in COMMANDS}


@pytest.mark.parametrize("spec", COMMANDS, ids=lambda spec: spec.english)
def test_every_example_is_understood_and_means_the_same_in_both_languages(spec: CommandSpec) -> None:
    chinese, english = asked(spec.example), asked(spec.example_en)
    assert type(chinese) is type(english)
    assert READERS[spec.english].__module__.startswith("handlers.language")


@pytest.mark.parametrize("spec", COMMANDS, ids=lambda spec: spec.english)
def test_every_name_of_a_command_is_one_and_the_same(spec: CommandSpec) -> None:
    arguments = spec.example.removeprefix(spec.zh)
    meant = asked(spec.example)
    for name in spec.names:
        assert asked(f"{name} {arguments}") == asked(f"/{name.upper()} {arguments}") == meant


@pytest.mark.parametrize("spec", COMMANDS, ids=lambda spec: spec.english)
def test_help_knows_every_command_by_every_name(spec: CommandSpec) -> None:
    assert {asked(f"帮助 {name}") for name in spec.names} == {Help(spec.english)}


@pytest.mark.parametrize("spec", [spec for spec in COMMANDS if spec.needs_reason], ids=lambda spec: spec.english)
def test_what_needs_a_reason_is_refused_without_one(spec: CommandSpec) -> None:
    assert refusal(spec.example.split(" 因为")[0]).code == "reason-missing"
