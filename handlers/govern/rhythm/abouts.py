"""What a text of somebody is about: items, and numbers of requests, reports, issues and agreements."""

import re

from handlers.language import find_item
from handlers.language.values.objects import code_in, codes_in
from handlers.turn import Turn
from planning.refusal import Refused

_NUMBER = re.compile(r"(?:CR|RP|IS|JL|YG)-[0-9]{8}-[0-9]{3,}", re.IGNORECASE)


def about_of(turn: Turn, text: str) -> str:
    """What a text is about: an item by its code, or by the name it begins with, or the number of a request, a report or
    a record; empty: none."""
    if number := _NUMBER.search(text):
        return number[0].upper()
    if not text.strip() or not turn.uow.plans.exists():
        return ""
    plan = turn.plan()
    for words in filter(None, (code_in(text), text.split(maxsplit=1)[0])):
        try:
            return find_item(plan, words).code
        except Refused:
            continue
    return ""


def abouts_of(turn: Turn, text: str) -> list[str]:
    """What a text names: items by their codes, or one by the name it begins with, and numbers of requests, reports and
    issues."""
    items = turn.plan().items if turn.uow.plans.exists() else {}
    by_code = {code.upper(): code for code in items}
    named = [by_code[code.upper()] for code in codes_in(text) if code.upper() in by_code]
    named += [found[0].upper() for found in _NUMBER.finditer(text)]
    if not named and (one := about_of(turn, text)):
        named = [one]
    return [*dict.fromkeys(named)]
