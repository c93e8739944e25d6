"""The section `plans`: what belongs to which of them, and what is said when that does not add up."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.platforms import PLATFORMS
from bot.settings import SettingsError, load_settings
from bot.settings.model import Settings
from bot.settings.plans import of_each_plan


def document(**more: Any) -> dict[str, Any]:
    return {
        "dingtalk": {"client_id": "d", "client_secret": "s", "card_template_id": "t.schema"},
        "departments": [
            {"id": "sales", "name": "销售部", "conversation": "dingtalk:cidS==", "manager": "li"},
            {"id": "shop", "name": "车间", "conversation": "dingtalk:cidW=="},
            {"id": "lab", "name": "实验室", "conversation": "dingtalk:cidL=="},
        ],
        "people": [
            {"id": "li", "name": "李娜", "department": "sales", "roles": ["coordinator"], "dingtalk": "1"},
            {"id": "wang", "name": "王五", "department": "lab", "roles": ["approver"], "dingtalk": "2"},
        ],
        "plans": [
            {"id": "one", "name": "一厂", "departments": ["sales", "shop"]},
            {"id": "two", "name": "二厂", "departments": ["lab"], "guests": ["li"]},
        ],
        **more,
    }


def read(folder: Path, **more: Any) -> Settings:
    file = folder / "config.yaml"
    file.write_text(yaml.safe_dump(document(**more), allow_unicode=True), encoding="utf-8")
    return load_settings(file, {}, PLATFORMS)


def test_each_has_its_departments_their_people_and_its_guests(tmp_path: Path) -> None:
    one, two = of_each_plan(read(tmp_path))
    assert (one.plan.id, one.plan.name, two.plan.id) == ("one", "一厂", "two")
    assert [department.id for department in one.departments] == ["sales", "shop"]
    assert [person.id for person in one.people] == ["li"]
    assert [person.id for person in two.people] == ["li", "wang"]


def test_a_single_plan_is_as_it_was(tmp_path: Path) -> None:
    settings = read(tmp_path, plans=[], plan={"id": "main", "name": "生产计划"})
    assert of_each_plan(settings) == (settings,)


def test_rules_and_fences_go_where_their_departments_are(tmp_path: Path) -> None:
    rules = [{"id": "lab-only", "approvals": ["lab"]}, {"id": "all", "approvals": ["affected", "role:coordinator"]}]
    fences = [
        {"id": "shops", "kind": "rolling", "days": 5, "scope": {"departments": ["shop"]}},
        {"id": "labs", "kind": "rolling", "days": 5, "approvals": ["lab"]},
        {"id": "everywhere", "kind": "rolling", "days": 2},
    ]
    one, two = of_each_plan(read(tmp_path, rules=rules, fences=fences))
    assert [rule.id for rule in one.rules] == ["all"]
    assert [rule.id for rule in two.rules] == ["lab-only", "all"]
    assert [fence.id for fence in one.fences] == ["shops", "everywhere"]
    assert [fence.id for fence in two.fences] == ["labs", "everywhere"]


def test_a_token_is_a_source_of_the_plans_it_is_for(tmp_path: Path) -> None:
    erp, mes = ({"name": name, "token": f"{name}-0123456789abcdef"} for name in ("erp", "mes"))
    sources = [{"id": one, "expected_hours": 9} for one in ("api:erp", "api:mes", "stock")]
    one, two = of_each_plan(read(tmp_path, sources=sources, api={"tokens": [{**erp, "plans": ["two"]}, mes]}))
    assert [source.id for source in one.sources] == ["api:mes", "stock"]
    assert [source.id for source in two.sources] == ["api:erp", "api:mes", "stock"]


def test_a_plan_without_a_coordinator_is_warned_of(tmp_path: Path) -> None:
    assert not [warning for warning in read(tmp_path).warnings if "没有计划协调员" in warning], "a guest will do"
    (told,) = [one for one in read(tmp_path, plans=[ONE, {**TWO, "guests": []}]).warnings if "没有计划协调员" in one]
    assert told.startswith("plans[1]: 计划“二厂”没有计划协调员")


ONE, TWO = document()["plans"]
PEOPLE, DEPARTMENTS = document()["people"], document()["departments"]


@pytest.mark.parametrize(
    ("more", "sentences"),
    [
        ({"plan": {"id": "main"}}, ["写了 plans 就不要再写 plan"]),
        ({"plans": [ONE, {**TWO, "id": "one"}]}, ["id one 已在 plans[0].id 用过，换一个"]),
        ({"plans": [ONE, {**TWO, "name": "一厂"}]}, ["name 一厂 已在 plans[0].name 用过，换一个"]),
        ({"plans": [ONE, {**TWO, "departments": ["lab", "shop"]}]}, ["部门 shop 只能属于一个计划"] * 2),
        ({"plans": [ONE, {**TWO, "departments": ["lab", "loft"]}]}, ["没有这个部门，现有：sales、shop、lab"]),
        ({"plans": [ONE]}, ["部门 lab 不属于任何计划，把它写进 plans 里一个计划（one）的 departments"]),
        ({"plans": [ONE, {**TWO, "guests": ["zhao"]}]}, ["people 里没有 zhao 这个人"]),
        ({"plans": [{**ONE, "guests": ["li"]}, TWO]}, ["li 的部门就在这个计划里，不用写进 guests"]),
        (
            {"departments": [*DEPARTMENTS[:2], {**DEPARTMENTS[2], "conversation": "dingtalk:cidS=="}]},
            ["一个会话只能属于一个计划：这里是 two，前面的部门是 one"],
        ),
        ({"people": [{**PEOPLE[0], "deputy": "wang"}, PEOPLE[1]]}, ["wang 不在计划 one 里：换一个人"]),
        (
            {"departments": [{**DEPARTMENTS[0], "manager": "wang"}, *DEPARTMENTS[1:]]},
            ["wang 不在计划 one 里：换一个人"],
        ),
        ({"rules": [{"id": "r", "approvals": ["sales", "lab"]}]}, ["部门分属几个计划（one, two）"]),
        (
            {"api": {"tokens": [{"name": "erp", "token": "0123456789abcdef", "plans": ["three"]}]}},
            ["没有这个计划，现有：one, two"],
        ),
    ],
)  # fmt: skip
def test_what_does_not_add_up_is_a_sentence(tmp_path: Path, more: dict[str, Any], sentences: Sequence[str]) -> None:
    with pytest.raises(SettingsError) as raised:
        read(tmp_path, **more)
    told = [mistake.wanted for mistake in raised.value.mistakes]
    assert len(told) == len(sentences), told
    for sentence in sentences:
        assert any(sentence in one for one in told), told
