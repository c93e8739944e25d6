"""What is offered to somebody reads back as itself, and names no item, day or number that they did not."""

from datetime import date

import pytest
from hypothesis import example, given, seed, settings
from hypothesis import strategies as st

from cards.question import holes
from handlers.language import Approve, ChangeQuantity, Command, Extend, Move, Revise, SetDuration, WhatIf
from planning.trail.audit import Kind
from tests.conversation.world import World

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
