"""Whoever refuses a yes is offered the ways to say no of what they can mean, never the yes and nothing beside it."""

import pytest

from handlers.language import Approve, Modify, Reject
from handlers.language.speech.refusing import refused_yes_in
from tests.conversation.world import World

REFUSED = [
    "先别同意", "不批", "先不要批", "别通过", "别批", "先不批", "不能批", "不要同意", "这个不能同意", "我不签",
    "先不过", "批不了", "不太同意", "暂时不批准", "别急着批", "disapprove", "don't approve", "do not approve yet",
    "not approved", "no approval for this one",
]  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
@pytest.mark.parametrize("who", ["han.dong", "zhou.ming"])
def test_a_refused_yes_is_answered_with_the_ways_to_say_no(world: World, who: str, text: str) -> None:
    """To one of these three requests wait, to the other one."""
    came = world.told(who, text).came
    offered = [world.meaning(offer) for offer in came.offers]
    assert came.deeds == []
    assert offered
    assert all(isinstance(one, (Modify, Reject)) for one in offered)
    if who == "zhou.ming":
        assert {type(one) for one in offered} == {Modify, Reject}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("先别同意 003", "要求修改 CR-20261130-003 因为 x"), ("不批 003", "驳回 CR-20261130-003 因为 x"),
        ("003 别通过", "驳回 CR-20261130-003 因为 x"), ("don't approve 003 yet", "要求修改 CR-20261130-003 因为 x"),
    ],
)  # fmt: skip
def test_the_one_named_is_the_one_offered(world: World, text: str, first: str) -> None:
    offers = world.told("han.dong", text).came.offers
    assert world.meaning(offers[0]) == world.meaning(first)
    assert all("CR-20261130-003" in offer for offer in offers)


def test_the_reason_goes_along(world: World) -> None:
    assert world.told("han.dong", "不批 003，产能不够").came.offers[0] == "驳回 CR-20261130-003 因为 产能不够"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("不批，产能不够", "产能不够"), ("不批，这个，产能不够", "产能不够"),
        ("别批。因为 产能不够，等一等", "产能不够，等一等"),
        ("不批， 缺料", None), ("不批，", ""), ("先先先别先先批了吧", ""), ("不批，缺料，缺人手", "缺料，缺人手"),
    ],
)  # fmt: skip
def test_a_reason_stands_behind_a_mark(text: str, why: str | None) -> None:
    """Two signs are none."""
    found = refused_yes_in(text)
    assert (found and text[slice(*found.why)]) == why


@pytest.mark.parametrize("part", ["先", "别", "先别", "别先 ", "please ", "不同意，", "同意", "，", "do not "])
@pytest.mark.parametrize("end", ["", "x", "同意", "\n因为 x", "同意\n"])
def test_words_said_a_thousand_times_are_read_at_once(part: str, end: str) -> None:
    """As when they are said five times; a way back at each of them would not end before the test is stopped."""
    for before in ("", "别", "不同意"):
        often, seldom = (refused_yes_in(before + part * times + end) for times in (1000, 5))
        assert (often is None) == (seldom is None)


@pytest.mark.parametrize("text", ["先别同意", "不批", "don't approve"])
def test_to_whom_nothing_waits_is_told_so(world: World, text: str) -> None:
    came = world.told("gao.jianguo", text).came
    assert (came.refused, came.offers) == ("nothing-waits", ())


@pytest.mark.parametrize("sign", ["👎", "🙅", "🙅🏻‍♂️", "❌", "🚫", "👎🏻", "🙅 👍", "⛔️"])
def test_a_sign_that_is_no_yes_brings_all_three_ways(world: World, sign: str) -> None:
    came = world.told("han.dong", f"同意 CR-20261130-003 {sign}").came
    assert came.deeds == []
    assert [type(world.meaning(offer)) for offer in came.offers] == [Approve, Modify, Reject]


@pytest.mark.parametrize("sign", ["👍🏻", "👍🏿🙏", "👌🏼", "✅"])
def test_a_sign_that_is_a_yes_is_a_remark(world: World, sign: str) -> None:
    came = world.told("han.dong", f"同意 CR-20261130-003 {sign}").came
    assert came.deeds == ["decision.approve"]
