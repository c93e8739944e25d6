"""Everyday questions of somebody who answers for the whole: asked as people ask them, in both languages."""

import pytest

from handlers.inbound.commands import COMMANDS
from handlers.language import Phrase
from handlers.language.everyday.plain_questions import command_for
from tests.handlers.language import asked

NO = "CR-20261128-012"
SAID = {
    f"谁知道 {NO}": (
        f"{NO} 到哪一步了", f"谁还没批 {NO}", f"{NO}谁没批", f"{NO} 批了吗", f"{NO} 卡在谁那里？", f"{NO}进度怎么样",
        f"{NO} 现在什么情况", f"who hasn't approved {NO}", f"where is {NO} stuck",
    ),
    f"影响图 {NO}": (f"为什么 {NO}", f"{NO} 为什么", f"{NO} 要改什么", f"{NO}会影响什么"),
    "为什么": (
        "为什么计划又变了", "计划怎么又变了", "计划又变了？", "怎么又改计划了", "最近谁改了计划", "谁又动了计划",
        "谁改了计划", "计划最近有什么变化", "最近改了什么", "这几天计划动了哪些", "为啥又改计划", "计划为什么变了",
        "最近有什么变动", "why did the plan change", "why does the plan keep changing", "who changed the plan",
        "what has changed recently", "who changed the plan again",
    ),
    "待批": (
        "谁还没批", "谁没批", "还有谁没同意", "哪些还没批", "还有什么没批", "还有哪些没批的", "卡在谁那里",
        "卡在谁那里了？", "卡在哪了", "单子卡在哪个部门", "审批到哪一步了", "在等谁批", "还差谁", "谁还没回复",
        "谁没签字", "哪个部门还没批", "who hasn't approved yet", "what is pending?", "who are we waiting for?",
        "where is it stuck",
    ),
    "晚单": (
        "哪些会晚", "哪些单要晚", "有没有会延期的", "有没有会延期的单子", "有哪些会延期", "哪些订单会延误",
        "会不会有晚交的", "有没有晚的", "哪些要延期", "哪些来不及", "哪些订单交不了", "有没有赶不上的",
        "延期的有哪些", "哪些已经晚了", "有逾期的吗", "订单有哪些会晚", "what will be late", "which orders are late",
        "anything late?", "any delays", "are there any delays", "late orders", "what's overdue",
    ),
    "风险 本周": (
        "这周有什么风险", "本周风险", "这周风险", "有什么风险", "有没有风险", "有啥风险", "风险有哪些", "哪些有风险",
        "这周有什么要注意的", "这周会出什么问题", "any risks this week", "what are the risks",
        "what could go wrong this week",
    ),
    "风险 下周": (
        "下周有什么风险", "risks next week",
    ),
    "总览": (
        "整体怎么样", "总体情况", "现在什么情况", "计划怎么样了", "全厂情况怎么样", "情况怎么样", "一切正常吗",
        "how are things", "how are we doing", "the big picture", "how is the plan",
    ),
    "总览 生产部": (
        "生产部最近怎么样", "生产部怎么样", "生产部那边怎么样了", "生产部情况如何", "最近生产部怎么样",
        "生产部忙不忙",
    ),
    "总览 采购": (
        "采购那边怎样", "采购怎么样", "采购最近怎样",
    ),
    "总览 production": (
        "how is production doing", "how's production", "what about production",
    ),
    "待办 全部": (
        "所有待办", "全部待办", "所有没批的变更", "all open requests",
    ),
}  # fmt: skip
ELSE = (
    "下周哪些会晚", "天气怎么样", "今天天气怎么样", "谁知道", "会晚吗", "有风险", "没有风险", "风险很大", "计划没变",
    "计划不变", "怎么改计划", "计划怎么改", "谁能改计划", "大家好", "谁来批一下", "没批", "卡了", "哪些人会晚到开会",
    "how are you", "how is it going", "我晚点到", "客户要延期", "能不能晚两天", "有单要晚", "批了吗", "计划", "全部",
    "内部怎么样", "who are you", "late", "晚上吃什么", "这周谁请假", "今天谁值班", "谁批的", "谁同意了",
    "为什么要改计划", "改计划", "SO-1042怎么样", "SO-1042会晚吗", "哪些会晚3天",
)  # fmt: skip
"""What is none of them: statements, small talk, an item's own questions, what is asked of who may do something."""


@pytest.mark.parametrize(("text", "command"), [(text, command) for command, texts in SAID.items() for text in texts])
def test_a_question_in_everyday_words_is_the_command_that_answers_it(text: str, command: str) -> None:
    assert command_for(text) == command
    assert asked(f"@通盘 {text}") == asked(command)


@pytest.mark.parametrize("text", ELSE)
def test_other_words_are_not_taken_for_one(text: str) -> None:
    assert command_for(text) == ""


@pytest.mark.parametrize("phrase", COMMANDS.vocabulary.phrases, ids=lambda phrase: phrase.english)
def test_no_command_in_its_own_words_is_taken_for_another(phrase: Phrase) -> None:
    for pair in ((phrase.example, phrase.example_en), phrase.also):
        assert all(command_for(example) in ("", phrase.example) for example in pair)
