"""A step that is handed on to a department is handed on to a person of it, or to one who may have it."""

import pytest

from tests.conversation.world import World


@pytest.mark.parametrize("text", ["转交 003 采购部", "转交 003 给采购部", "转交 CR-20261130-003 采购"])
def test_another_department_may_not_have_it(world: World, text: str) -> None:
    came = world.told("han.dong", text).came
    assert (came.deeds, came.refused) == ([], "transfer-to-whom")
    assert came.offers == ("转交 CR-20261130-003 王强", "转交 CR-20261130-003 林静")


def test_of_the_own_department_the_others_who_may(world: World) -> None:
    assert world.told("han.dong", "转交 003 生产部").came.offers == ("转交 CR-20261130-003 王强",)
