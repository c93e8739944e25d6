"""How many have to approve, as an operator writes it; and what would let a change pass with nobody's word."""

from pathlib import Path

import pytest

from planning.control.policy import EVERYONE, Terms
from tests.bot.settings.test_settings import MINIMAL, complaints, load

MORE = """  - {id: a, name: 甲, department: planning, roles: [approver], dingtalk: a}
  - {id: c, name: 丙, department: planning, roles: [coordinator], dingtalk: c}
"""


def rules(line: str) -> str:
    return f"{MINIMAL}\nrules: [{{id: r, {line}}}]\n"


@pytest.mark.parametrize(
    ("approvals", "who", "terms"),
    [
        ("[affected]", ("affected",), ()),
        ("affected", ("affected",), ()),
        ("{who: affected, mode: all}", ("affected",), (Terms("affected", EVERYONE),)),
        ("[affected, {who: planning, mode: any}]", ("affected", "planning"), (Terms("planning", 1),)),
        ("[{who: 'department:planning'}]", ("planning",), (Terms("planning"),)),
        ("[affected, {who: planning, optional: true}]", ("affected", "planning"), (Terms("planning", None, True),)),
    ],
)
def test_an_approval_is_a_word_or_a_section(
    tmp_path: Path, approvals: str, who: tuple[str, ...], terms: tuple[Terms, ...]
) -> None:
    (rule,) = load(tmp_path, rules(f"approvals: {approvals}")).rules
    policy = rule.rule().policy()
    assert (policy.approvals, policy.terms) == (who, terms)


@pytest.mark.parametrize(("approval", "needs"), [("any", 1), ("all", EVERYONE), ("2", 2)])
def test_a_department_has_its_ordinary_mode(tmp_path: Path, approval: str, needs: int) -> None:
    text = MINIMAL.replace("{id: planning,", f"{{id: planning, approval: {approval},") + MORE
    assert load(tmp_path, text).organisation().departments["planning"].approval == needs


MODE = "应为 any（或签，一人同意）、all（会签，都要同意）或人数 1 到 20"
OPTIONAL = "approvals 里至少要有一个必须同意的：不能全写 optional，否则变更没人批也会生效"


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("approvals: [mars]", "rules[0].approvals[0]: 写的是「mars」；departments 里没有部门 mars，现有：planning"),
        ("approvals: [{who: mars}]",
         "rules[0].approvals[0].who: 写的是「mars」；departments 里没有部门 mars，现有：planning"),
        ("approvals: [{who: \"role:boss\"}]",
         "rules[0].approvals[0].who: 写的是「role:boss」；"
         "role: 后面应为其中之一：viewer, planner, approver, coordinator, admin"),
        ("approvals: [{who: planning, mode: both}]", f"rules[0].approvals[0].mode: 写的是「both」；{MODE}"),
        ("approvals: [{who: planning, mode: 0}]", f"rules[0].approvals[0].mode: 写的是「0」；{MODE}"),
        ("approvals: [{who: planning, mode: 99}]", f"rules[0].approvals[0].mode: 写的是「99」；{MODE}"),
        ("approvals: [{mode: all}]", "rules[0].approvals[0].who: 没有写；这一项必须填写"),
        ("approvals: [{who: planning, optinal: true}]",
         "rules[0].approvals[0].optinal: 写的内容不显示（保密项）；没有这个设置项，是不是想写 optional？"),
        ("approvals: [[planning]]", "rules[0].approvals[0]: 写的是一个列表；应为一组「键: 值」"),
        ("approvals: [affected, {who: affected, mode: all}]",
         "rules[0].approvals[1].who: 写的是「affected」；affected 在这条规则里已经写过，只留一个"),
        ("approvals: [{who: planning, optional: true}, {who: affected, optional: true}]",
         f"rules[0]: 写的是一组设置；{OPTIONAL}"),
        ("class: standard, approvals: [{who: planning, optional: true}]",
         "rules[0]: 写的是一组设置；standard（标准变更）不经审批，不要写 approvals；要审批就用 normal 或 emergency"),
        ("approvals: [{who: planning, mode: 4}]",
         "rules[0].approvals[0].mode: 写的是「4」；「计划部」要 4 人同意，"
         "连协调员、其部门经理和管理员在内只有 1 人能审批，改小人数或补上 approver"),
    ],
)  # fmt: skip
def test_each_mistake_has_its_line(tmp_path: Path, line: str, complaint: str) -> None:
    assert [found.partition(": ")[2] for found in complaints(tmp_path, rules(line))] == [complaint]


def test_fewer_approvers_than_wanted_is_a_warning(tmp_path: Path) -> None:
    """At work a coordinator makes up for them: never silently fewer."""
    text = MINIMAL + MORE + "rules: [{id: r, approvals: [{who: planning, mode: 3}]}]\n"
    assert "rules[0].approvals[0].mode: 「计划部」要 3 人同意，只有 2 个审批人，差的由协调员补上" in (
        load(tmp_path, text).warnings
    )
