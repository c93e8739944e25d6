"""Scope of a freeze, read from the words it was typed with: a word that may mean several things is asked about."""

import re
from collections.abc import Iterator

from handlers.language import Freeze
from handlers.turn import Turn
from planning.control.fences import Scope
from planning.plan.plan import Plan
from planning.refusal import Refused

EVERYTHING = ("", "全部", "所有", "全厂", "整个计划", "计划", "all", "everything")
_KINDS = {"部门": "department", "department": "department", "类型": "type", "type": "type",
          "产品": "product", "product": "product"}  # fmt: skip
_NAMED = re.compile(rf"(?P<kind>{'|'.join(_KINDS)})[\s:：]*(?P<word>\S.*)", re.IGNORECASE)


def scope_of(turn: Turn, plan: Plan, command: Freeze) -> Scope:
    """Raises "freeze-scope", "freeze-type", "freeze-which"."""
    named = _NAMED.fullmatch(command.scope)
    kind, word = (_KINDS[named["kind"].lower()], named["word"]) if named else ("", command.scope)
    type_ = _type_after(turn, plan, command.type) if command.type else ""
    if not kind and word.lower() in EVERYTHING:
        return Scope(types=(type_,) if type_ else ())
    found = {one: scope for one, scope in _meant(turn, plan, word) if kind in ("", one) and not (type_ and scope.types)}
    if not found:
        raise Refused("freeze-scope", found=command.scope, **_known(turn, plan))
    if len(found) > 1:
        raise _which(turn, command, word, found)
    (scope,) = found.values()
    return Scope(scope.types or ((type_,) if type_ else ()), scope.departments, scope.products)


def _meant(turn: Turn, plan: Plan, word: str) -> Iterator[tuple[str, Scope]]:
    """All that a word may mean, each with the kind of thing it then is."""
    if department := turn.organisation.find_department(word):
        yield "department", Scope(departments=(department.id,))
    if type_ := _type(turn, plan, word):
        yield "type", Scope(types=(type_,))
    if product := next((i.product for i in plan.items.values() if i.product and i.product.lower() == word.lower()), ""):
        yield "product", Scope(products=(product,))


def _type(turn: Turn, plan: Plan, word: str) -> str:
    """Type of the plan's items; empty: none is called that."""
    return _types(turn, plan).get(word) or (word if word in {item.type for item in plan.items.values()} else "")


def _type_after(turn: Turn, plan: Plan, word: str) -> str:
    if found := _type(turn, plan, word):
        return found
    raise Refused("freeze-type", found=word, types=_known(turn, plan)["types"])


def _types(turn: Turn, plan: Plan) -> dict[str, str]:
    types = {item.type for item in plan.items.values()}
    return {turn.words(f"value.type.{one}"): one for one in types if turn.words.knows(f"value.type.{one}")}


def _known(turn: Turn, plan: Plan) -> dict[str, str]:
    departments = [department.name for department in turn.organisation.departments.values()]
    return {"departments": turn.words.list(departments), "types": turn.words.list(sorted(_types(turn, plan)))}


def _which(turn: Turn, command: Freeze, word: str, found: dict[str, Scope]) -> Refused:
    names = {"department": [turn.organisation.department_name(d) for s in found.values() for d in s.departments]}
    choices = [turn.words(f"fence.freeze.{kind}", name=(names.get(kind) or [word])[0]) for kind in found]
    reason = turn.words("fence.freeze.because", reason=command.reason) if command.reason else ""
    span = {"first": command.first, "last": command.last, "reason": reason}
    example = turn.words("fence.freeze.example", scope=choices[0], **span)
    return Refused("freeze-which", found=word, choices=turn.words.list(choices), example=example)
