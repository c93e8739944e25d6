"""The command line where there are several plans: `--plan` says which; what is about the database takes all of them."""

import pytest

from tests.bot.cli.conftest import Office

TWO = """\
  - {id: li.si, name: 李四, department: second, roles: [approver, coordinator]}
plans:
  - {id: one, name: 一厂, departments: [production]}
  - {id: two, name: 二厂, departments: [second]}
"""
SECOND = "departments:\n  - {id: second, name: 二厂车间}\n"


@pytest.fixture
def two(office: Office) -> Office:
    office.settings(more=TWO)
    file = office.folder / "config.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("departments:\n", SECOND, 1), encoding="utf-8")
    for plan, department in (("one", "生产部"), ("two", "二厂车间")):
        table = f"code,title,department,duration_days,start\nMO-1,总装,{department},3,2026-03-02\n"
        office.file(f"{plan}.csv", table)
        ended = office.run("import", f"{plan}.csv", "--plan", plan)
        assert ended.status == 0, ended.err
    return office


@pytest.mark.parametrize(
    "arguments",
    [
        ["import", "one.csv"],
        ["export", "plan.csv"],
        ["outbox"],
        ["outbox", "replay", "--all"],
        ["mapping"],
        ["audit", "export", "trail.csv"],
        ["shadow", "report"],
        ["language", "report"],
    ],
)
def test_what_is_about_one_plan_asks_which(two: Office, arguments: list[str]) -> None:
    ended = two.run(*arguments)
    assert (ended.status, ended.err.strip()) == (2, "这里有几个计划，请用 --plan 指明一个：one, two")
    assert two.run(*arguments, "--plan", "two").status == 0
    wrong = two.run(*arguments, "--plan", "three")
    assert (wrong.status, wrong.err.strip()) == (2, "没有计划 three，现有：one, two")


def test_the_same_code_is_another_item_in_each(two: Office) -> None:
    for plan, department in (("one", "生产部"), ("two", "二厂车间")):
        assert two.run("export", f"{plan}-out.csv", "--plan", plan).status == 0
        assert department in (two.folder / f"{plan}-out.csv").read_text(encoding="utf-8-sig")


def test_what_is_about_the_database_takes_them_all(two: Office) -> None:
    verified = two.run("audit", "verify")
    assert verified.status == 0
    assert [line[:4] for line in verified.out.splitlines()] == ["【一厂】", "【二厂】"]
    assert len(two.run("audit", "verify", "--plan", "two").out.splitlines()) == 1
    examined = two.run("doctor")
    assert "【一厂】计划“一厂”：第 1 版" in examined.out
    assert "【二厂】计划“二厂”：第 1 版" in examined.out
    saved = two.run("backup", "copy.db")
    assert "计划第 【一厂】1 【二厂】1 版" in saved.out
    assert two.run("restore", "--check", "copy.db").status == 0
