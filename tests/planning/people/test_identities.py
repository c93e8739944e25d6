"""Whom a platform means by an id: somebody it knows, whatever others call their people."""

import pytest

from planning.people.organisation import Organisation, Person

PEOPLE = Organisation.of(
    (),
    [
        Person("wang", "王五", "production", identities={"dingtalk": "007", "wecom": "wangwu"}),
        Person("zhao", "赵敏", "purchasing", identities={"wecom": "zhao"}),
        Person("spare", "备用", "purchasing"),
    ],
)


@pytest.mark.parametrize(
    ("platform", "user", "person"),
    [
        ("dingtalk", "007", "wang"),
        ("wecom", "wangwu", "wang"),
        ("wecom", "zhao", "zhao"),
        ("wecom", "007", None),
        ("feishu", "zhao", None),
        ("dingtalk", "", None),
    ],
)
def test_only_the_event_s_own_platform_is_asked(platform: str, user: str, person: str | None) -> None:
    found = PEOPLE.person_by(platform, user)
    assert (found and found.id) == person
