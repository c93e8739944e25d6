"""记录 as people type it."""

import pytest

from handlers.inbound.commands import COMMANDS
from handlers.language import Command, parse
from handlers.language.commands.records import AnswerRecord, KeepRecord, ShowRecords, Word
from planning.refusal import Refused
from tests.handlers.language import TODAY

NO = "JL-20261202-001"


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("记录", ShowRecords()),
        ("记录 PO-3301", ShowRecords("PO-3301")),
        (f"记录 {NO}", ShowRecords(NO)),
        (f"jl {NO.lower()}", ShowRecords(NO)),
        (f"记录 {NO} 确认", AnswerRecord(NO, Word.CONFIRM)),
        (f"记录 {NO} 没错", AnswerRecord(NO, Word.CONFIRM)),
        (f"record {NO} confirm", AnswerRecord(NO, Word.CONFIRM)),
        (f"记录 {NO} 不是这样 我说的是12-12", AnswerRecord(NO, Word.DISPUTE, "我说的是12-12")),
        (f"记录 {NO} 不对，是60件", AnswerRecord(NO, Word.DISPUTE, "是60件")),
        (f"record {NO} dispute it was 60", AnswerRecord(NO, Word.DISPUTE, "it was 60")),
        ("记录 和 赵柳 电话约定 PO-3301 12-09 到", KeepRecord("和 赵柳 电话约定 PO-3301 12-09 到")),
        ("记录 跟赵柳说好周五到", KeepRecord("跟赵柳说好周五到")),
        ("record with Zhao Liu: PO-3301 on 12-09", KeepRecord("with Zhao Liu: PO-3301 on 12-09")),
    ],
)
def test_read(text: str, command: Command) -> None:
    assert parse(text, TODAY, COMMANDS.vocabulary) == command


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("记录一下今天的产量", "not-understood"),
        ("记录 电话约定 PO-1 12-09 到", "record-whom"),
        (f"记录 {NO} 再说吧", "record-unclear"),
    ],
)
def test_not_read(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(text, TODAY, COMMANDS.vocabulary)
    assert refused.value.refusal.code == code


@pytest.mark.parametrize(
    ("said", "no"),
    [(f"和 赵柳 改 12-11 代替 {NO}", NO), (f"with Li, replaces {NO.lower()}", NO), ("和 赵柳 好", "")],
)
def test_what_it_replaces(said: str, no: str) -> None:
    assert KeepRecord(said).replaces == no
