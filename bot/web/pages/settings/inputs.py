"""Forms of the settings: from an entry to what stands in its fields, and from what was typed back to an entry."""

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError
from starlette.datastructures import FormData

from handlers.govern.settings_entries import Entry, at, listed, put
from handlers.govern.settings_fields import FORMS, Field, Option, Way
from handlers.settings import Mistaken
from planning.control.rules import TYPES

BLANK = 2
"""Empty rows under the approvers and the rungs that there are."""
MOST_ROWS = 30
LONGEST = 4000
"""Characters of one field."""
SIGNS = ("==", "!=", "<", "<=", ">", ">=", "in")
_WORDS = re.compile(r"[,，、\n]+")
_BOOL = TypeAdapter(bool)


@dataclass(frozen=True, slots=True)
class Shown:
    """A field as it stands in the form."""

    field: Field
    value: Any
    """A text, a list of texts, or rows."""
    options: list[Option]
    wrong: list[str]


def shown(entry: Mapping[str, Any], section: str, options: Mapping[str, list[Option]], wrong: "Wrong") -> list[Shown]:
    return [
        Shown(
            field, _value(entry, field), _with_unknown(options.get(field.options, []), at(entry, field.key)),
            wrong.of(field),
        )
        for field in FORMS[section]
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wrong:
    """Mistakes of an entry, beside the field that each is about."""

    mistakes: Sequence[Mistaken] = ()
    place: str = ""
    """Its key in the settings: `rules[2]`."""

    def of(self, field: Field) -> list[str]:
        found = [f"{one.found}；{one.wanted}" for one in self.mistakes if self._is_of(one, field)]
        return list(dict.fromkeys(found))

    def others(self, fields: Iterable[Field]) -> list[str]:
        known = [*fields]
        return [one.sentence for one in self.mistakes if not any(self._is_of(one, field) for field in known)]

    def _is_of(self, mistake: Mistaken, field: Field) -> bool:
        key = f"{self.place}.{field.key}"
        return mistake.key == key or mistake.key.startswith((f"{key}[", f"{key}."))


def read(form: FormData, section: str, entry: Mapping[str, Any]) -> Entry:
    """The entry with what was typed; what the form has no field for stays. Nothing typed is lost, right or wrong."""
    found = deepcopy(dict(entry))
    for field in FORMS[section]:
        put(found, field.key, _typed(form, field, at(entry, field.key)))
    return found


def with_condition(form: FormData, when: str) -> str:
    """The condition with one more part, made of what was chosen; the same where nothing was."""
    fact, sign, value = (_text(form, f"add.{name}") for name in ("fact", "sign", "value"))
    if fact not in TYPES or sign not in SIGNS or not value:
        return when
    kind = TYPES[fact]
    quoted = [f"'{one.strip()}'" for one in _WORDS.split(value.replace("'", "")) if one.strip()]
    if kind.startswith("list"):
        part = f"{quoted[0]} in {fact}"
    elif sign == "in":
        part = f"{fact} in [{', '.join(quoted if kind == 'string' else _WORDS.split(value))}]"
    else:
        part = f"{fact} {sign} {quoted[0] if kind == 'string' else value}"
    return f"{when} && {part}" if when.strip() else part


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    typed = value if isinstance(value, str) else ""
    return "".join(c for c in typed.replace("\r\n", "\n") if c == "\n" or c.isprintable())[:LONGEST].strip()


def _typed(form: FormData, field: Field, before: Any) -> Any:
    match field.way:
        case Way.MANY:
            chosen = [str(one) for one in form.getlist(field.key) if isinstance(one, str)]
            kept = [one for one in listed(before) if one in chosen]
            return [*kept, *(one for one in chosen if one not in kept)]
        case Way.LINES:
            return [one.strip() for one in _WORDS.split(_text(form, field.key)) if one.strip()]
        case Way.ON:
            if field.key in form:
                return before if before is not None and _is_on(before) else None
            return before if before is not None and not _is_on(before) else "false"
        case Way.OFF:
            if field.key in form:
                return before if before is not None and _is_on(before) else "true"
            return before if before is not None and not _is_on(before) else None
        case Way.APPROVALS:
            return _approvals(form, field.key)
        case Way.LADDER:
            keys = [f"{field.key}.{n}" for n in range(MOST_ROWS)]
            rows = [{"after": _text(form, f"{key}.after"), "do": _text(form, f"{key}.do")} for key in keys]
            return [row for row in rows if any(row.values())]
    return _text(form, field.key)


def _approvals(form: FormData, key: str) -> list[Any]:
    found: list[Any] = []
    for n in range(MOST_ROWS):
        who, mode = _text(form, f"{key}.{n}.who"), _text(form, f"{key}.{n}.mode")
        flags = {name: "true" for name in ("optional", "any_deputy") if f"{key}.{n}.{name}" in form}
        if who or mode:
            terms = {**({"mode": mode} if mode else {}), **flags}
            found.append({"who": who, **terms} if terms else who)
    return found


def _value(entry: Mapping[str, Any], field: Field) -> Any:
    value = at(entry, field.key)
    match field.way:
        case Way.MANY:
            return [str(one) for one in listed(value)]
        case Way.LINES:
            return "、".join(str(one) for one in listed(value))
        case Way.ON:
            return value is None or _is_on(value)
        case Way.OFF:
            return value is not None and _is_on(value)
        case Way.APPROVALS:
            rows = [one if isinstance(one, Mapping) else {"who": one} for one in listed(value)]
            return [_row(one) for one in rows] + [_row({}) for _ in range(BLANK)]
        case Way.LADDER:
            rungs = [*listed(value), *({} for _ in range(BLANK))]
            return [{"after": "", "do": "", **rung} for rung in rungs]
    return "" if value is None else str(value)


def _row(approval: Mapping[str, Any]) -> dict[str, Any]:
    flags = {name: _is_on(approval.get(name, "false")) for name in ("optional", "any_deputy")}
    return {"who": approval.get("who", ""), "mode": approval.get("mode", ""), **flags}


def _is_on(value: Any) -> bool:
    try:
        return _BOOL.validate_python(value)
    except ValidationError:
        return True


def _with_unknown(options: list[Option], value: Any) -> list[Option]:
    """What there is to choose, with what stands there already."""
    if not options or isinstance(value, Mapping):
        return options
    named = {one for one, _ in options}
    there = [one.get("who", one.get("do", "")) if isinstance(one, Mapping) else one for one in listed(value)]
    return [*options, *((str(one), str(one)) for one in dict.fromkeys(there) if one and str(one) not in named)]
