"""A sheet of people: 姓名, 部门, and where they stand there 手机 and 角色."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.tables.columns import Column
from bot.tables.problem import Problems
from bot.tables.row import Row, rows
from bot.tables.sheet import opened
from handlers.language.commands.people import ROLES
from planning.people.organisation import Organisation, Role

PEOPLE = (
    Column("name", "姓名", ("名字", "员工姓名", "人员")),
    Column("mobile", "手机", ("手机号", "手机号码", "电话", "联系电话", "phone")),
    Column("department", "部门", ("所属部门", "所在部门")),
    Column("roles", "角色", ("权限", "role")),
)
MOST = 20_000
NUMBER = re.compile(r"\+?[0-9]{5,20}")
_WORDS = {word: role for role, words in ROLES.items() for word in words}


@dataclass(frozen=True, slots=True)
class PersonLine:
    line: int
    name: str
    department: str
    """An id."""
    roles: tuple[Role, ...]
    mobile: str
    """To be looked up and forgotten; empty: none."""

    def __repr__(self) -> str:
        return f"PersonLine(line={self.line})"


def read_people(path: Path, organisation: Organisation, locale: str, zone: ZoneInfo) -> list[PersonLine]:
    """The first sheet's rows. Raises `bot.tables.problem.TableError`, in which no number stands."""
    problems = Problems(locale)
    with opened(path, problems) as sheets:
        found = [
            _person(row, organisation, problems)
            for row in rows(sheets[0], PEOPLE, ("name", "department"), MOST, problems, zone)
        ]
    problems.settle()
    if not found:
        problems.add(path.name, "empty")
    problems.settle()
    return found


def _person(row: Row, organisation: Organisation, problems: Problems) -> PersonLine:
    word = row.text("department", required=True)
    department = organisation.find_department(word) if word else None
    if word and department is None:
        known = "、".join(one.name for one in organisation.departments.values())
        row.fail("department", "no_such_department", known=known or "-")
    mobile = re.sub(r"[\s()-]", "", row.text("mobile"))
    if mobile and not NUMBER.fullmatch(mobile):
        problems.add(row.sheet.file, "mobile", line=row.line, column=row.name("mobile"))
        mobile = ""
    name = row.text("name", 40, required=True)
    return PersonLine(row.line, name, department.id if department else "", _roles(row), mobile)


def _roles(row: Row) -> tuple[Role, ...]:
    words = [word for word in re.split(r"[\s,，、;；/]+", row.text("roles")) if word]
    found: Mapping[str, Role | None] = {word: _WORDS.get(word.lower()) for word in words}
    if not all(found.values()):
        row.fail("roles", "no_such_role", known="、".join(spelt[0] for spelt in ROLES.values()))
    return tuple(dict.fromkeys(role for role in found.values() if role))
