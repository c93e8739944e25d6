"""Who is who: found by id, by name as people type it, by group and by what a platform calls them."""

import pytest

from planning.people.organisation import Role
from tests.small_company import organisation

ORG = organisation()


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("production", "production"),
        ("生产部", "production"),
        ("生产", "production"),
        ("计划", "planning"),
        ("部生产", None),
        ("生", None),
        ("部", None),
        ("", None),
    ],
)
def test_a_department_is_found_by_id_or_name(word: str, found: str | None) -> None:
    department = ORG.find_department(word)
    assert (department and department.id) == found


def test_names_are_what_people_call_them_and_unknown_ids_stand_for_themselves() -> None:
    assert (ORG.department_name("sales"), ORG.department_name("mars")) == ("销售部", "mars")
    assert (ORG.name_of("su"), ORG.name_of("api:erp")) == ("苏经理", "api:erp")


@pytest.mark.parametrize(
    ("platform", "user_id", "person"),
    [
        ("dingtalk", "d-wang", "wang"),
        ("wecom", "su", "su"),
        ("dingtalk", "su", None),  # that is what WeCom calls her
        ("wecom", "d-wang", None),
        ("dingtalk", "", None),  # of people who are not on a platform there is nothing to find
        ("wecom", "", None),
    ],
)
def test_a_person_is_found_by_what_the_platform_calls_them(platform: str, user_id: str, person: str | None) -> None:
    found = ORG.person_by(platform, user_id)
    assert (found and found.id) == person


def test_members_and_roles() -> None:
    assert [person.id for person in ORG.members("production")] == ["wang", "han"]
    assert [person.id for person in ORG.with_role(Role.COORDINATOR)] == ["lin"]
    assert ORG.members("mars") == []


def test_a_group_belongs_to_one_department() -> None:
    department = ORG.department_in("dingtalk:cidWarehouse==")
    assert department is not None
    assert department.id == "warehouse"
    assert ORG.department_in("dingtalk:cidWarehouse") is None
