"""Each part of a template card against its row in the specification (rule W12)."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from sandbox.wecom import spec
from sandbox.wecom.fields import number, only, refuse, rows, sized, table, text
from sandbox.wecom.spec import Spec

Json = Mapping[str, Any]
Check = Callable[[Json, Spec], None]

TASK_ID = re.compile(r"[0-9A-Za-z_\-@]+")
NO_CARD_ACTION = 42045


def _source(card: Json, limits: Spec) -> None:
    part = table(card, "source")
    only(part, {"icon_url", "desc", "desc_color"}, "source")
    text(part, "desc", "source.", limits.source_desc, required=False)
    number(part, "desc_color", "source.", range(4), 0)


def main_title(card: Json, limits: Spec) -> None:
    part = table(card, "main_title")
    only(part, {"title", "desc"}, "main_title")
    title = text(part, "title", "main_title.", limits.title, required=False)
    if not text(part, "desc", "main_title.", limits.desc, required=False) and not title:
        raise refuse("main_title is empty")


def _sub_title(card: Json, limits: Spec) -> None:
    text(card, "sub_title_text", "", limits.sub_title, required=False)


def _facts(card: Json, limits: Spec) -> None:
    for row in rows(card, "horizontal_content_list", "", limits.facts, 0):
        where = "horizontal_content_list."
        only(row, {"type", "keyname", "value", "url", "media_id", "userid"}, where)
        text(row, "keyname", where, limits.fact_name)
        text(row, "value", where, limits.fact_value, required=False)
        needed = {1: "url", 2: "media_id", 3: "userid"}.get(number(row, "type", where, limits.fact_types, 0))
        if needed:
            text(row, needed, where)


def _emphasis(card: Json, limits: Spec) -> None:
    part = table(card, "emphasis_content")
    only(part, {"title", "desc"}, "emphasis_content")
    text(part, "title", "emphasis_content.", required=False)
    text(part, "desc", "emphasis_content.", limits.emphasis_desc, required=False)


def _quote(card: Json, limits: Spec) -> None:
    part = table(card, "quote_area")
    only(part, {"type", "url", "appid", "pagepath", "title", "quote_text"}, "quote_area")
    _target(part, "quote_area.")


def _jumps(card: Json, limits: Spec) -> None:
    for row in rows(card, "jump_list", "", limits.jumps, 0):
        only(row, {"type", "url", "appid", "pagepath", "title"}, "jump_list")
        text(row, "title", "jump_list.", limits.jump_title)
        _target(row, "jump_list.")


def _card_action(card: Json, limits: Spec) -> None:
    part = table(card, "card_action")
    only(part, {"type", "url", "appid", "pagepath"}, "card_action")
    if _target(part, "card_action.") == 0 and card["card_type"] != spec.BUTTONS:
        raise refuse("card_action.type must be 1 or 2", NO_CARD_ACTION)


def _target(part: Json, where: str) -> int:
    """A link: 0 none, 1 url, 2 mini-program."""
    kind = number(part, "type", where, range(3), 0)
    if kind:
        text(part, "url" if kind == 1 else "appid", where)
    return kind


def _verticals(card: Json, limits: Spec) -> None:
    for row in rows(card, "vertical_content_list", "", limits.verticals, 0):
        only(row, {"title", "desc"}, "vertical_content_list")
        text(row, "title", "vertical_content_list.", limits.title)
        text(row, "desc", "vertical_content_list.", limits.vertical_desc, required=False)


def _buttons(card: Json, limits: Spec) -> None:
    for row in rows(card, "button_list", "", limits.buttons):
        only(row, limits.button_fields, "a button")
        text(row, "text", "button_list.", limits.button_text)
        number(row, "style", "button_list.", range(1, 5), 1)
        if number(row, "type", "button_list.", range(2), 0):
            text(row, "url", "button_list.")
        else:
            sized(row, "key", "button_list.", limits.key_bytes)
    keys = [row["key"] for row in card["button_list"] if "key" in row]
    if len(set(keys)) < len(keys):
        raise refuse("two buttons have the same key")


def _selection(card: Json, limits: Spec) -> None:
    _choice(table(card, "button_selection"), "button_selection", limits, limits.selection_options)


def _select_list(card: Json, limits: Spec) -> None:
    for row in rows(card, "select_list", "", limits.lists):
        _choice(row, "select_list", limits, limits.selection_options)


def _checkbox(card: Json, limits: Spec) -> None:
    _choice(table(card, "checkbox"), "checkbox", limits, limits.checkbox_options)


def _choice(part: Json, where: str, limits: Spec, most: int) -> None:
    only(part, {"question_key", "title", "option_list", "selected_id", "mode", "disable"}, where)
    sized(part, "question_key", f"{where}.", limits.key_bytes)
    text(part, "title", f"{where}.", limits.selection_title, required=False)
    for option in rows(part, "option_list", f"{where}.", most):
        only(option, {"id", "text", "is_checked"}, f"{where}.option_list")
        sized(option, "id", f"{where}.option_list.", limits.option_id_bytes)
        text(option, "text", f"{where}.option_list.", limits.option_text)


def _submit(card: Json, limits: Spec) -> None:
    part = table(card, "submit_button")
    only(part, {"text", "key"}, "submit_button")
    text(part, "text", "submit_button.", limits.button_text)
    sized(part, "key", "submit_button.", limits.key_bytes)


def _menu(card: Json, limits: Spec) -> None:
    part = table(card, "action_menu")
    only(part, {"desc", "action_list"}, "action_menu")
    for row in rows(part, "action_list", "action_menu.", limits.menu_actions):
        only(row, {"text", "key"}, "action_menu.action_list")
        text(row, "text", "action_menu.action_list.")
        sized(row, "key", "action_menu.action_list.", limits.key_bytes)


def _task_id(card: Json, limits: Spec) -> None:
    value = sized(card, "task_id", "", limits.task_bytes)
    if not TASK_ID.fullmatch(value):
        raise refuse("task_id may only have the characters 0-9A-Za-z_-@")


PARTS: Mapping[str, Check] = {
    "source": _source,
    "main_title": main_title,
    "sub_title_text": _sub_title,
    "horizontal_content_list": _facts,
    "emphasis_content": _emphasis,
    "quote_area": _quote,
    "jump_list": _jumps,
    "card_action": _card_action,
    "vertical_content_list": _verticals,
    "button_list": _buttons,
    "button_selection": _selection,
    "select_list": _select_list,
    "checkbox": _checkbox,
    "submit_button": _submit,
    "action_menu": _menu,
    "task_id": _task_id,
}
