"""Free speech leads to every command there is: whoever adds one says here by which sentence, or why by none."""

import pytest

from handlers.inbound.commands import COMMANDS
from handlers.inbound.speech.choices_learnt import INTENT_OF
from handlers.language import parse
from handlers.language.clean import ANY_REASON
from planning.refusal import Refused
from storage.database import Database
from tests.free_speech.score import DAY, SPEAKER
from tests.handlers.inbound.test_free_speech import Room

SAID = {
    "QueryPlan": "帮我看看MO-2421排在几号",
    "Move": "po3421往后拖两天吧",
    "ChangeQuantity": "3422那个喇叭改成六千五百只",
    "SetDuration": "MO-2451工期改成八天好了",
    "Cancel": "把PO-3421砍掉算了",
    "Split": "把MO-2451拆开，先做800",
    "WhatIf": "what if PO-3421 slips three days?",
    "Approve": "007没问题，批了吧",
    "Reject": "007我不同意，产能不够",
    "Modify": "007请他改一下再提，改到12号",
    "Transfer": "007转给韩冬批吧",
    "Revise": "我那张007想改成推迟3天",
    "Withdraw": "我那张003不要了，撤回来",
    "Undo": "把004撤销掉恢复原样",
    "Extend": "007的期限再延一天",
    "Remind": "催一下003，还有谁没回",
    "RemindSupply": "PO-3421催一催采购",
    "ReportWork": "MO-2441今天做了三百件，报废两件",
    "ReportArrival": "PO-3442到货八百套",
    "ReportStart": "MO-2441今天开工了",
    "ReportFinish": "MO-2441做完了",
    "CorrectReport": "刚才报错了，应该是260",
    "ReportStop": "MO-2441设备坏了停机，后天好",
    "ReportHold": "PO-3442这批料隔离，周三放",
    "ShowProgress": "MO-2442做到多少了",
    "ShowDepartmentProgress": "各部门进度怎么样",
    "ShowReadiness": "MO-2442的料齐不齐",
    "ShowExceptions": "现在有哪些异常",
    "MuteException": "EX-12先别提醒我，两天",
    "PassOn": "转告林静一声，SO-1045得推迟三天",
    "Todo": "还有哪些在等我处理啊",
    "Why": "MO-2421为什么又往后推了",
    "WhyChanged": "计划为什么老在变",
    "Acks": "003都有谁收到了",
    "EffectOf": "007的影响图给我看看",
    "Overview": "总体情况怎么样",
    "ShowBoard": "把看板发出来",
    "ShowGantt": "整个项目的甘特图有没有",
    "Pending": "一共压了多少张没批，都在等谁审批",
    "LateItems": "有哪些单子会晚，列一下",
    "Risks": "本周整体有什么风险",
    "Digest": "今天的早会汇总给我",
    "NameBaseline": "把现在的计划存个底，就叫十二月承诺",
    "ShowBaselines": "我们存过哪些基线版本，列个清单看看",
    "Compare": "跟上周比计划变了什么",
    "ShowConflicts": "哪些变更单打架了，冲突在哪",
    "Delegate": "我下周一到周三出差，让韩冬代我批",
    "ShowLeaves": "我下周一到周三出差，让韩冬代我批",
    "Freeze": "生产部下周一到周五的计划锁住别动",
    "Unfreeze": "财务部的冻结解开吧",
    "ShowFences": "把冻结放开",
    "ShowRules": "审批规则有哪些",
    "TryRules": "按规则试算一下，SO-1042推迟3天要谁批",
    "ShowPeople": "采购部的人员名单给我看看",
    "ChangePerson": "给孙悦加上审批人的角色",
    "ReadDirectory": "同步一下通讯录",
    "WhoAmI": "我在系统里是什么角色",
    "Bind": "把这个群绑定给质量部",
    "Unbind": "这个群不用了，解除绑定",
    "ShowShadow": "影子运行的情况报告一下",
    "ShowBudget": "这个月接口调用额度还剩多少",
    "SendLink": "网页链接发我一个",
    "LogOut": "把我在网页上的登录都退出",
    "RaiseIssue": "反馈：MO-2421图纸和实物对不上",
    "ShowIssues": "反馈",
    "SignSync": "今天的同步我确认了签个到",
    "ShowSync": "今天的同步我确认了签个到",
    "KeepRecord": "记一下，刚才和孙悦电话里说好PO-3421月底前到",
    "ShowRecords": "记录",
    "Announce": "先预告一下，MO-2451下周可能要推迟3天",
    "ShowAnnouncements": "预告",
    "Notify": "通知 采购部 PO-3421晚到两天",
    "Help": "你能帮我做什么",
}
"""By the command's name."""
BY = {"Withdraw": "fan.lei", "PassOn": "zhang.haifeng"}
"""Who says it, where that is not who may do everything."""
BY_NO_SENTENCE = {
    "Generate": "is typed with the order and its template, or offered with both by a refusal",
    "ShowTemplates": "shows one by its name, as the refusal that asks for one lists them",
    "Submit": "stands on the preview it submits",
    "Solved": "is the answer to the card that asks how a shortage was solved",
    "SettleConflict": "is chosen on the conflict's card, which names both requests",
    "AnswerDelegation": "is the answer to the card that asks",
    "Enforce": "is confirmed on the card of the freeze, which shows whom it would stop",
    "SwitchRule": "switches what is in force for all: it is typed with the rule's name",
    "DraftSetting": "names a rule or a section, its key and its value: it is typed, or filled into its form",
    "ShowDirectory": "looks at what was read, which the answer to reading it leads to",
    "ChooseUnits": "names the directory's units by their numbers, as its preview shows them",
    "FollowIssue": "names the issue by its number, as its card and 反馈 show it",
    "CallOff": "names the announcement by its number, as its answer and 预告 show it",
    "AnswerRecord": "names the agreement by its number, as its card and 记录 show it",
    "TryEvent": "asks of an event by its kind, as rules are written",
}
"""Commands that no sentence leads to, and why."""


@pytest.fixture
def room(database: Database) -> Room:
    return Room(database)


def test_each_command_has_a_sentence_or_a_reason() -> None:
    names = {act.value.__name__ for act in COMMANDS.acts}
    assert names == {*SAID, *BY_NO_SENTENCE}, "a new command: say by which sentence it is offered, or why by none"


def test_each_is_among_the_buttons(room: Room) -> None:
    offers = {name: offered(room, said, BY.get(name, SPEAKER)) for name, said in SAID.items()}
    assert {name: of for name, of in offers.items() if name not in kinds_of(of)} == {}


def test_each_choice_says_what_was_meant() -> None:
    assert set(INTENT_OF) == {*SAID}


def offered(room: Room, said: str, person: str) -> list[str]:
    try:
        command = parse(said, DAY, COMMANDS.vocabulary)
    except Refused:
        return room.offers(said, person)
    return [COMMANDS.vocabulary.spell(command)]


def kinds_of(offers: list[str]) -> set[str]:
    return {kind for offer in offers if (kind := _kind(offer))}


def _kind(offer: str) -> str:
    whole = offer
    for hole, word in (("<单号>", "X-1"), ("<数量>", "30"), ("<异常号>", "EX-1"), ("<部门>", "采购部")):
        whole = whole.replace(hole, word)
    for text in (whole, f"{whole}{ANY_REASON}"):
        try:
            return type(parse(text, DAY, COMMANDS.vocabulary)).__name__
        except Refused:
            continue
    return ""
