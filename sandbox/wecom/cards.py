"""Template cards: checked field by field against one specification (rule W12)."""

from collections.abc import Mapping
from typing import Any

from sandbox.wecom import spec
from sandbox.wecom.card_parts import NO_CARD_ACTION, PARTS, main_title
from sandbox.wecom.fields import only, refuse, table
from sandbox.wecom.spec import Spec

Json = Mapping[str, Any]


def check(card: object, limits: Spec, *, update: bool = False) -> Json:
    """The card, when the platform would draw every field of it; Refusal naming the field otherwise.

    `update`: it replaces a shown card, where the app's API also takes `replace_text`.
    """
    if not isinstance(card, dict):
        raise refuse("template_card must be an object")
    kind = card.get("card_type")
    if kind not in spec.FIELDS:
        raise refuse(f"card_type {kind!r} does not exist")
    only(card, spec.FIELDS[kind] | ({"replace_text"} if update and limits.replaces_text else set()), kind)
    for name, check_part in PARTS.items():
        if name in card:
            check_part(card, limits)
    _check_kind(card, kind, limits, update)
    return card


def _check_kind(card: Json, kind: str, limits: Spec, update: bool) -> None:
    """Check for the fields that each type cannot do without."""
    if kind in (spec.TEXT_NOTICE, spec.NEWS_NOTICE) and "card_action" not in card:
        raise refuse(f"{kind} needs a card_action", NO_CARD_ACTION)
    if kind == spec.TEXT_NOTICE and not card.get("sub_title_text") and "main_title" not in card:
        raise refuse("text_notice needs main_title or sub_title_text")
    if kind != spec.TEXT_NOTICE:
        main_title({"main_title": table(card, "main_title")}, limits)
    needed = {spec.BUTTONS: ["button_list"], spec.VOTE: ["checkbox", "submit_button"]}
    needed |= {spec.MULTIPLE: ["select_list", "submit_button"], spec.NEWS_NOTICE: ["card_image"]}
    if missing := [name for name in needed.get(kind, []) if name not in card]:
        raise refuse(f"{kind} needs {', '.join(missing)}")
    interactive = kind in spec.CALLBACK_TYPES or "action_menu" in card
    if interactive and "task_id" not in card and not (update and limits.replaces_text):
        raise refuse(f"{kind} needs a task_id here")
