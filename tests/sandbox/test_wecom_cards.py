"""WeCom's two card specifications field by field: the longest that fits, and what is one too long."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.wecom import spec
from sandbox.wecom.cards import check
from sandbox.wecom.drawing import face
from sandbox.wecom.refusal import Refusal
from sandbox.wecom.spec import Spec
from sandbox.world import Button
from tests.sandbox.http import notice, template_card

Field = Callable[[str], dict[str, Any]]
BOTH = pytest.mark.parametrize("limits", [spec.APP, spec.AIBOT], ids=["app", "aibot"])


def facts(**row: Any) -> dict[str, Any]:
    return template_card(horizontal_content_list=[{"keyname": "产线", "value": "L3", **row}])


def options(text: str = "是", count: int = 1, key: str = "o") -> list[dict[str, str]]:
    return [{"id": f"{key}{n}", "text": text} for n in range(count)]


def selection(**changes: Any) -> dict[str, Any]:
    part = {"question_key": "q", "title": "原因", "option_list": options(), **changes}
    return template_card(button_selection=part)


LENGTHS: list[tuple[str, Field, int, int]] = [
    ("source.desc", lambda t: template_card(source={"desc": t}), 20, 13),
    ("main_title.title", lambda t: template_card(main_title={"title": t}), 36, 26),
    ("main_title.desc", lambda t: template_card(main_title={"title": "T", "desc": t}), 44, 30),
    ("sub_title_text", lambda t: template_card(sub_title_text=t), 160, 112),
    ("keyname", lambda t: facts(keyname=t), 5, 5),
    ("value", lambda t: facts(value=t), 30, 26),
    ("emphasis", lambda t: notice(emphasis_content={"title": "1", "desc": t}), 22, 15),
    ("jump title", lambda t: notice(jump_list=[{"type": 1, "url": "https://x", "title": t}]), 18, 13),
    ("button", lambda t: template_card(button_list=[{"text": t, "key": "k"}]), 10, 10),
    ("option", lambda t: selection(option_list=options(t)), 16, 10),
    ("selection title", lambda t: selection(title=t), 13, 13),
]


@pytest.mark.parametrize(("made", "app", "aibot"), [row[1:] for row in LENGTHS], ids=[row[0] for row in LENGTHS])
def test_texts_may_be_as_long_as_the_specification_says(made: Field, app: int, aibot: int) -> None:
    for limits, length in ((spec.APP, app), (spec.AIBOT, aibot)):
        check(made("字" * length), limits)
        with pytest.raises(Refusal, match=f"at most {length}") as refusal:
            check(made("字" * (length + 1)), limits)
        assert refusal.value.errcode == 45002


def test_both_examples_of_the_protocol_pass() -> None:
    assert check(template_card(), spec.APP)
    assert check(template_card(), spec.AIBOT)
    assert check(notice(), spec.AIBOT)


def many(row: dict[str, Any], count: int) -> list[dict[str, Any]]:
    return [{**row, **({"key": f"k{n}"} if "key" in row else {})} for n in range(count)]


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("card_type", template_card(card_type="button")),
    ("unknown fields: jump_list", template_card(jump_list=[{"type": 0, "title": "x"}])),
    ("unknown fields: button_list", notice(button_list=[{"text": "同意", "key": "k"}])),
    ("unknown fields: colour", template_card(main_title={"title": "T", "colour": "red"})),
    ("unknown fields: id", facts(id=1)),
    ("main_title is empty", template_card(main_title={"title": ""})),
    ("main_title must be an object", template_card(main_title=None)),
    ("main_title must be an object", template_card(main_title="T")),
    ("needs button_list", template_card(button_list=None)),
    ("has 0 entries, 1 to 6", template_card(button_list=[])),
    ("has 7 entries, 1 to 6", template_card(button_list=many({"text": "x", "key": ""}, 7))),
    ("same key", template_card(button_list=[{"text": "a", "key": "k"}, {"text": "b", "key": "k"}])),
    ("key must be", template_card(button_list=[{"text": "a"}])),
    ("at most 1024 B", template_card(button_list=[{"text": "a", "key": "k" * 1025}])),
    ("style must be a number", template_card(button_list=[{"text": "a", "key": "k", "style": 5}])),
    ("style must be a number", template_card(button_list=[{"text": "a", "key": "k", "style": "1"}])),
    ("has 7 entries, 0 to 6", template_card(horizontal_content_list=many({"keyname": "k"}, 7))),
    ("type must be a number", facts(type=4)),
    ("url must be", facts(type=1)),
    ("needs a task_id", template_card(task_id=None)),
    ("task_id must be", template_card(task_id="")),
    ("characters", template_card(task_id="c1/approve")),
    ("characters", template_card(task_id="单号")),
    ("at most 128 B", template_card(task_id="x" * 129)),
    ("needs a card_action", notice(card_action=None)),
    ("card_action.type must be 1 or 2", notice(card_action={"type": 0})),
    ("card_action.url must be", notice(card_action={"type": 1})),
    ("needs main_title or sub_title_text", notice(main_title=None)),
    ("has 4 entries, 0 to 3", notice(jump_list=many({"title": "x"}, 4))),
    ("has 11 entries, 1 to 10", selection(option_list=options(count=11))),
    ("at most 128 B", selection(option_list=options(key="o" * 128))),
    ("question_key must be", selection(question_key="")),
    ("has 4 entries, 1 to 3", template_card(action_menu={"action_list": many({"text": "x", "key": ""}, 4)})),
    ("needs checkbox, submit_button", {"card_type": "vote_interaction", "main_title": {"title": "T"}, "task_id": "c1"}),
    ("replace_text", template_card(replace_text="已同意")),
]


@BOTH
@pytest.mark.parametrize(("why", "card"), WRONG, ids=[row[0] for row in WRONG])
def test_what_neither_draws_is_refused(why: str, card: dict[str, Any], limits: Spec) -> None:
    with pytest.raises(Refusal, match=why):
        check(card, limits)


@pytest.mark.parametrize(
    "card",
    [
        template_card(button_list=[{"text": "看", "type": 1, "url": "https://x"}]),
        facts(type=2, media_id="m"),
    ],
)
def test_the_aibot_has_no_link_buttons_and_no_media(card: dict[str, Any]) -> None:
    check(card, spec.APP)
    with pytest.raises(Refusal):
        check(card, spec.AIBOT)


def test_only_the_apps_update_greys_with_replace_text() -> None:
    card = template_card(replace_text="已同意", task_id=None)
    assert face(check(card, spec.APP, update=True)).status == "已同意"
    with pytest.raises(Refusal, match="replace_text"):
        check(card, spec.AIBOT, update=True)


def test_a_vote_and_a_multiple_choice_pass() -> None:
    submit = {"submit_button": {"text": "提交", "key": "c1/submit"}}
    head: dict[str, Any] = {"main_title": {"title": "原因"}, "task_id": "c1"}
    checkbox = {"question_key": "q", "option_list": options(count=20), "mode": 1}
    lists = [{"question_key": f"q{n}", "option_list": options(count=10)} for n in range(3)]
    vote = check({"card_type": "vote_interaction", "checkbox": checkbox, **head, **submit}, spec.AIBOT)
    multiple = check({"card_type": "multiple_interaction", "select_list": lists, **head, **submit}, spec.AIBOT)
    assert face(vote).buttons == face(multiple).buttons == (Button("提交", "c1/submit", "primary"),)


def test_a_card_is_drawn() -> None:
    drawn = face(template_card(sub_title_text="影响 3 项"))
    assert (drawn.title, drawn.body, drawn.note) == ("W1023 交期变更", "+2天\n\n影响 3 项", "通盘")
    assert drawn.facts == (("产线", "L3"),)
    assert drawn.buttons == (Button("同意", "c1/approve", "primary"), Button("驳回", "c1/reject", "danger"))


def test_a_choice_is_drawn_with_its_options() -> None:
    assert "原因: 是" in face(selection()).body
