"""The plan of an event from what stands in it: conversation, card, name, quotation, person."""

from dataclasses import dataclass, replace

import pytest

from bot.plans.router import PlanRouter
from handlers.events import Clicked, Said
from handlers.turn import Environment
from planning.people.organisation import Organisation
from tests.handlers.office import environment
from tests.small_company import NOW

BOTH = "dingtalk:d-he"
"""One-to-one with He of the south's sales, a guest of the east."""
CARD = "0123456789abcdef"


@dataclass(frozen=True)
class Served:
    id: str
    environment: Environment


def of(plan_id: str, name: str, room: str, home: bool) -> Served:
    """A plan with one department, that hears in `room`; He is of it, or takes part as a guest."""
    base = environment()
    sales = replace(base.organisation.departments["sales"], conversation=room)
    person = replace(base.organisation.people["he"], department="sales" if home else "elsewhere")
    return Served(plan_id, replace(base, organisation=Organisation.of([sales], [person]), plan_name=name))


EAST, SOUTH = of("east", "华东计划", "dingtalk:east", home=False), of("south", "华南计划", "dingtalk:south", home=True)
ROUTER = PlanRouter((EAST, SOUTH))


def said(text: str, conversation: str = BOTH, quoted: str = "", user: str = "d-he") -> tuple[str, str]:
    plan, event = ROUTER.of_words(Said(conversation, "bot", "1", user, text, NOW, quoted=quoted))
    return plan.id, event.text


def clicked(card: str, conversation: str = BOTH, user: str = "d-he") -> str:
    return ROUTER.of_click(Clicked(conversation, "bot", "1", user, card, "approve", NOW)).id


@pytest.mark.parametrize(
    ("text", "quoted", "plan", "rest"),
    [
        ("总览", "", "south", "总览"),  # their own department's
        ("华东计划 总览", "", "east", "总览"),
        ("east：总览", "", "east", "总览"),
        ("总览", "【华东计划】今天的计划", "east", "总览"),
        ("总览", "他说【华东计划】变了", "south", "总览"),
        ("华南计划 总览", "【华东计划】今天的计划", "south", "总览"),  # what is said now counts
        ("总览", "【华北计划】今天的计划", "south", "总览"),
        ("eastern 总览", "", "south", "eastern 总览"),
    ],
)
def test_one_to_one(text: str, quoted: str, plan: str, rest: str) -> None:
    assert said(text, quoted=quoted) == (plan, rest)


def test_a_conversation_is_of_its_plan_whatever_is_quoted() -> None:
    assert said("总览", "dingtalk:east", "【华南计划】今天") == ("east", "总览")
    assert said("华南计划 总览", "dingtalk:east") == ("east", "华南计划 总览")


def test_whoever_is_nobody_anywhere_comes_to_the_first_plan() -> None:
    assert said("总览", "dingtalk:d-x", user="d-x") == ("east", "总览")
    assert clicked("", "dingtalk:d-x", user="d-x") == "east"


@pytest.mark.parametrize(
    ("card", "plan"),
    [
        (f"east-{CARD}", "east"), (f"south-{CARD}", "south"), (f"east-{CARD}-v2", "east"),
        (f"north-{CARD}", "south"), (f"east-{CARD[:-1]}", "south"), (f"xeast-{CARD}", "south"), ("", "south"),
    ],
)  # fmt: skip
def test_a_click_is_of_the_plan_of_its_card(card: str, plan: str) -> None:
    """One that is made up is as good as its conversation."""
    assert clicked(card) == plan
    assert clicked(f"east-{CARD}", "dingtalk:south") == "east"
