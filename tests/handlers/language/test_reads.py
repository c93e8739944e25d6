"""查计划, 待办, 为什么, 早会, 基线, 对比, 帮助, and the words about a change: 同意, 驳回, 撤回, 谁知道."""

import pytest

from handlers.language import (
    NOW,
    Acks,
    Approve,
    Command,
    Compare,
    Digest,
    EffectOf,
    Help,
    LateItems,
    NameBaseline,
    Overview,
    Pending,
    QueryPlan,
    Reject,
    Risks,
    ShowBaselines,
    ShowShadow,
    Span,
    Todo,
    Why,
    WhyChanged,
    Withdraw,
    change_number,
)
from planning.plan.revision import BaselineKind
from tests.handlers.language import asked, refusal

CR = "CR-20261128-001"
TODAYS = "<变更单号>"
"""No day that is still to come."""


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("查计划", QueryPlan()),
        ("查计划 SO-1042", QueryPlan("SO-1042")),
        ("查计划so-1042", QueryPlan("SO-1042")),
        ("查计划 SO-1042 本周", QueryPlan("SO-1042", Span.THIS_WEEK)),
        ("查计划 生产部 下周", QueryPlan("生产部", Span.NEXT_WEEK)),
        ("查计划 本周 生产部", QueryPlan("生产部", Span.THIS_WEEK)),
        ("查计划生产部下周", QueryPlan("生产部", Span.NEXT_WEEK)),
        ("查计划 下周", QueryPlan("", Span.NEXT_WEEK)),
        ("查计划 SO-1042 下周 谢谢", QueryPlan("SO-1042", Span.NEXT_WEEK)),
        ("早会 本周 谢谢", Digest(Span.THIS_WEEK)),
        ("为什么 SO-1042 最近7天 谢谢", Why("SO-1042", 7)),
        ("查计划 本单", QueryPlan("本单")),
        ("查计划 SO-1042 现在排到哪天？", QueryPlan("SO-1042")),
        ("why is SO-1042 late", Why("SO-1042")),
        ("jh 蓝牙音箱", QueryPlan("蓝牙音箱")),
        ("plan production next week", QueryPlan("production", Span.NEXT_WEEK)),
        ("待办", Todo()),
        ("待办 我", Todo()),
        ("todo me", Todo()),
        ("db 生产部", Todo("生产部")),
        ("待办采购部", Todo("采购部")),
        ("为什么 SO-1042", Why("SO-1042")),
        ("为什么SO-1042又改了？", Why("SO-1042")),
        ("为什么 SO-1042 最近7天", Why("SO-1042", 7)),
        ("为什么SO-1042最近一周", Why("SO-1042", 7)),
        ("为什么 本单", Why("本单")),
        ("why SO-1042 last 2 weeks", Why("SO-1042", 14)),
        ("why F20-016d", Why("F20-016D")),
        ("wsm 钢板 近三天", Why("钢板", 3)),
        ("早会", Digest()),
        ("早会 今天", Digest(Span.TODAY)),
        ("早会 本周 生产部", Digest(Span.THIS_WEEK, "生产部")),
        ("汇总 采购部 本周", Digest(Span.THIS_WEEK, "采购部")),
        ("digest this week", Digest(Span.THIS_WEEK)),
        ("overview", Overview()),
        ("总览", Overview()),
        ("zl 生产部", Overview("生产部")),
        ("总览 采购部 谢谢", Overview("采购部")),
        ("总览 一车间", Overview("一车间")),
        ("装配二车间最近怎么样", Overview("装配二车间")),
        ("待办 全部", Todo("全部")),
        ("todo all", Todo("全部")),
        ("待批", Pending()),
        ("dp", Pending()),
        ("晚单", LateItems()),
        ("late sales", LateItems("sales")),
        ("风险", Risks()),
        ("风险 下周", Risks(Span.NEXT_WEEK)),
        ("risks today", Risks(Span.TODAY)),
        (f"影响图 {CR}", EffectOf(CR)),
        ("yxt", EffectOf("本单")),
        (f"effect {CR}", EffectOf(CR)),
        ("为什么", WhyChanged()),
        ("为什么 最近7天", WhyChanged(7)),
        ("为什么计划又变了", WhyChanged()),
        ("为什么 计划 最近3天", WhyChanged(3)),
        ("why last 2 weeks", WhyChanged(14)),
        ("帮助 全部", Help("all")),
        ("help all", Help("all")),
        ("帮助", Help()),
        ("帮助 改期", Help("move")),
        ("帮助 gsl", Help("qty")),
        ("help impact", Help("impact")),
        ("help me please", Help()),
        ("？", Help()),
        ("", Help()),
        (f"同意 {CR}", Approve(CR)),
        (f"同意{CR}", Approve(CR)),
        ("ty cr20261128001", Approve(CR)),
        ("同意 ＣＲ－２０２６１１２８－００１", Approve(CR)),
        (f"同意 {CR}，可以，辛苦了", Approve(CR, "可以，辛苦了")),
        (f"同意 {CR} 不影响我们", Approve(CR, "不影响我们")),
        (f"approve {CR} fine by us", Approve(CR, "fine by us")),
        ("同意", Approve("本单")),
        ("同意 本单", Approve("本单")),
        ("同意！", Approve("本单")),
        (f"驳回 {CR} 因为 产能不够", Reject(CR, "产能不够")),
        (f"驳回{CR}：产能不够，换下周", Reject(CR, "产能不够，换下周")),
        (f"不同意 {CR} 因为 产能不够", Reject(CR, "产能不够")),
        ("驳回 本单 因为 产能不够", Reject("本单", "产能不够")),
        (f"reject {CR} because no capacity", Reject(CR, "no capacity")),
        (f"撤回 {CR}", Withdraw(CR)),
        (f"ch {CR} 因为 打错了", Withdraw(CR, "打错了")),
        (f"谁知道 {CR}", Acks(CR)),
        (f"谁知道{CR}？", Acks(CR)),
        (f"szd {CR}", Acks(CR)),
        (f"谁知道 {CR} 全部", Acks(CR, True)),
        (f"acks {CR} all", Acks(CR, True)),
        ("谁知道 全部", Acks("本单", True)),
        ("谁知道 032 大家", Acks("#032", True)),
        ("谁知道 本单", Acks("本单")),
    ],
)
def test_a_command_that_writes_no_plan(text: str, command: Command) -> None:
    assert asked(text) == command


@pytest.mark.parametrize(
    "text", [f"同意 {CR} 吗？", f"同意 {CR}?", f"同意 {CR} 不行", f"approve {CR}?", f"驳回 {CR} 吗", f"撤回 {CR}？"]
)
def test_a_question_or_a_no_decides_nothing(text: str) -> None:
    refused = refusal(text)
    assert refused.code == "decision-unclear"
    assert CR in refused.facts["example"]


@pytest.mark.parametrize(
    ("text", "example"),
    [
        ("同意 SO-1042", f"同意 {TODAYS}"),
        ("同意不了", f"同意 {TODAYS}"),
        ("同意 CR-2O261128-0Ol", f"同意 {CR}"),
        ("同意 CR-20261128", f"同意 {TODAYS}"),
        ("谁知道 钢板", f"谁知道 {TODAYS}"),
        ("驳回 那张单 因为 太急", f"驳回 {TODAYS} 因为 太急"),
    ],
)
def test_a_change_is_named_by_its_number(text: str, example: str) -> None:
    refused = refusal(text)
    assert (refused.code, refused.facts["example"]) == ("change-missing", example)


@pytest.mark.parametrize(
    ("text", "example"),
    [
        ("总览 SO-1042", "总览"),
        ("晚单三天吧", "晚单"),
        ("风险很大", "风险"),
        ("risks of MO-1", "risks"),
        ("待批 王五", "待批"),
        ("影响图 CR-20261128-001 推迟2天", "影响图 CR-20261128-001"),
    ],
)
def test_what_is_no_question_of_the_whole_plan_is_not_answered_as_one(text: str, example: str) -> None:
    refused = refusal(text)
    assert (refused.code, refused.facts["example"]) == ("leftover", example)


@pytest.mark.parametrize(
    ("text", "number"),
    [(CR, CR), ("cr 20261128 001", CR), ("CR_20261128_001", CR), ("CR-20261128-0012", "CR-20261128-0012"),
     ("CR-2026-001", None), ("SO-1042", None), (f"{CR}x", None)],
)  # fmt: skip
def test_a_change_number(text: str, number: str | None) -> None:
    assert change_number(text) == number


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("基线", ShowBaselines()),
        ("jx", ShowBaselines()),
        ("基线 双十一", NameBaseline("双十一")),
        ("基线双十一 承诺", NameBaseline("双十一")),
        ("基线 W48 周", NameBaseline("W48", BaselineKind.WEEKLY)),
        ("基线 12月 月度", NameBaseline("12月", BaselineKind.MONTHLY)),
        ("基线 承诺", NameBaseline("承诺")),
        ("baseline Black Friday weekly", NameBaseline("Black-Friday", BaselineKind.WEEKLY)),
        ("基线 上线版本2", NameBaseline("上线版本2")),
        ("基线 V1.0", NameBaseline("V1.0")),
    ],
)
def test_the_plan_as_it_stands_is_given_a_name(text: str, command: NameBaseline | ShowBaselines) -> None:
    assert asked(text) == command


@pytest.mark.parametrize("name", ["12", "第3版", "现在", "now", "v2", "和", "长" * 31])
def test_a_name_that_means_a_revision_is_none(name: str) -> None:
    refused = refusal(f"基线 {name}")
    assert (refused.code, refused.facts["found"]) == ("baseline-name", name)
    assert isinstance(asked(refused.facts["example"]), NameBaseline)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("对比", ()),
        ("对比 1", ("1",)),
        ("对比第3版", ("3",)),
        ("对比 1 现在", ("1", NOW)),
        ("dbi 1到3", ("1", "3")),
        ("对比 第1版和第3版", ("1", "3")),
        ("对比 第 1 版 与 第 3 版", ("1", "3")),
        ("对比 v1 vs v3 生产部", ("1", "3", "生产部")),
        ("对比 导入和现在", ("导入", NOW)),
        ("对比 Q4 的 生产部", ("Q4", "生产部")),
        ("对比 生产部", ("生产部",)),
        ("compare import to now", ("import", NOW)),
        ("compare revision 3 with rev 05 production", ("3", "5", "production")),
    ],
)
def test_two_states_of_the_plan_are_named_in_many_ways(text: str, words: tuple[str, ...]) -> None:
    assert asked(text) == Compare(words)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("影子", ShowShadow()),
        ("影子报告", ShowShadow()),
        ("影子 查看", ShowShadow()),
        ("影子 报告 最近7天", ShowShadow(7)),
        ("影子 最近两周", ShowShadow(14)),
        ("yz 近３天", ShowShadow(3)),
        ("影子 采购部", ShowShadow(place="采购部")),
        ("影子报告 采购部 最近7天", ShowShadow(7, "采购部")),
        ("shadow report purchasing", ShowShadow(place="purchasing")),
        ("shadow", ShowShadow()),
        ("/shadow report last 2 weeks", ShowShadow(14)),
    ],
)
def test_how_the_report_of_shadow_mode_is_asked_for(text: str, command: ShowShadow) -> None:
    assert asked(text) == command


@pytest.mark.parametrize(
    ("text", "example"),
    [("影子 关闭", "影子 报告 最近7天"), ("yz 关闭", "yz 报告 最近7天"), ("shadow off", "shadow report last 7 days")],
)
def test_a_report_that_is_not_understood_is_told_with_the_right_form(text: str, example: str) -> None:
    said = refusal(text)
    assert (said.code, said.facts["found"], said.facts["example"]) == ("shadow-command", text, example)
