"""What a change request costs on the platforms, from its preview to its effect: a card and one redraw for each
conversation (rule K6). The simulated platforms count."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from planning.change.change import ChangeState
from tests.scenarios.play import written
from tests.scenarios.rooms import APP, DINGTALK, WECOM, Cost, Rooms, rooms

MIXED = "mixed"


def platforms(kind: str, count: int) -> list[str]:
    if kind != MIXED:
        return [kind] * count
    return Random(count).choices((DINGTALK, WECOM, APP), k=count)


@pytest.mark.parametrize("count", range(1, 9))
@pytest.mark.parametrize("kind", [DINGTALK, WECOM, MIXED])
async def test_a_card_and_one_redraw_for_each_conversation(tmp_path: Path, kind: str, count: int) -> None:
    wanted = platforms(kind, count)
    async with rooms(wanted, tmp_path) as set_up:
        cost = await set_up.cost(seed=count)
        assert (await set_up.change()).state is ChangeState.APPLIED
        assert cost.texts == 0
        assert_within(cost, wanted)
        assert_nothing_is_asked_any_more(set_up)


@pytest.mark.parametrize("kind", [DINGTALK, WECOM, MIXED])
async def test_who_types_is_answered_and_the_card_waits_for_its_end(tmp_path: Path, kind: str) -> None:
    """The answer to what was typed is a message of its own; no card is drawn for it."""
    wanted, typed = platforms(kind, 5), 3
    async with rooms(wanted, tmp_path) as set_up:
        cost = await set_up.cost(seed=5, typed=typed)
        assert cost.texts == typed
        assert_within(cost, wanted)
        assert_nothing_is_asked_any_more(set_up)


@pytest.mark.parametrize("kind", [DINGTALK, WECOM, MIXED])
async def test_who_is_only_told_gets_one_card(tmp_path: Path, kind: str) -> None:
    wanted = platforms(kind, 5)
    async with rooms(wanted, tmp_path, is_asked=False) as set_up:
        cost = await set_up.cost(seed=5)
        assert cost.calls <= wanted.count(DINGTALK) + 1 + cost.missed, "the proposer's colleagues see how it ended"
        assert max(cost.messages.values(), default=0) <= 1 + cost.missed
        assert_nothing_is_asked_any_more(set_up)


@pytest.mark.parametrize("count", [1, 2, 5])
async def test_a_group_on_wecom_that_proposes_and_is_asked_has_one_card(tmp_path: Path, count: int) -> None:
    wanted = platforms(WECOM, count)
    async with rooms(wanted, tmp_path, is_own=True) as set_up:
        cost = await set_up.cost(seed=count)
        assert (await set_up.change()).state is ChangeState.APPLIED
        assert_within(cost, wanted)
        assert_nothing_is_asked_any_more(set_up)


def assert_within(cost: Cost, wanted: Sequence[str]) -> None:
    assert cost.calls <= 2 * wanted.count(DINGTALK) + cost.missed
    assert max(cost.messages.values(), default=0) <= 2 + cost.missed


def assert_nothing_is_asked_any_more(set_up: Rooms) -> None:
    """Of anybody in a conversation: whoever pressed, and whoever only looks on."""
    assert set_up.world.refusals == []
    for key in set_up.keys:
        for person in set_up.world.conversations[key].members:
            face = set_up.shown(key).face(person)
            assert not {"同意", "驳回", "提交"} & {button.text for button in face.buttons}
            assert "已生效" in written(face), f"{person} in {key}"
