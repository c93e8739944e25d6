"""The two card specifications side by side (rule W12). Advice there is a limit here."""

from dataclasses import dataclass

TEXT_NOTICE, NEWS_NOTICE = "text_notice", "news_notice"
BUTTONS, VOTE, MULTIPLE = "button_interaction", "vote_interaction", "multiple_interaction"
CALLBACK_TYPES = frozenset({BUTTONS, VOTE, MULTIPLE})
"""The ones people can press: they need a task_id, and bring a response_code."""

_HEAD = {"card_type", "source", "action_menu", "main_title", "quote_area", "card_action", "task_id"}
FIELDS = {
    TEXT_NOTICE: _HEAD | {"emphasis_content", "sub_title_text", "horizontal_content_list", "jump_list"},
    NEWS_NOTICE: _HEAD
    | {"card_image", "image_text_area", "vertical_content_list", "horizontal_content_list", "jump_list"},
    BUTTONS: _HEAD | {"sub_title_text", "horizontal_content_list", "button_selection", "button_list"},
    VOTE: {"card_type", "source", "main_title", "task_id", "checkbox", "submit_button"},
    MULTIPLE: {"card_type", "source", "main_title", "task_id", "select_list", "submit_button"},
}


@dataclass(frozen=True, slots=True)
class Spec:
    """Characters unless a name says otherwise."""

    source_desc: int
    title: int
    desc: int
    sub_title: int
    fact_value: int
    fact_types: tuple[int, ...]
    emphasis_desc: int
    jump_title: int
    selection_title: int
    option_text: int
    button_fields: frozenset[str]
    replaces_text: bool
    """Permission for an update to grey its buttons with `replace_text`."""
    fact_name: int = 5
    facts: int = 6
    jumps: int = 3
    verticals: int = 4
    vertical_desc: int = 112
    buttons: int = 6
    button_text: int = 10
    key_bytes: int = 1024
    task_bytes: int = 128
    option_id_bytes: int = 128
    selection_options: int = 10
    lists: int = 3
    checkbox_options: int = 20
    menu_actions: int = 3


APP = Spec(
    source_desc=20,
    title=36,
    desc=44,
    sub_title=160,
    fact_value=30,
    fact_types=(0, 1, 2, 3),
    emphasis_desc=22,
    jump_title=18,
    selection_title=13,
    option_text=16,
    button_fields=frozenset({"text", "style", "key", "type", "url"}),
    replaces_text=True,
)
AIBOT = Spec(
    source_desc=13,
    title=26,
    desc=30,
    sub_title=112,
    fact_value=26,
    fact_types=(0, 1, 3),
    emphasis_desc=15,
    jump_title=13,
    selection_title=13,
    option_text=10,
    button_fields=frozenset({"text", "style", "key"}),
    replaces_text=False,
)
