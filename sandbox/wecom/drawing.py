"""A checked template card as the phone draws it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sandbox.world import Button, Face

Json = Mapping[str, Any]

STYLES = {1: "primary", 2: "default", 3: "danger", 4: "default"}
TONES = {0: "muted", 1: "info", 2: "danger", 3: "success"}
"""`source.desc_color`: grey, black, red, green."""


def face(card: Json) -> Face:
    title, quote = card.get("main_title", {}), card.get("quote_area", {})
    source = card.get("source", {})
    emphasis = card.get("emphasis_content", {})
    paragraphs = [
        title.get("desc"),
        " ".join(filter(None, (emphasis.get("title"), emphasis.get("desc")))),
        card.get("sub_title_text"),
        " ".join(filter(None, (quote.get("title"), quote.get("quote_text")))),
        *(f"**{row['title']}** {row.get('desc', '')}" for row in card.get("vertical_content_list", [])),
        *_choices(card),
    ]
    drawn = Face(
        title=title.get("title", ""),
        body="\n\n".join(filter(None, paragraphs)),
        tone=TONES.get(source.get("desc_color"), ""),
        facts=tuple((r["keyname"], r.get("value", "")) for r in card.get("horizontal_content_list", [])),
        buttons=tuple(_buttons(card)),
        note=source.get("desc", ""),
    )
    return greyed(drawn, card["replace_text"]) if card.get("replace_text") else drawn


def greyed(drawn: Face, words: str) -> Face:
    """The buttons give way to words that cannot be pressed."""
    return replace(drawn, buttons=(), status=words)


def _buttons(card: Json) -> Iterator[Button]:
    for row in card.get("button_list", []):
        if row.get("type", 0) == 0:  # a link is nothing that comes back to the bot
            yield Button(row["text"], row["key"], STYLES[row.get("style", 1)])
    if submit := card.get("submit_button"):
        yield Button(submit["text"], submit["key"], "primary")
    for row in card.get("action_menu", {}).get("action_list", []):
        yield Button(row["text"], row["key"])


def questions(card: Json) -> list[Json]:
    """Every choice on the card: selections, lists, checkboxes."""
    alone = [card[name] for name in ("button_selection", "checkbox") if name in card]
    return [*alone, *card.get("select_list", [])]


def _choices(card: Json) -> Iterator[str]:
    for question in questions(card):
        options = " / ".join(option["text"] for option in question["option_list"])
        yield f"{question.get('title') or question['question_key']}: {options}"


def selected(card: Json, inputs: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """Options that were chosen: inputs are `question_key: option id`, several ids joined by commas."""
    return [
        (question["question_key"], inputs[question["question_key"]].split(","))
        for question in questions(card)
        if inputs.get(question["question_key"])
    ]
