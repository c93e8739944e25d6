"""同意 and what may follow it: a remark. Whatever else is said beside it decides nothing, and is given the ways on."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.language import Approve, Modify, Reject, Transfer, Withdraw
from handlers.language.commands.remarks import is_remark
from tests.handlers.language import asked, refusal

NO, OTHER = "CR-20261128-001", "CR-20261128-002"

REMARKS = """
辛苦了|大家辛苦了|辛苦啦|没问题|没有问题|没意见|没什么意见
无异议|我部无异议|生产部没问题|我们没问题|本部门同意|完全同意|同意|支持
OK|ok|OK，没问题|OK, thanks|ok👍|👍|👍🏻|[OK]|[赞]|🙏|好|好的|好的，辛苦了|好的没问题
行|可以|可行|合理|通过|收到|收到了|收到，谢谢
知道了|知悉|已阅|请知悉|谢谢|感谢大家|按此执行|就按此执行|好的，按此执行|可以执行|执行吧
照办|就这样吧|按计划执行|请大家按新计划执行
请采购跟进|收到请采购跟进|没问题，请采购跟进|请采购部尽快跟进|请采购、仓库跟进|请王五跟进|@王五 请跟进
麻烦仓库备料|请尽快安排|请各部门配合
备件已催|物料已到|客户已确认|产能够|不影响我们|！|。
fine|fine by us|no problem|no objection|no objections from our side|looks good to me|lgtm|noted, thanks|agreed|go ahead
please proceed|thank you all|purchasing please follow up|yes|well done
""".replace("\n", "|").strip("|").split("|")

NONE = """
但改到12-31|可以，但要周五前到|OK 但是要先备料|不过要快|前提是采购先到料
前提条件见邮件|如果客户同意|客户同意的话|除非|要是能提前|假如
等采购到料|采购到料后|采购到料后执行|到料再执行|客户确认后执行|收到物料执行|收到料执行|收到采购通知执行|收到就按此执行|客户没意见可以执行
物料到位执行|客户同意就按此执行|客户确认|请客户确认|物料到位|产能允许|条件允许|采购不配合|才行|就行
是不可能的|不行|不|没同意|不同意|不太行|不可以|有问题|有异议|有条件|同意才怪|随便|无所谓|算了|呵呵|勉强|保留意见
暂时|先这样|暂缓|先做|请先跟进|下不为例|仅限这次|只同意2天|部分同意|原则上|基本同意|应该可以|也许|可能|尽量|争取|好像可以
后天再说|再议|另议|再考虑|考虑一下|请慎重考虑|待定|待确认|等一下|稍等|面谈|慢
12-05|明天执行|下周|周五|请周五跟进|请年底跟进|请明天跟进|推迟2天|提前|推迟|加急|减半|3000|三千件|+2天|最多两天|一半|首批|分批
建议|建议改到下周|建议再议|吗|？|没问题吗|没问题吧|可以吧|行不行|好不好|确定吗
👎|❌|🙅|🤔|👍👎|@王五 不同意|@王五但是|驳回|请驳回|撤回|别执行|务必保证交期|确保不延期
not yet|not|no|no way|never|but later|ok but|ok if|if the parts come|only this once|unless|until Friday
later|after Friday
by Friday|tomorrow|maybe|perhaps|fine for now|in principle|pending parts|subject to parts
provided parts arrive|with changes
once parts arrive|when ready|100 pcs|half|2 days|ok?|okay not|don't|reject|no objections but|ok unless late
""".replace("\n", "|").strip("|").split("|")


@pytest.mark.parametrize("words", REMARKS)
def test_a_remark_changes_nothing_of_a_yes(words: str) -> None:
    glued = "" if words[0] > "z" else " "
    for said in (f"同意 {NO} {words}", f"同意 {NO}，{words}", f"追认 {NO}{glued}{words}", f"approve {NO} {words}"):
        command = asked(said)
        assert isinstance(command, Approve)
        assert command.change_no == NO


@pytest.mark.parametrize("words", NONE)
def test_whatever_else_decides_nothing(words: str) -> None:
    for said in (f"同意 {NO} {words}", f"同意 {NO}，{words}", f"批准 {NO} 没问题，{words}", f"approve {NO} {words}"):
        assert refusal(said).code in ("approval-unclear", "decision-unclear")


@pytest.mark.parametrize("reason", ["客户急", "设备故障", "客户要求", "产能够", "没问题", "the customer asked"])
def test_a_plain_reason_is_a_remark(reason: str) -> None:
    assert asked(f"同意 {NO} 因为 {reason}") == Approve(NO, reason)


@pytest.mark.parametrize("reason", [*NONE, f"{OTHER} 已撤回"])
def test_a_reason_is_checked_the_same_way(reason: str) -> None:
    assert refusal(f"同意 {NO} 因为 {reason}").code == "approval-unclear"


@pytest.mark.parametrize("sign", ["❌", "👎", "🤔", "? ", "👍👎"])
def test_a_sign_in_front_counts(sign: str) -> None:
    assert refusal(f"{sign}同意 {NO}").code == "approval-unclear"


@pytest.mark.parametrize("mark", ["/", "、", "1. ", "- ", "👍", "✅ "])
def test_a_mark_in_front_says_nothing(mark: str) -> None:
    assert asked(f"{mark}同意 {NO}") == Approve(NO)


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        (
            f"同意 {NO}，但改到12-31",
            (f"同意 {NO}", f"要求修改 {NO} 因为 改到12-31", f"驳回 {NO} 因为 但改到12-31"),
        ),
        (
            f"追认 {NO} 前提是采购先到料",
            (f"追认 {NO}", f"要求修改 {NO} 因为 前提是采购先到料", f"驳回 {NO} 因为 前提是采购先到料"),
        ),
        (
            f"approve {NO} not yet",
            (f"approve {NO}", f"modify {NO} because not yet", f"reject {NO} because not yet"),
        ),
        (f"同意 {NO} 👎", (f"同意 {NO}", f"要求修改 {NO}", f"驳回 {NO}")),
        (f"同意 {NO} 🙅🏻", (f"同意 {NO}", f"要求修改 {NO}", f"驳回 {NO}")),
        (f"approve {NO} ❌", (f"approve {NO}", f"modify {NO}", f"reject {NO}")),
        (f"同意 {NO} 吗？", (f"同意 {NO}", f"要求修改 {NO}", f"驳回 {NO}")),
        (f"同意 {NO} 不行", (f"同意 {NO}", f"要求修改 {NO} 因为 不行", f"驳回 {NO} 因为 不行")),
        (f"同意不了 {NO}", (f"要求修改 {NO} 因为 不了", f"驳回 {NO} 因为 不了")),
        (f"approve never {NO}", (f"modify {NO} because never", f"reject {NO} because never")),
    ],
)
def test_the_ways_on_are_offered(text: str, offers: tuple[str, ...]) -> None:
    assert refusal(text).offers == offers
    for offer in offers:
        asked(f"{offer} 因为 x" if offer.endswith(NO) and offer.split()[0] not in YES else offer)


# several requests

EACH = [
    ("同意 {}、{}", "同意 {}"),
    ("同意 {} {}", "同意 {}"),
    ("approve {} and {}", "approve {}"),
    ("驳回 {} 和 {} 因为 太晚", "驳回 {} 因为 太晚"),
    ("驳回 {}，{} 太晚", "驳回 {} 太晚"),
    ("撤回 {},{}", "撤回 {}"),
    ("要求修改 {}/{} 因为 请改到 12-08", "要求修改 {} 因为 请改到 12-08"),
    ("转交 {} {} 给 李娜", "转交 {} 给 李娜"),
    ("转交 李娜 {} {}", "转交 {} 李娜"),
    ("催办 {} {}", "催办 {}"),
    ("延长 {} 与 {} 2天", "延长 {} 2天"),
    ("撤销 {}；{} 因为 弄错了", "撤销 {} 因为 弄错了"),
    ("谁知道 {} {}", "谁知道 {}"),
]


@pytest.mark.parametrize(("said", "each"), EACH)
def test_of_several_requests_each_is_offered_and_none_done(said: str, each: str) -> None:
    refused = refusal(said.format(NO, OTHER))
    assert refused.code == "several-changes"
    assert refused.offers == (each.format(NO), each.format(OTHER))
    for offer in refused.offers:
        asked(offer)


@pytest.mark.parametrize("said", [f"同意 {NO}、002", f"同意 {NO}和002", f"同意 {NO}/002。"])
def test_a_further_one_may_be_named_by_its_end(said: str) -> None:
    assert refusal(said).offers == (f"同意 {NO}", f"同意 {OTHER}")


@pytest.mark.parametrize(
    ("said", "offers"),
    [
        ("驳回 003、007 因为 产能不够", ("驳回 003 因为 产能不够", "驳回 007 因为 产能不够")),
        ("驳回 3 和 7 因为 产能不够", ("驳回 3 因为 产能不够", "驳回 7 因为 产能不够")),
        ("撤回 003 007", ("撤回 003", "撤回 007")),
        ("同意 3、12", ("同意 3", "同意 12")),
        ("approve 3 and 7", ("approve 3", "approve 7")),
        ("转交 003、007 王强", ("转交 003 王强", "转交 007 王强")),
        (f"同意 {NO}、2", (f"同意 {NO}", f"同意 {OTHER}")),
    ],
)
def test_several_named_by_their_ends_are_several(said: str, offers: tuple[str, ...]) -> None:
    refused = refusal(said)
    assert (refused.code, refused.offers) == ("several-changes", offers)


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("同意 3", Approve("#3")), ("同意 03", Approve("#03")), ("同意 12 没问题", Approve("#12", "没问题")),
        ("驳回 3 因为 太晚", Reject("#3", "太晚")), ("撤回 3 弄错了", Withdraw("#3", "弄错了")),
        ("转交 3 李娜", Transfer("#3", "李娜")), ("转交 12 给李娜", Transfer("#12", "李娜")),
        ("要求修改 3 请改到 12-08", Modify("#3", "请改到 12-08")), ("转交 李娜 7", Transfer("#7", "李娜")),
        ("转交 李娜 007号单", Transfer("#007", "李娜")),
    ],
)
def test_one_or_two_digits_are_a_number(said: str, command: object) -> None:
    assert asked(said) == command


@pytest.mark.parametrize(
    "said", ["同意 3天", "同意 3 天", "同意 3台", "同意 300 台", "同意 3.5", "同意 12-05", "同意 3+2天"]
)
def test_what_counts_something_is_no_number(said: str) -> None:
    assert refusal(said).code in ("change-missing", "approval-unclear")


def test_each_keeps_the_words_that_are_its_own() -> None:
    assert refusal(f"驳回 {NO} 太晚，{OTHER} 太早").offers == (f"驳回 {NO} 太晚", f"驳回 {OTHER} 太早")


def test_a_name_may_stand_before_the_number() -> None:
    assert asked(f"转交 李娜 {NO}") == Transfer(NO, "李娜")


# generated

YES = ["同意", "批准", "追认", "通过", "ty", "approve", "✅同意"]
NEGATIONS = "不 没 别 未 无法 不是 不能 不要 没有 not never nope don't 👎 ❌".split()
CONDITIONS = (
    "但 但是 不过 如果 若 前提 除非 的话 等 先 再 才 只 仅 后 之前 暂 待 "
    "but if unless only until when once after later provided"
).split()
NUMBERS = "12-31 3000 三千 2天 两天 下周三 月底 明天 5号 +500件 一半 Friday 推迟 提前 建议".split()
SECOND = [OTHER, "CR-20261127-009", "cr20261128003", "、002"]
PLAIN = [*"没问题 辛苦了 客户 采购 请 跟进 执行 物料 到位 好的 ok 的 了 ， 。".split(), " ", " "]


@settings(deadline=None, max_examples=400)
@given(
    st.sampled_from(YES),
    st.lists(st.sampled_from(PLAIN), max_size=4),
    st.sampled_from([*NEGATIONS, *CONDITIONS, *NUMBERS, *SECOND]),
    st.lists(st.sampled_from(PLAIN), max_size=4),
    st.sampled_from(["", " ", "，", " 因为 "]),
    st.sampled_from([NO, "3", "003", "12号单"]),
)
def test_no_decision_is_made_by_a_condition_a_no_a_number_or_a_second_request(
    yes: str, before: list[str], piece: str, after: list[str], between: str, no: str
) -> None:
    said = f"{yes} {no}{between or ' '}{''.join(before)} {piece} {''.join(after)}"
    glued = f"{yes} {no}{between}{''.join(before)}{piece}{''.join(after)}"
    assert refusal(said).offers, "there is always a way on"
    assert refusal(glued)


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=30))
def test_hardly_anything_is_a_remark(words: str) -> None:
    if is_remark(words):
        assert not any(c.isdigit() for c in words)
        assert "?" not in words
        assert "？" not in words
