"""How two contents of a section differ, in words: entries that came, went or changed, and what of them changed."""

from collections.abc import Iterator, Mapping
from typing import Any

from handlers.turn import Turn
from planning.control.settings_merge import keys_of, known_by

LONGEST = 240
"""Characters of it on a card."""
VALUE = 40


def difference_in_words(turn: Turn, section: str, before: Any, after: Any) -> str:
    """`新增 big-order；rush：审批期限 24 → 8`; cut where it is too long for a card."""
    told = turn.words.clauses(changes_in_words(turn, before, after)) or section
    return told if len(told) <= LONGEST else f"{told[: LONGEST - 1]}…"


def changes_in_words(turn: Turn, before: Any, after: Any) -> Iterator[str]:
    """A clause for each entry or key that is another."""
    if isinstance(before or {}, Mapping) and isinstance(after or {}, Mapping):
        yield from _of_keys(turn, before or {}, after or {})
    elif keys := keys_of([before or [], after or []]):
        yield from _of_entries(turn, *({known_by(keys, one): one for one in side or []} for side in (before, after)))
    else:
        yield turn.words("setting.differs.list", before=_count(before), after=_count(after))


def _of_entries(turn: Turn, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for name in (one for one in after if one not in before):
        yield turn.words("setting.differs.new", name=name)
    for name in (one for one in before if one not in after):
        yield turn.words("setting.differs.gone", name=name)
    for name, entry in after.items():
        if name in before and entry != before[name]:
            what = turn.words.list([*_of_keys(turn, before[name], entry)])
            yield turn.words("setting.of", name=name, what=what)
    common = [[name for name in side if name in before and name in after] for side in (before, after)]
    if common[0] != common[1]:
        yield turn.words("setting.differs.order")


def _of_keys(turn: Turn, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for key in dict.fromkeys((*after, *before)):
        if before.get(key) != after.get(key):
            values = {"before": _value(turn, before.get(key)), "after": _value(turn, after.get(key))}
            yield turn.words("setting.differs.value", name=field_name(turn, key), **values)


def section_name(turn: Turn, section: str) -> str:
    word = f"settings.section.{section}"
    return turn.words(word) if turn.words.knows(word) else section


def field_name(turn: Turn, key: str) -> str:
    word = f"settings.field.{key}"
    return turn.words(word) if turn.words.knows(word) else key


def _value(turn: Turn, value: Any) -> str:
    """As it stands in the document; what is more than a word is cut."""
    if value in (None, "", [], {}):
        return turn.words("rule.value-none")
    if isinstance(value, list):
        text = turn.words.list([_value(turn, one) for one in value])
    elif isinstance(value, Mapping):
        text = turn.words.list([f"{field_name(turn, key)} {_value(turn, one)}" for key, one in value.items()])
    else:
        text = str(value)
    return text if len(text) <= VALUE else f"{text[: VALUE - 1]}…"


def _count(document: Any) -> int:
    return len(document) if isinstance(document, list | Mapping) else 0
