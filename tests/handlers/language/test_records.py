"""The records of commands: what 帮助 shows is what the parser understands."""

from dataclasses import replace

import pytest

from handlers.inbound.commands import COMMANDS
from handlers.language import Help, Phrase
from handlers.language.commands.reads import HELP
from handlers.registry import Act, CommandRecord, Commands
from tests.handlers.language import asked, refusal

CONTRACT = (
    "查计划/jh/plan 改期/gq/move 改数量/gsl/qty 改工期/ggq/duration 取消/qx/cancel 影响/yx/impact 同意/ty/approve "
    "驳回/bh/reject 要求修改/yqxg/modify 转交/zj/transfer 修改/xg/revise 撤回/ch/withdraw 撤销/cx/undo 延长/yc/extend "
    "催办/cb/remind 待办/db/todo 为什么/wsm/why 谁知道/szd/acks 早会/zh/digest "
    "基线/jx/baseline 对比/dbi/compare 冲突/ct/conflicts 代理/dl/delegate 冻结/dj/freeze 解冻/jdg/unfreeze "
    "规则/gz/rules 影子/yz/shadow 帮助/bz/help"
)
EVERY = pytest.mark.parametrize("record", COMMANDS.records, ids=lambda record: record.phrase.english)
PHRASES = COMMANDS.vocabulary.phrases


def test_the_records_hold_the_contracts_names_in_order() -> None:
    names = [f"{phrase.zh}/{phrase.pinyin}/{phrase.english}" for phrase in PHRASES]
    assert [name for name in names if name in CONTRACT.split()] == CONTRACT.split()


def test_no_name_belongs_to_two_commands() -> None:
    again = replace(HELP, zh="救命", pinyin="jm", spells={}, aliases=())
    with pytest.raises(ValueError, match="help belongs to help and to help"):
        Commands([*COMMANDS.records, CommandRecord(again, ())])


def test_what_a_phrase_may_mean_has_an_act() -> None:
    with pytest.raises(ValueError, match="help must have an act for each of its values"):
        CommandRecord(HELP, ())


@EVERY
def test_every_example_means_one_of_its_acts_and_the_same_in_both_languages(record: CommandRecord) -> None:
    phrase = record.phrase
    for pair in ((phrase.example, phrase.example_en), phrase.also):
        meant = {type(asked(example)) for example in pair}
        assert meant <= {act.value for act in record.acts}
        assert len(meant) <= 1


@pytest.mark.parametrize("act", COMMANDS.acts, ids=lambda act: act.value.__name__)
def test_what_writes_is_an_action_and_what_only_answers_a_read(act: Act) -> None:
    """What reads free speech for its effect stands where that is read."""
    rooms = ("handlers.actions.", "handlers.inbound.") if act.writes else ("handlers.reads.",)
    assert act.handle.__module__.startswith(rooms)


@EVERY
def test_every_name_of_a_command_is_one_and_the_same(record: CommandRecord) -> None:
    phrase = record.phrase
    arguments = phrase.example.removeprefix(phrase.zh)
    meant = asked(phrase.example)
    for name in phrase.names:
        assert asked(f"{name} {arguments}") == asked(f"/{name.upper()} {arguments}") == meant


@EVERY
def test_help_knows_every_command_by_every_name(record: CommandRecord) -> None:
    assert {asked(f"帮助 {name}") for name in record.phrase.names} == {Help(record.phrase.english)}


@pytest.mark.parametrize("phrase", [one for one in PHRASES if one.needs_reason], ids=lambda phrase: phrase.english)
def test_what_needs_a_reason_is_refused_without_one(phrase: Phrase) -> None:
    assert refusal(phrase.example.split(" 因为")[0]).code == "reason-missing"
