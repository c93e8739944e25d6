"""Kinds of sentences that people really say, each in words that stand in no table."""

import pytest

from handlers.language import Approve
from planning.trail.audit import Kind
from tests.conversation.table import led_to
from tests.conversation.world import World, without_why

SAID_FIRST = "改期 MO-2432 推迟2天"
WHOLE = f"{SAID_FIRST} 因为 停机"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("推4天", "改期 MO-2432 推迟4天"), ("不对，推三天", "改期 MO-2432 推迟3天"),
        ("改成12-22吧", "改期 MO-2432 到 2026-12-22"),
        ("啊不，是MO-2431", "改期 MO-2431 推迟2天"), ("actually make it 5 days", "改期 MO-2432 推迟5天"),
    ],
)  # fmt: skip
def test_values_alone_are_no_reason(world: World, text: str, meant: str) -> None:
    talk = world.told("zhang.haifeng", SAID_FIRST, text)
    assert talk.came.deeds == []
    assert world.meaning(meant) in [world.meaning(offer) for offer in talk.came.offers]


@pytest.mark.parametrize(
    "text", ["点胶机坏了要修2天", "还是客户那边催得紧", "供应商又晚了3天才发货", "不是我们的问题，来料不良"]
)
def test_a_reason_with_a_number_in_it_is_a_reason(world: World, text: str) -> None:
    talk = world.told("zhang.haifeng", SAID_FIRST, text)
    assert talk.came.deeds == [Kind.DRAFTED]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("不是，应该是MO-2442", "改期 MO-2442 推迟2天"),
        ("刚才那个改4天", "改期 MO-2432 推迟4天"),
        ("说错了，MO-2431推5天", "改期 MO-2431 推迟5天"),
    ],
)  # fmt: skip
def test_the_last_preview_is_put_right(world: World, text: str, meant: str) -> None:
    talk = world.told("zhang.haifeng", WHOLE, text)
    assert talk.came.deeds == []
    assert world.meaning(talk.came.offers[0]) == world.meaning(meant)


ANSWERS = [
    # 一句几个决定 · several decisions in one line
    ("wang.qiang", "3号批了，7号打回去", ["同意 CR-20261130-003", "要求修改 CR-20261130-007 因为 x"]),
    ("wang.qiang", "003可以，012不行", ["同意 CR-20261130-003", "驳回 CR-20261129-012 因为 x"]),
    ("wang.qiang", "12号驳回，3号同意", ["驳回 CR-20261129-012 因为 x", "同意 CR-20261130-003"]),
    # 带条件的同意 · a yes that hangs on something
    ("wang.qiang", "007可以，但是得先让质量看过", ["要求修改 CR-20261130-007 因为 x"]),
    ("wang.qiang", "012没问题，不过要等人手到位", ["要求修改 CR-20261129-012 因为 x"]),
    ("wang.qiang", "003如果采购保证到料我就批", ["要求修改 CR-20261130-003 因为 x"]),
    # 差一点的单号 · codes nearly right
    ("fan.lei", "SO1054推迟两天", ["改期 SO-1045 推迟2天"]),
    ("fan.lei", "M0-2442几号完", ["查计划 MO-2442"]),
    ("fan.lei", "PO342什么时候到", ["查计划 PO-3421"]),
    ("lin.jing", "问一下，2442，是哪天完", ["查计划 MO-2442"]),
    # 说它是什么样的 · requests by what they are
    ("wang.qiang", "改到8号的那张我不同意", ["驳回 CR-20261130-007 因为 x"]),
    ("wang.qiang", "晚3天那张打回去", ["驳回 CR-20261130-003 因为 x", "要求修改 CR-20261130-003 因为 x"]),
    ("wang.qiang", "推1天那张不批", ["驳回 CR-20261129-012 因为 x"]),
    ("wang.qiang", "12号单影响哪些", ["影响图 CR-20261129-012"]),
    ("wang.qiang", "003和007都是啥", ["影响图 CR-20261130-003", "影响图 CR-20261130-007"]),
    ("wang.qiang", "what is 007", ["影响图 CR-20261130-007"]),
    # 打错的命令 · typos of commands
    ("wang.qiang", "童意003", ["同意 CR-20261130-003"]),
    ("fan.lei", "撤灰003", ["撤回 CR-20261130-003"]),
    ("lin.jing", "摧一下007", ["催办 CR-20261130-007"]),
    ("fan.lei", "察计划 SO-1042", ["查计划 SO-1042"]),
    # 日常说的请假 · leaves in everyday words
    ("zhou.ming", "下周三四出差，有事找范磊", ["代理 范磊 2026-12-09~2026-12-10"]),
    ("zhou.ming", "明天调休，让何佳怡顶一下", ["代理 何佳怡 2026-12-01~2026-12-01"]),
    ("zhou.ming", "out of office tmr, Fan Lei covers", ["代理 范磊 2026-12-01~2026-12-01"]),
    # 英文 · English
    ("fan.lei", "pull my request", ["撤回 CR-20261130-003"]),
    ("zhang.haifeng", "push B2 assembly by 2 days", ["改期 MO-2442 推迟2天"]),
    ("sun.yue", "can you shift the relay to 12/18", ["改期 PO-3451 到 2026-12-18"]),
    ("lin.jing", "nudge whoever has 007", ["催办 CR-20261130-007"]),
    # 转告能提的人 · handed on to who may propose
    ("gao.jianguo", "MO-2442推迟两天", ["转告 张海峰 改期 MO-2442 推迟2天"]),
    ("gao.jianguo", "二线保养不要了", ["转告 刘洋 取消 MA-2901"]),
    ("gao.jianguo", "喇叭提前到28号", ["转告 孙悦 改期 PO-3422 到 2026-12-28"]),
    # 相对的日子 · relative days
    ("sun.yue", "PO-3423改到元旦后", ["改期 PO-3423 到 2027-01-04"]),
    ("sun.yue", "PO-3451挪到元旦前", ["改期 PO-3451 到 2026-12-31"]),
    ("sun.yue", "喇叭改到年底", ["改期 PO-3422 到 2026-12-31"]),
    ("sun.yue", "PO-3451的日期应该是0105", ["改期 PO-3451 到 2027-01-05"]),
    ("lin.jing", "生产部冻到12月4号", ["冻结 生产部 2026-11-30~2026-12-04"]),
    # 份额 · shares
    ("sun.yue", "礼盒多订两成", ["改数量 PO-3423 3600"]),
    ("sun.yue", "PO-3442减半", ["改数量 PO-3442 1250"]),
    ("sun.yue", "PO-3422加10%", ["改数量 PO-3422 6600"]),
    # 一句里改口 · put right within one sentence
    ("zhang.haifeng", "MO-2442推两天，说错了，推三天", ["改期 MO-2442 推迟3天"]),
    ("zhang.haifeng", "MO-2432改到20号，不对，22号", ["改期 MO-2432 到 2026-12-22"]),
    ("zhang.haifeng", "2441晚一天，更正，晚两天", ["改期 MO-2441 推迟2天"]),
    # 看齐不齐、有什么不对、打开网页 · what is ready, what is wrong, the pages
    ("zhang.haifeng", "外壳够不够下周做的", ["齐套 下周"]),
    ("gao.jianguo", "今天有哪些不对劲的 列一下异常", ["异常"]),
    ("gao.jianguo", "网页的链接再发我一下", ["链接"]),
    # 说这个机器人不好用 · what is wrong with the bot itself
    ("xu.wenbo", "这卡片按钮点不动", ["反馈 这卡片按钮点不动"]),
    ("xu.wenbo", "the button does nothing", ["反馈 the button does nothing"]),
    # 不归他批 · to somebody who is not asked
    ("gao.jianguo", "都同意了，赶紧办", ["待批"]),
    ("liu.yang", "003 fine by me", ["谁知道 CR-20261130-003"]),
    ("gao.jianguo", "003我同意", ["谁知道 CR-20261130-003"]),
]  # fmt: skip


@pytest.mark.parametrize(("who", "text", "meant"), ANSWERS, ids=[text for _, text, _ in ANSWERS])
def test_what_was_meant_is_a_tap(world: World, who: str, text: str, meant: list[str]) -> None:
    """One of `meant`; of several requests each."""
    came = world.told(who, text).came
    assert came.deeds == []
    offered = [world.meaning(offer) for offer in came.offers]
    wanted = [world.meaning(command) for command in meant]
    assert [one for one in wanted if one in offered], came.offers
    if len({getattr(one, "change_no", "") for one in wanted}) > 1:
        assert all(one in offered for one in wanted), came.offers


@pytest.mark.parametrize(
    ("who", "text", "code"),
    [
        # 没有命令的愿望 · wishes without a command
        ("zhang.haifeng", "B线停了，设备坏了", "not-understood"),
        ("zhang.haifeng", "回流焊坏了等人修", "not-understood"),
        ("zhang.haifeng", "主板贴了七成", "not-understood"), ("zhang.haifeng", "B2组装做完一大半了", "not-understood"),
        ("chen.xia", "继电器到货了，少了两箱", "report-unclear"),
        ("chen.xia", "芯片到了，差不多两千", "not-understood"),
        ("ma.li", "这批外壳先别用，有划伤", "not-understood"), ("ma.li", "把那盘料隔离了", "not-understood"),
        ("xu.wenbo", "别提醒了", "not-understood"),
        # 缺什么问什么 · asked back
        ("sun.yue", "3423改到上周三", "day-gone"), ("sun.yue", "3451改到昨天吧", "day-gone"),
        ("sun.yue", "喇叭挪到上周五", "day-gone"), ("sun.yue", "外壳好几天以后才到", "day-vague"),
        ("sun.yue", "PO-3451七八天之后才有货", "day-vague"), ("sun.yue", "继电器十几天后到", "day-vague"),
        ("zhang.haifeng", "B2少做几十副", "amount-vague"), ("zhang.haifeng", "B2多做百来副", "amount-vague"),
        ("sun.yue", "PO-3442多订好几百套", "amount-vague"), ("zhou.ming", "我请假", "leave-missing"),
        ("zhou.ming", "我要请假", "leave-missing"), ("zhou.ming", "请假。", "leave-missing"),
        ("sun.yue", "供应商说15号交，帮他改", "object-missing"),
        # 不归他决定 · not theirs to decide
        ("fan.lei", "同已003", "not-an-approver"), ("fan.lei", "同艺3号单", "not-an-approver"),
        ("liu.yang", "驳会003", "not-an-approver"),
        # 两件事 · two things, of requests by their last digits
        ("wang.qiang", "驳回 012，催办 007", "two-commands"), ("wang.qiang", "驳回 012 太晚，同意 007", "two-commands"),
        ("wang.qiang", "reject 012 and remind Zhou Ming on 007", "two-commands"),
        ("fan.lei", "撤回 003，催办 007", "two-commands"), ("wang.qiang", "转交 003 韩冬，同意 007", "two-commands"),
    ],
)  # fmt: skip
def test_it_is_said_or_asked_back(world: World, who: str, text: str, code: str) -> None:
    came = world.told(who, text).came
    assert (came.refused, came.deeds) == (code, []), (came.offers, came.told)
    if code in ("day-gone", "day-vague", "amount-vague", "leave-missing", "object-missing"):
        assert led_to(came) == "question"
        assert [offer for offer in came.offers if "<" in offer]


@pytest.mark.parametrize("text", ["003没意见，不过得先备料", "012 ok as long as QA agrees", "如果有料，003就同意"])
def test_a_condition_is_offered_no_yes(world: World, text: str) -> None:
    offers = world.told("wang.qiang", text).came.offers
    assert not [offer for offer in offers if isinstance(world.meaning(offer), Approve)]


def test_what_is_offered_beside_another_command_gives_no_reason_of_its_own(world: World) -> None:
    offers = world.told("wang.qiang", "驳回 012，同意 007").came.offers
    assert offers == ("驳回 CR-20261129-012", "同意 CR-20261130-007")


@pytest.mark.parametrize(
    ("who", "text"),
    [
        ("lin.jing", "财务的先解冻"), ("lin.jing", "上周范磊改的那条撤销掉"), ("lin.jing", "SO-1099往后放两天"),
        ("fan.lei", "PO-3477不要了"),
    ],
)  # fmt: skip
def test_nothing_else_is_offered_for_it(world: World, who: str, text: str) -> None:
    """Neither somebody else's change, nor an item whose code differs in more than a slip."""
    offers = " ".join(world.told(who, text).came.offers)
    assert "CR-20261130-008" not in offers
    assert not [code for code in ("PO-3471", "PO-3472", "SO-1042", "PO-3421") if code in offers]


ABOUT = [
    ("PO-3423 三四天后到", ["改期 PO-3423 到 2026-12-03", "改期 PO-3423 到 2026-12-04"]),
    ("改期 PO-3423 三四天后", ["改期 PO-3423 推迟3天", "改期 PO-3423 推迟4天", "改期 PO-3423 到 2026-12-03"]),
    ("改期 PO-3423 到 三四天以后 因为 停机", ["改期 PO-3423 推迟3天", "改期 PO-3423 推迟4天"]),
    ("三四天后 PO-3423 才能到", ["改期 PO-3423 到 2026-12-03", "改期 PO-3423 到 2026-12-04"]),
    ("外壳七八天后到", ["改期 PO-3442 到 2026-12-07", "改期 PO-3442 到 2026-12-08"]),
    ("PO-3451 一两周后才有货", ["改期 PO-3451 到 2026-12-07", "改期 PO-3451 到 2026-12-14"]),
    ("move PO-3423 in 3-4 days", ["改期 PO-3423 推迟3天", "改期 PO-3423 推迟4天"]),
    ("改期 PO-3423 推迟两三天", ["改期 PO-3423 推迟2天", "改期 PO-3423 推迟3天"]),
    ("PO-3423 推个几天", ["改期 PO-3423 推迟3天", "改期 PO-3423 推迟5天"]),
    ("PO-3423 能不能晚几天", ["改期 PO-3423 推迟3天", "改期 PO-3423 推迟5天"]),
    ("PO-3423 多订三五百", ["改数量 PO-3423 +300", "改数量 PO-3423 +500"]),
    ("改数量 PO-3423 加三五个", ["改数量 PO-3423 +3个", "改数量 PO-3423 +5个"]),
]


@pytest.mark.parametrize("room", ["", "wecom-app:sunyue"])
@pytest.mark.parametrize(("text", "meant"), ABOUT, ids=[text for text, _ in ABOUT])
def test_an_approximate_number_is_asked_back_with_the_two(world: World, room: str, text: str, meant: list[str]) -> None:
    person = world.environment.organisation.people["sun.yue"]
    came = world.told("sun.yue", text, room=room and f"wecom-app:{person.identities['wecom']}").came
    assert (came.deeds, came.done) == ([], None)
    assert set(map(world.meaning, meant)) <= set(map(world.meaning, came.offers)), came.offers


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("冻结 生产部 两三天", ["冻结 生产部 2026-11-30~2026-12-01", "冻结 生产部 2026-11-30~2026-12-02"]),
        ("代理 范磊 三四天", ["代理 范磊 2026-11-30~2026-12-02", "代理 范磊 2026-11-30~2026-12-03"]),
        ("我要请假三四天", ["代理 2026-11-30~2026-12-02", "代理 2026-11-30~2026-12-03"]),
    ],
)  # fmt: skip
def test_so_many_days_from_today_are_offered(world: World, text: str, meant: list[str]) -> None:
    offers = world.told("lin.jing", text).came.offers
    assert set(map(world.meaning, meant)) <= set(map(world.meaning, offers)), offers
    assert [offer for offer in offers if "<起~止>" in offer]


def test_how_many_days_is_asked_of_the_item_just_previewed(world: World) -> None:
    first = "改期 PO-3423 推迟2天 因为 停机"
    asked = world.told("sun.yue", first, "晚几天吧").came
    assert asked.refused == "shift-vague"
    assert asked.offers[-1] == "改期 PO-3423 推迟 <天数>"
    told = world.told("sun.yue", first, "晚几天吧", "4天").came
    assert world.meaning(told.offers[0]) == world.meaning("改期 PO-3423 推迟4天")


@pytest.mark.parametrize("text", ["晚几天", "晚几天吧", "推迟几天", "早几天", "a few days later"])
def test_how_many_days_of_what_is_asked_where_nothing_was_spoken_of(world: World, text: str) -> None:
    came = world.told("sun.yue", text).came
    assert (came.refused, came.deeds) == ("object-missing", [])
    assert ["<单号>" in offer for offer in came.offers] == [True]
    told = world.told("sun.yue", text, "PO-3423").came
    assert [offer.split()[1] for offer in told.offers] == ["PO-3423", "PO-3423"]


@pytest.mark.parametrize(
    ("who", "text", "done"),
    [
        ("han.dong", "影响图 3", "影响图 CR-20261130-003"), ("han.dong", "同意 3", "同意 CR-20261130-003"),
        ("lin.jing", "催办 12", "催办 CR-20261129-012"), ("fan.lei", "撤回 3", "撤回 CR-20261130-003"),
        ("lin.jing", "延长 3 1天", "延长 CR-20261130-003 1天"), ("lin.jing", "谁知道 3", "谁知道 CR-20261130-003"),
        ("han.dong", "转交 3 王强", "转交 CR-20261130-003 王强"), ("lin.jing", "延长 1天", "延长 CR-20261130-003 1天"),
    ],
)  # fmt: skip
def test_one_or_two_digits_are_enough_where_they_mean_one(world: World, who: str, text: str, done: str) -> None:
    command = world.told(who, text).came.done
    assert command is not None
    assert without_why(command) == world.meaning(done)


@pytest.mark.parametrize("text", ["驳回 3、7 因为 太晚", "驳回 003 和 007 因为 太晚", "同意 3 和 7"])
def test_two_short_numbers_are_a_button_each(world: World, text: str) -> None:
    came = world.told("han.dong", text).came
    assert (came.deeds, came.refused) == ([], "several-changes")
    assert [offer.split()[1] for offer in came.offers] == ["CR-20261130-003", "CR-20261130-007"]


@pytest.mark.parametrize("text", ["应该没什么大问题吧", "问题不大", "我看可以", "没啥意见", "应该能行吧"])
def test_a_yes_only_hinted_at_is_asked_of_which(world: World, text: str) -> None:
    came = world.told("wang.qiang", text).came
    assert (came.deeds, came.refused) == ([], "which-change")
    assert {type(world.meaning(offer)) for offer in came.offers} == {Approve}
    assert world.told("gao.jianguo", text).came.offers == ()


@pytest.mark.parametrize(
    ("who", "text", "offered"),
    [
        ("zhang.haifeng", "推迟3天", "修改 CR-20261129-012 改期 MO-2442 推迟3天"),
        ("zhang.haifeng", "再缓两天嘛", "修改 CR-20261129-012 改期 MO-2442 推迟2天"),
        ("liu.yang", "推迟3天", "改期 <单号> 推迟3天"), ("liu.yang", "能不能晚两天", "改期 <单号> 推迟2天"),
        ("liu.yang", "提前一周", "改期 <单号> 提前7个自然日"),

    ],
)  # fmt: skip
def test_a_shift_of_nothing_named_is_asked_of_what(world: World, who: str, text: str, offered: str) -> None:
    came = world.told(who, text).came
    assert (came.deeds, came.refused) == ([], "object-missing")
    assert came.offers[0] == offered


@pytest.mark.parametrize("text", ["先放放", "先缓一缓吧", "这个往后放一放"])
def test_until_when_is_asked(world: World, text: str) -> None:
    quoted = "通盘：QA-4442 B2 成品检验 12-07"
    assert world.told("ma.li", text, quoted=quoted).came.offers == ("改期 QA-4442 <日期>",)
    assert world.told("xu.wenbo", text, quoted=quoted).came.offers == ("转告 马丽 改期 QA-4442 <日期>",)


def test_who_may_not_is_told_so_rather_than_offered_something_else(world: World) -> None:
    assert world.told("xu.wenbo", "存一个").came.refused == "may-not-name"
