"""Edge cases of the domain (part 5) that no other test names, and what the state machine found."""

from cards.action import Verb
from planning.change import ChangeState
from storage.cards import Purpose
from tests.handlers.company import Company


async def test_a_button_made_up_for_a_card_of_another_kind_is_refused(company: Company) -> None:
    """Found by the machine: a card that asks has nothing to settle."""
    no = await company.proposes("han")
    asking = await company.card(no, Purpose.APPROVAL, "production")
    shown = await company.press("wang", asking, Verb.SETTLE, "theirs")
    assert shown.summary == "这张卡片不是通盘发出的，或者已经失效。计划没有改动。"
    assert (await company.change(no)).state is ChangeState.IN_APPROVAL
