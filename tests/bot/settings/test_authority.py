"""`authority` and `masked` as an operator writes them: what is understood, and the line that says what is not."""

from pathlib import Path

import pytest

from bot.environment import environment_of
from bot.platforms import PLATFORMS
from bot.settings import load_settings
from planning.control.authority import DEFAULT_GRANTS, Grant
from planning.control.fences import Scope, Zone
from planning.people.masks import DEFAULT_MASKS, Mask
from planning.people.organisation import Role
from tests.bot.settings.test_settings import ENVIRON, EXAMPLE, MINIMAL, complaints, load

TOKENS = "api: {tokens: [{name: erp, token: t0ken, scopes: [read, write]}]}\n"


def test_a_grant_and_what_it_leaves_out(tmp_path: Path) -> None:
    text = MINIMAL + TOKENS + """
authority:
  - {who: "role:planner", types: [production], departments: [planning], products: [X1], fields: [start, finish, duration], zones: [liquid, slushy]}
  - {who: planning}
  - {who: "person:li.na"}
  - {who: "api:erp"}
"""  # noqa: E501
    scope = Scope(("production",), ("planning",), ("X1",))
    assert environment_of(load(tmp_path, text)).grants == (
        Grant("role:planner", scope, ("start", "finish", "duration"), (Zone.LIQUID, Zone.SLUSHY)),
        Grant("planning"),
        Grant("person:li.na"),
        Grant("api:erp"),
    )


def test_a_mask_and_what_it_leaves_out(tmp_path: Path) -> None:
    text = MINIMAL + """
masked:
  - {fields: [cost, "*价*"], roles: [coordinator, admin], departments: [planning]}
  - {fields: [客户]}
"""
    assert environment_of(load(tmp_path, text)).masks == (
        Mask(("cost", "*价*"), frozenset({Role.COORDINATOR, Role.ADMIN}), ("planning",)),
        Mask(("客户",)),
    )


def test_who_may_declare_an_emergency_and_what_a_reason_fits(tmp_path: Path) -> None:
    text = MINIMAL + """
approval: {standard_window_days: 14}
emergencies: [{who: "role:coordinator"}, {who: planning, types: [production]}]
reason_types: [{code: machine, types: [production, 注塑]}]
"""
    known = environment_of(load(tmp_path, text))
    assert known.emergency_grants == (Grant("role:coordinator"), Grant("planning", Scope(("production",))))
    assert (known.fitting, known.standard_window_days) == ({"machine": ("production", "注塑")}, 14)
    plain = environment_of(load(tmp_path, MINIMAL))
    assert (plain.emergency_grants, plain.fitting, plain.standard_window_days) == (None, {}, 30)


def test_without_them_it_is_as_the_example_says(tmp_path: Path) -> None:
    example, plain = (
        environment_of(settings) for settings in (load_settings(EXAMPLE, ENVIRON, PLATFORMS), load(tmp_path, MINIMAL))
    )
    assert set(example.grants) == set(plain.grants) == set(DEFAULT_GRANTS)
    assert example.masks == plain.masks == DEFAULT_MASKS


def test_an_empty_list_of_masks_hides_nothing(tmp_path: Path) -> None:
    assert environment_of(load(tmp_path, MINIMAL + "masked: []\n")).masks == ()


ROLES = "viewer, planner, approver, coordinator, admin"
FIELDS = "start, finish, duration, quantity, status, mode, department, link, new"
NO_HOLDER = "没有叫 {who} 的人、部门或令牌；角色写成 role:planner 这样，令牌写成 api:名字"


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("authority: []", "authority: 写的是一个列表；没有授权给任何人，计划就谁也改不了；删掉这一项，或至少写一条"),
        ("emergencies: [{who: mars}]", f"emergencies[0].who: 写的是「mars」；{NO_HOLDER.format(who='mars')}"),
        ("reason_types: [{code: machine, types: [task]}, {code: machine, types: [task]}]",
         "reason_types[1].code: 写的是「machine」；code machine 已在 reason_types[0].code 用过，换一个"),
        ("authority: [{who: mars}]", f"authority[0].who: 写的是「mars」；{NO_HOLDER.format(who='mars')}"),
        ("authority: [{who: \"api:mes\"}]", f"authority[0].who: 写的是「api:mes」；{NO_HOLDER.format(who='api:mes')}"),
        ("authority: [{who: \"person:planning\"}]",
         f"authority[0].who: 写的是「person:planning」；{NO_HOLDER.format(who='person:planning')}"),
        ("authority: [{who: \"role:boss\"}]",
         f"authority[0].who: 写的是「role:boss」；role: 后面应为其中之一：{ROLES}"),
        ("authority: [{who: li.na, fields: [title]}]",
         f"authority[0].fields[0]: 写的是「title」；应为其中之一：{FIELDS}"),
        ("authority: [{who: li.na, zones: [cold]}]",
         "authority[0].zones[0]: 写的是「cold」；应为其中之一：liquid, slushy, frozen"),
        ("authority: [{who: li.na, departments: [mars]}]",
         "authority[0].departments[0]: 写的是「mars」；departments 里没有部门 mars，现有：planning"),
        ("masked: [{fields: []}]", "masked[0].fields: 写的是一个列表；至少写一项"),
        ("masked: [{fields: [cost], roles: [boss]}]",
         f"masked[0].roles[0]: 写的是「boss」；应为其中之一：{ROLES}"),
        ("masked: [{fields: [cost], departments: [mars]}]",
         "masked[0].departments[0]: 写的是「mars」；departments 里没有部门 mars，现有：planning"),
        ("masked: [{fields: [cost]}, {fields: [Cost]}]",
         "masked[1].fields[0]: 写的是「Cost」；fields Cost 已在 masked[0].fields[0] 用过，换一个"),
        ("masked: [{fields: [数量]}]",
         "masked[0].fields[0]: 写的是「数量」；"
         "数量 是计划本身的列，大家要看着它决定，不能遮；能遮的是导入文件里的其他列"),
        ("api: {tokens: [{name: erp, token: t0ken, scopes: [secrets]}]}",
         "api.tokens[0].scopes[0]: 写的是「secrets」；应为其中之一：read, write, audit, masked, report"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(tmp_path: Path, line: str, complaint: str) -> None:
    at = MINIMAL.count("\n") + 1
    assert complaints(tmp_path, f"{MINIMAL}{line}\n") == [f"config.yaml:{at}: {complaint}"]


def test_an_id_of_a_department_and_of_a_person_has_to_say_which(tmp_path: Path) -> None:
    text = MINIMAL.replace("id: li.na", "id: planning") + "authority: [{who: planning}]\n"
    assert complaints(tmp_path, text) == [
        "config.yaml:7: authority[0].who: 写的是「planning」；planning 既是部门又是人，"
        "请写 department:planning 或 person:planning"
    ]
    load(tmp_path, text.replace("who: planning", "who: person:planning"))


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        (f"{TOKENS}authority: [{{who: li.na}}]",
         "api.tokens[0]: 令牌「erp」有 write 权限，但 authority 里没有 api:erp 的授权，它提的变更都会被拒绝"),
        ("api: {tokens: [{name: bi, token: t, scopes: [masked]}]}",
         "api.tokens[0]: 令牌「bi」有 masked 权限但没有 read，什么也看不到"),
        ("authority: [{who: \"role:viewer\"}]",
         "authority[0].who: 只能查看的人不能提变更；要给某个人授权，请写他的编号"),
        ("authority: [{who: \"department:planning\"}]",
         "authority[0].who: 部门「planning」没有 planner，给部门的授权只归它的计划员，现在没有人能用"),
    ],
)  # fmt: skip
def test_a_grant_or_a_token_that_comes_to_nothing_is_warned_of(tmp_path: Path, text: str, warning: str) -> None:
    assert warning in load(tmp_path, f"{MINIMAL}{text}\n").warnings


@pytest.mark.parametrize("who", ["api:erp", "api:*"])
def test_a_token_with_a_grant_is_not(tmp_path: Path, who: str) -> None:
    text = f'{MINIMAL}{TOKENS}authority: [{{who: "{who}"}}]\n'
    assert [warning for warning in load(tmp_path, text).warnings if "令牌" in warning] == []
