"""What a group may read of an item, over both platforms' wires."""

import pytest

from planning.people.organisation import Role
from tests.scenarios.play import Play


@pytest.mark.parametrize(("department", "person"), [("production", "zhang.haifeng"), ("planning", "lin.jing")])
async def test_the_customer_is_not_told_in_a_group_whoever_asks(play: Play, department: str, person: str) -> None:
    """The coordinator may see it, but everybody in the group reads the answer."""
    told = (await play.say(play.room(department), person, "查计划 SO-1042")).splitlines()
    assert "- 客户：＊＊＊（无权查看）" in told
    assert "- 机型：K1" in told, "what is not masked is told"


async def test_one_to_one_the_right_of_the_person_counts(play: Play) -> None:
    """Somebody whom the app writes to alone, and who is neither a coordinator nor an admin."""
    environment = play.stage.service.environment
    single = next(d for d in environment.organisation.departments.values() if d.conversation.startswith("wecom-app:"))
    asker = environment.organisation.people[single.manager]
    assert not asker.roles & {Role.COORDINATOR, Role.ADMIN}
    told = await play.say(play.room(single.id), asker.id, "查计划 SO-1042")
    assert "- 客户：＊＊＊（无权查看）" in told
