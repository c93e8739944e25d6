"""What is offered to somebody reads back as itself, and names no item, day or number that they did not."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import example, given, seed, settings
from hypothesis import strategies as st

from cards.question import holes
from handlers.language import Approve, ChangeQuantity, Command, Extend, Move, Revise, SetDuration, WhatIf
from planning.trail.audit import Kind
from tests.conversation.world import World

CHANGE = re.compile(r"CR-\d{8}-\d{3}")
ITEM = re.compile(r"\b(?!CR-)[A-Z]{2}-\d{4}\b")
CODES = ["MO-2432", "PO-3901", "DL-6451", "SO-1045"]
SPELLINGS = [str, str.lower]
BEFORE = ["", "麻烦", "那个", "客户说", "please ", "帮我把", "唉，", "@通盘 "]
LENGTHS = {"两天": 2, "3天": 3, "十天": 10, "4个工作日": 4, "5 days": 5, "12天": 12}
DAYS = {
    "12-18": date(2026, 12, 18), "12月22号": date(2026, 12, 22), "下周五": date(2026, 12, 11),
    "1月8日": date(2027, 1, 8),
}  # fmt: skip
AMOUNTS = {"3000": 3000, "六千五百": 6500, "1万2": 12000, "800": 800}
LATER = [
    "晚{}", "能不能推迟{}", "往后拖{}吧", "要拖{}", "推{}行不行", "得延{}", "先缓{}", "push {}", "提前{}", "早{}可以吗",
]  # fmt: skip
TO = ["改到{}", "挪到{}吧", "{}才行", "排到{}", "拖到{}了", "能不能到{}", "move to {}"]
AMOUNT = ["改成{}", "做{}就行", "加到{}吧", "数量应该是{}", "qty {}"]
AFTER = ["", "，客户催", " 因为 停机", "，谢谢", "！", " pls"]


def sentence(ways: list[str], values: dict[str, object]) -> st.SearchStrategy[tuple[str, str, object]]:
    def said(before: str, code: str, spelling: object, way: str, value: str, after: str) -> tuple[str, str, object]:
        return f"{before}{spelling(code)} {way.format(value)}{after}", code, values[value]  # type: ignore[operator]

    pick = st.sampled_from
    return st.builds(said, pick(BEFORE), pick(CODES), pick(SPELLINGS), pick(ways), pick(list(values)), pick(AFTER))


SENTENCES = st.one_of(sentence(LATER, {**LENGTHS}), sentence(TO, {**DAYS}), sentence(AMOUNT, {**AMOUNTS}))


@seed(9)
@settings(deadline=None, max_examples=120)
@given(SENTENCES)
@example(("push MO-2432 by like 3-4 days", "MO-2432", 3))
@example(("PO-3901推到2月30号", "PO-3901", None))
def test_an_offer_names_what_was_said_and_reads_back(world: World, said: tuple[str, str, object]) -> None:
    text, code, value = said
    came = world.told("lin.jing", text).came
    assert came.deeds in ([], [Kind.DRAFTED])
    for offer in came.offers:
        command = world.meaning(offer, bare=False)
        assert command is not None, offer
        spelt = world.environment.commands.vocabulary.spell(command)
        assert world.meaning(spelt, bare=False) == command
        if holes(offer):
            continue  # what stands in it is still to be said
        assert _names(command, code, value), (text, offer)


def _names(command: Command, code: str, value: object) -> bool:
    inner = command.inner if isinstance(command, (WhatIf, Revise)) else command
    if _bare(getattr(inner, "item", code)) != _bare(code):
        return False
    match inner:
        case Move(to=to, shift=shift):
            return to == value if to else abs(shift or 0) in _lengths(value)
        case ChangeQuantity(amount=amount):
            return amount == value
        case SetDuration(days=days):
            return days in _lengths(value)
    return True


REQUESTS = {"CR-20261130-003": "SO-1042", "CR-20261130-007": "PO-3442", "CR-20261129-012": "MO-2442"}
"""The open ones, and the item of each."""
OF_A_REQUEST = [
    "{}我没意见", "{}先放一放", "{} 到底行不行", "{}批一下吧", "{}打回去", "{}为什么要这么改", "{}谁还没回",
    "{}帮我催催", "{}这张不对劲", "{}能不能晚一天再决定", "{}给王强看看", "{}撤了吧", "{}影响谁",
    "about {} pls", "{} too late for us", "{}再等等",
]  # fmt: skip
OF_AN_ITEM = [
    "{}怎么回事", "{}晚两天行吗", "{}谁改的", "{}到哪一步了", "{}多做50个", "{}不做了", "{}先冻住", "{}还来得及吗",
    "{}影响谁", "what about {}", "{}做完了300", "{}停了", "别动{}", "{}跟昨天比变了没",
]  # fmt: skip


def _spellings(no: str) -> list[str]:
    number = int(no[-3:])
    return [no, f"{number:03d}", f"{number}号单", no.lower(), f"no. {number:03d} "]


@seed(9)
@settings(deadline=None, max_examples=50)
@given(
    st.sampled_from(list(REQUESTS)), st.integers(0, 4), st.sampled_from(OF_A_REQUEST),
    st.sampled_from(["lin.jing", "han.dong", "fan.lei", "wang.qiang"]),
)  # fmt: skip
@example("CR-20261130-003", 1, "影响图 {}", "han.dong")
@example("CR-20261130-007", 0, "{} 改到12-05吧", "han.dong")
def test_no_other_request_is_offered_than_the_one_named(world: World, no: str, way: int, text: str, who: str) -> None:
    said = text.format(_spellings(no)[way])
    for offer in world.told(who, said).came.offers:
        assert _about(offer, CHANGE) <= {no}, (said, offer)
        assert _about(offer, ITEM) <= {REQUESTS[no]}, (said, offer)


@seed(9)
@settings(deadline=None, max_examples=50)
@given(
    st.sampled_from([*CODES, *REQUESTS.values()]), st.sampled_from(SPELLINGS), st.sampled_from(OF_AN_ITEM),
    st.sampled_from(["lin.jing", "zhang.haifeng", "sun.yue", "gao.jianguo"]),
)  # fmt: skip
def test_no_other_item_is_offered_than_the_one_named(
    world: World, code: str, spelling: Callable[[str], str], text: str, who: str
) -> None:
    said = text.format(spelling(code))
    for offer in world.told(who, said).came.offers:
        assert _about(offer, ITEM) <= {code}, (said, offer)
        assert all(REQUESTS[no] == code for no in _about(offer, CHANGE)), (said, offer)


def _about(offer: str, pattern: re.Pattern[str]) -> set[str]:
    """What it is about; a reason may speak of anything."""
    return set(pattern.findall(re.split(" 因为 | because ", offer)[0]))


def _bare(code: str) -> str:
    """The code however it is written: the plan knows it."""
    return "".join(c for c in code.upper() if c.isalnum())


def _lengths(value: object) -> tuple[object, ...]:
    """About three or four days are either."""
    return (3, 4) if value == 3 else (value,)


@pytest.mark.parametrize(
    ("who", "text"),
    [
        ("gao.jianguo", "三张我都同意，快点办"), ("lin.jing", "3号单过了，7号单也过了"), ("fan.lei", "同易003"),
        ("wang.qiang", "030批了"), ("liu.yang", "need till Wed on 003 pls"), ("fan.lei", "把007撤了吧"),
    ],
)  # fmt: skip
def test_what_somebody_may_not_do_is_not_offered(world: World, who: str, text: str) -> None:
    for offer in world.told(who, text).came.offers:
        command = world.meaning(offer)
        assert not isinstance(command, (Approve, Extend)), offer
        assert not offer.startswith("撤回 CR-20261130-007")
