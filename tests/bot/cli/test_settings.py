"""`run.py settings`: what the database keeps, brought in, looked at, taken back; and which of the two is read."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import yaml

from tests.bot.cli.conftest import Office

DATABASE = "settings: {source: database}"


def people(office: Office, name: str) -> None:
    """The file's 王五 is called otherwise."""
    path = office.folder / "config.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("王五", name), encoding="utf-8")


@pytest.fixture
def kept(office: Office) -> Office:
    """The database has the file's settings."""
    office.settings(more=DATABASE)
    assert office.run("migrate").status == 0
    assert office.run("settings", "import", "config.yaml").out.splitlines() == [
        "departments 已读进数据库，成为第 1 版",
        "people 已读进数据库，成为第 1 版",
        "calendar 已读进数据库，成为第 1 版",
    ]
    return office


def test_what_the_file_says_afterwards_is_not_read_and_that_is_told(kept: Office) -> None:
    people(kept, "王武")
    told = kept.run("doctor").out
    assert "✓ 由数据库管理、不再读文件的设置：departments（第 1 版）、people（第 1 版）、calendar（第 1 版）" in told
    assert "! 文件里的 people 和读进数据库时不同，没有生效" in told
    assert "王五" in kept.run("settings", "export", "out.yaml").out + (kept.folder / "out.yaml").read_text("utf-8")


def test_the_same_file_twice_changes_nothing(kept: Office) -> None:
    assert kept.run("settings", "import", "config.yaml").out == (
        "config.yaml 里的设置和数据库里的没有差别，什么也没有改\n"
    )


def test_difference_history_and_back(kept: Office) -> None:
    people(kept, "王武")
    assert kept.run("settings", "diff").out.splitlines()[2:4] == ["-  name: 王五", "+  name: 王武"]
    assert kept.run("settings", "import", "config.yaml").out == "people 已读进数据库，成为第 2 版\n"
    assert kept.run("settings", "diff").out == "没有差别\n"
    assert "+  name: 王武" in kept.run("settings", "diff", "4").out
    assert kept.run("settings", "rollback", "2").out == "已回到编号 2：people 第 3 版生效\n"
    assert kept.run("settings", "rollback", "2").out == "编号 2 的内容现在就生效着，什么也没有改\n"
    history = kept.run("settings", "history", "people").out.splitlines()
    assert [line.split()[:4] for line in history] == [
        [number, "people", "第", str(version)] for number, version in (("2", 1), ("4", 2), ("5", 3))
    ]
    assert history[-1].endswith("回到编号 2")
    assert kept.run("audit", "verify").status == 0


def test_only_the_sections_of_a_file_are_brought_in_and_they_are_checked_with_the_others(kept: Office) -> None:
    kept.file("some.yaml", "people:\n  - {id: li.na, name: 李娜, department: sales, roles: [admin]}\n")
    ended = kept.run("settings", "import", "some.yaml")
    assert ended.status == 2
    assert ended.err == (
        "some.yaml:2: people[0].department: 写的是「sales」；departments 里没有这个部门，现有：production\n"
    )
    kept.file("some.yaml", "rules: [{id: r, when: 'days > 3', clas: normal}]\n")
    assert "some.yaml:1: rules[0].clas" in kept.run("settings", "import", "some.yaml").err
    kept.file("some.yaml", "people: []\ndepartments: [{id: sales, name: 市场部}]\nrule: []\n")
    assert "some.yaml:3: rule: " in kept.run("settings", "import", "some.yaml").err


def test_what_would_not_fit_any_more_is_not_taken_back(kept: Office) -> None:
    kept.file("some.yaml", "people: []\ndepartments: [{id: sales, name: 市场部}]\n")
    assert kept.run("settings", "import", "some.yaml").status == 0
    ended = kept.run("settings", "rollback", "2")
    assert (ended.status, ended.out) == (1, "")
    assert ended.err == (
        "people 的新版本: people[0].department: 写的是「production」；departments 里没有这个部门，现有：sales\n"
    )


@pytest.mark.parametrize("asked", [["import", "config.yaml"], ["rollback", "1"]])
def test_what_begins_later_fits_as_well(kept: Office, asked: list[str]) -> None:
    """Rules of a later day name a department that the file does not have."""
    day = (datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(days=7)).date()
    production = yaml.safe_load((kept.folder / "config.yaml").read_text(encoding="utf-8"))["departments"]
    kept.file("more.yaml", yaml.safe_dump({"departments": [*production, {"id": "qa", "name": "质检部"}]}))
    kept.file("rules.yaml", "rules: [{id: all, event: any, approvals: [qa]}]\n")
    assert kept.run("settings", "import", "more.yaml").status == 0
    assert kept.run("settings", "import", "rules.yaml", "--from", str(day)).status == 0
    ended = kept.run("settings", *asked)
    assert (ended.status, ended.out) == (1, "")
    assert ended.err.startswith(f"这样改，到 {day} 另一版生效，设置就不对了，什么也没有改。")
    assert "rules[0].approvals" in ended.err
    assert len(kept.run("settings", "history", "departments").out.splitlines()) == 2


@pytest.mark.parametrize("asked", [["rollback", "99"], ["diff", "99"]])
def test_a_number_there_is_not(kept: Office, asked: list[str]) -> None:
    ended = kept.run("settings", *asked)
    assert (ended.status, ended.err) == (2, "没有编号 99 的版本；编号见 run.py settings history\n")


def test_where_the_file_keeps_all_nothing_is_brought_in(office: Office) -> None:
    office.settings(more="settings: {source: file}")
    office.run("migrate")
    ended = office.run("settings", "import", "config.yaml")
    assert ended.status == 2
    assert "settings.source: file" in ended.err


def test_without_a_word_the_file_is_read_until_the_database_has_some(office: Office) -> None:
    office.run("migrate")
    people(office, "王武")
    assert "由数据库管理" not in office.run("doctor").out
    assert "从下次启动起" in office.run("settings", "import", "config.yaml").out
    assert "由数据库管理" in office.run("doctor").out


def test_the_file_does_not_do_away_with_what_was_made_in_the_database(kept: Office) -> None:
    """Of what came from a file nothing is lost; of what was made otherwise it would be."""
    text = (kept.folder / "config.yaml").read_text(encoding="utf-8")
    kept.file("config.yaml", text.replace("source: database", "source: file").replace("王五", "王武"))
    assert kept.run("doctor").status == 1, "no plan yet"
    kept.file("config.yaml", text.replace("王五", "王武"))
    kept.run("settings", "import", "config.yaml")
    kept.run("settings", "rollback", "2")
    kept.file("config.yaml", text.replace("source: database", "source: file").replace("王五", "王武"))
    ended = kept.run("doctor")
    assert ended.status == 2
    assert "settings.source: 写的是「file」；数据库里的 people 在群里或命令行改过" in ended.err
    kept.file("config.yaml", text.replace("source: database", "source: file"))
    assert kept.run("doctor").status == 1, "the file says the same"


def test_mistakes_in_a_section_that_is_not_read_harm_nobody(kept: Office) -> None:
    text = (kept.folder / "config.yaml").read_text(encoding="utf-8")
    kept.file("config.yaml", text.replace("roles: [approver, coordinator]", "roles: [boss], wecom: ${NOBODY}"))
    assert "由数据库管理" in kept.run("doctor").out
    assert kept.run("settings", "import", "config.yaml").status == 2


def test_what_is_exported_is_read_again(kept: Office) -> None:
    kept.run("settings", "export", "out.yaml")
    written = yaml.safe_load((kept.folder / "out.yaml").read_text(encoding="utf-8"))
    assert [*written] == ["departments", "people", "calendar"]
    assert "没有差别" in kept.run("settings", "import", "out.yaml").out


def test_from_a_day_on(kept: Office) -> None:
    """What a file says of a later day is in the history, and not in force before."""
    people(kept, "王武")
    day = (datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(days=7)).date()
    told = kept.run("settings", "import", "config.yaml", "--from", str(day)).out
    assert told == f"people 已读进数据库，成为第 2 版，从 {day} 起生效\n"
    assert "王五" in kept.run("settings", "export", "out.yaml").out + (kept.folder / "out.yaml").read_text("utf-8")
    newest = kept.run("settings", "history", "people").out.splitlines()[-1]
    assert f"  {day} 起  " in newest
    past = kept.run("settings", "import", "config.yaml", "--from", "2026-01-05")
    assert (past.status, past.out) == (2, "")
    assert past.err.startswith("2026-01-05 已经过去了，生效日最早写今天")
    kept.file("other.yaml", (kept.folder / "config.yaml").read_text("utf-8").replace("王武", "王午"))
    ended = kept.run("settings", "import", "other.yaml")
    assert (ended.status, ended.out) == (1, "")
    assert "people 有一版以后才生效，它把 people." in ended.err
    assert kept.run("audit", "verify").status == 0
