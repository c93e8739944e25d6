"""Who acts is a value: one parser, one printer, and nobody else spells it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.people.organisation import Role
from planning.people.principal import ANY_TOKEN, COORDINATOR, NOBODY, SYSTEM, Principal, PrincipalKind
from tests import ROOT

ROOMS = ("planning", "connectors", "handlers", "bot", "storage", "cards")
HOME = ROOT / "planning/people/principal.py"
SPELT = re.compile(r"system|(api|role):\S*")


@pytest.mark.parametrize(
    ("text", "kind", "id"),
    [
        ("he", PrincipalKind.PERSON, "he"),
        ("production", PrincipalKind.PERSON, "production"),
        ("api:erp", PrincipalKind.TOKEN, "erp"),
        ("api:*", PrincipalKind.TOKEN, "*"),
        ("api:mes:line-2", PrincipalKind.TOKEN, "mes:line-2"),
        ("role:coordinator", PrincipalKind.ROLE, "coordinator"),
        ("role:boss", PrincipalKind.ROLE, "boss"),
        ("system", PrincipalKind.SYSTEM, ""),
        ("", PrincipalKind.NOBODY, ""),
        ("api", PrincipalKind.PERSON, "api"),
        ("role", PrincipalKind.PERSON, "role"),
        ("systems", PrincipalKind.PERSON, "systems"),
        ("system:he", PrincipalKind.PERSON, "system:he"),
        ("dingtalk:042", PrincipalKind.PERSON, "dingtalk:042"),
    ],
)
def test_what_is_stored_says_who_it_is(text: str, kind: PrincipalKind, id: str) -> None:
    assert Principal.parse(text) == Principal(kind, id)


def test_it_is_written_as_it_always_was() -> None:
    assert (str(Principal(PrincipalKind.PERSON, "he")), str(Principal.of_token("erp"))) == ("he", "api:erp")
    assert (str(ANY_TOKEN), str(SYSTEM)) == ("api:*", "system")
    assert [str(Principal.of_role(role)) for role in Role] == [f"role:{role.value}" for role in Role]
    assert (str(COORDINATOR), str(NOBODY)) == ("role:coordinator", "")


KINDS = st.sampled_from(PrincipalKind)


@given(st.text() | KINDS | st.builds("{}:{}".format, KINDS, st.text()))
def test_no_text_is_lost_by_reading_it(text: str) -> None:
    assert str(Principal.parse(text)) == text


@given(st.builds(Principal, st.sampled_from((PrincipalKind.TOKEN, PrincipalKind.ROLE)), st.text()))
def test_no_token_and_no_role_becomes_somebody_else(who: Principal) -> None:
    assert Principal.parse(str(who)) == who


def test_its_spelling_stands_in_one_file() -> None:
    files = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    assert HOME in files
    assert [found for path in files if path != HOME for found in _spelt(path)] == []


def _spelt(path: Path) -> Iterator[str]:
    """String constants, parts of f-strings included, that are a principal or the beginning of one; no docstrings,
    and no role on the wire of a language model."""
    tree = ast.parse(path.read_text("utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    written = (zip(node.keys, node.values, strict=True) for node in ast.walk(tree) if isinstance(node, ast.Dict))
    told |= {id(value) for pairs in written for key, value in pairs if getattr(key, "value", "") == "role"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in told and SPELT.fullmatch(str(node.value)):
            yield f"{path.relative_to(ROOT)}:{node.lineno}: {node.value!r}"
