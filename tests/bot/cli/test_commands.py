"""What the commands do, and how they end: 0 done, 1 failed, 2 wrong usage or settings."""

import re
import socket
from pathlib import Path

import pytest

from storage.database import Database
from tests.bot.cli.conftest import ITEMS, Office
from tests.tomorrow import migrated_tomorrow

CHINESE = re.compile("[\u4e00-\u9fff]")


# -- usage ---------------------------------------------------------------------------------------------------


def test_without_a_command_it_shows_what_there_is(office: Office) -> None:
    ended = office.run()
    for command in ("serve", "demo", "doctor", "migrate", "import", "export", "version"):
        assert command in ended.out + ended.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["serve", "--port", "1"],
        ["demo", "--port", "70000"],
        ["import"],
        ["import", "."],
        ["export"],
        ["export", "plan.pdf"],
    ],
)
def test_wrong_usage_is_2_and_no_traceback(office: Office, arguments: list[str]) -> None:
    ended = office.run(*arguments)
    assert ended.status == 2
    assert ended.err
    assert "Traceback" not in ended.err


# -- settings ------------------------------------------------------------------------------------------------


def test_without_settings_it_says_what_to_copy(office: Office) -> None:
    ended = office.run("doctor", "--config", "other.yaml")
    assert (ended.status, ended.out) == (2, "")
    assert "other.yaml" in ended.err
    assert "config.example.yaml" in ended.err


def test_each_mistake_of_the_settings_is_one_line(office: Office) -> None:
    dingtalk = "dingtalk: {client_id: ding1, client_secret: ${NOT_SET_ANYWHERE}, card_template_id: t}"
    office.settings(more=f"{dingtalk}\nporto: 1")
    ended = office.run("serve")
    assert ended.status == 2
    lines = ended.err.splitlines()
    assert len(lines) == 2
    assert re.match(r"config\.yaml:\d+: dingtalk\.client_secret: .*NOT_SET_ANYWHERE", lines[0])
    assert lines[1].startswith("config.yaml:10: porto: ")


def test_broken_yaml_is_a_sentence(office: Office) -> None:
    office.file("config.yaml", "server: {port: 80\nlocale: zh-CN\n")
    ended = office.run("migrate")
    assert ended.status == 2
    assert len(ended.err.splitlines()) == 1


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "postgresql+psycopg://plan:s3cret@db:54x2/plan"])
def test_a_database_address_that_cannot_be_one_is_a_mistake_of_the_settings(office: Office, url: str) -> None:
    office.settings(database=url)
    for command in ("migrate", "doctor", "serve"):
        ended = office.run(command)
        assert (ended.status, ended.out) == (2, ""), ended.err
        assert ended.err.startswith("database.url: ")
        assert "s3cret" not in ended.err


# -- migrate, import, export ---------------------------------------------------------------------------------


def test_migrate_makes_the_tables_and_may_be_repeated(office: Office) -> None:
    for _ in range(2):
        ended = office.run("migrate")
        assert (ended.status, ended.err) == (0, "")
        assert "data/plan.db" in ended.out
    assert (office.folder / "data" / "plan.db").is_file()


def test_a_bad_row_is_told_and_nothing_is_applied(office: Office) -> None:
    office.plan()
    office.file("items.csv", ITEMS.replace("2026-03-02", "someday"))
    ended = office.run("import", "items.csv", "links.csv")
    assert (ended.status, ended.out) == (1, "")
    assert ended.err.startswith("items.csv:2: start: ")
    assert "第 1 版" in office.run("export", "now.csv").out


def test_a_table_of_an_older_revision_is_refused(office: Office) -> None:
    office.plan()
    assert office.run("export", "old.xlsx").status == 0
    office.file("items.csv", ITEMS.replace("总装", "总装二线"))
    assert office.run("import", "items.csv", "links.csv").status == 0
    ended = office.run("import", "old.xlsx")
    assert ended.status == 1
    assert "第 1 版" in ended.err
    assert "第 2 版" in ended.err


@pytest.mark.parametrize("file", ["plan.csv", "plan.tsv", "plan.xlsx"])
def test_what_is_exported_comes_in_again_unchanged(office: Office, file: str) -> None:
    office.plan()
    exported = office.run("export", file)
    assert exported.status == 0
    assert "第 1 版（2 项、1 条关系）" in exported.out
    written = sorted((path.name for path in office.folder.glob("plan*.*")), key=len)
    for name in written:
        assert name in exported.out
    again = office.run("import", *written)
    assert again.out.splitlines() == ["与第 1 版没有差别，不用导入"]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["import", "nowhere.csv"], "nowhere.csv"),
        (["import", "items.csv", "nowhere.csv"], "nowhere.csv"),
        (["import", "notes.doc"], "notes.doc"),
        (["export", "nowhere/plan.csv"], "nowhere/plan.csv"),
    ],
)
def test_a_file_that_cannot_be_used_is_a_sentence(office: Office, arguments: list[str], named: str) -> None:
    office.plan()
    office.file("notes.doc", "x")
    ended = office.run(*arguments)
    assert ended.status == 1
    assert named in ended.err
    assert len(ended.err.splitlines()) == 1


def test_export_before_the_first_import_says_how_to_import(office: Office) -> None:
    assert "python run.py migrate" in office.run("export", "plan.csv").err
    office.run("migrate")
    ended = office.run("export", "plan.csv")
    assert ended.status == 1
    assert "python run.py import" in ended.err


# -- the database --------------------------------------------------------------------------------------------


def test_while_the_bot_has_the_file_import_waits_its_turn_and_export_does_not(office: Office) -> None:
    office.plan()
    bot = Database("sqlite:///data/plan.db", "main")
    try:
        refused = office.run("import", "items.csv", "links.csv")
        assert refused.status == 1
        assert "sqlite:///data/plan.db 正被另一个进程使用" in refused.err
        assert office.run("serve").status == 1
        assert office.run("export", "plan.csv").status == 0
        assert office.run("doctor").status == 0
    finally:
        bot.close()


def test_a_database_nobody_answers_at_is_a_sentence_without_its_password(office: Office) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    office.settings(database=f"postgresql+psycopg://plan:s3cret@127.0.0.1:{port}/plan")
    office.file("items.csv", ITEMS)
    for arguments in (["migrate"], ["serve"], ["import", "items.csv"], ["export", "plan.csv"]):
        ended = office.run(*arguments)
        assert (ended.status, ended.out) == (1, "")
        assert f"postgresql+psycopg://127.0.0.1:{port}/plan" in ended.err
        assert "s3cret" not in ended.err
        assert "Traceback" not in ended.err


def test_a_file_that_is_no_database_is_a_sentence(office: Office) -> None:
    office.file("plan.db", "this is a letter, not a database; " * 200)
    office.settings(database="sqlite:///plan.db")
    ended = office.run("migrate")
    assert ended.status == 1
    assert "file is not a database" in ended.err
    assert len(ended.err.splitlines()) == 1


def test_a_folder_that_cannot_be_made_is_a_sentence(office: Office) -> None:
    office.file("data", "a file where the folder should be")
    ended = office.run("migrate")
    assert ended.status == 1
    assert "data" in ended.err
    assert "Traceback" not in ended.err


def test_serve_without_migrating_wants_the_newest_tables(office: Office) -> None:
    ended = office.run("serve", "--no-migrate")
    assert ended.status == 1
    assert ended.err.splitlines()[-1].endswith("python run.py migrate")


def test_tables_of_a_newer_program_are_left_alone(office: Office, database_of_tomorrow: None) -> None:
    for arguments in (["migrate"], ["serve"], ["serve", "--no-migrate"], ["export", "plan.csv"]):
        ended = office.run(*arguments)
        assert ended.status == 1
        assert "更新版本的程序" in ended.err


@pytest.fixture
def database_of_tomorrow(office: Office) -> None:
    office.run("migrate")
    _sql(office.folder / "data" / "plan.db", "UPDATE alembic_version SET version_num = '9999'")


def test_tables_of_a_newer_program_that_are_marked_as_fit_are_used(office: Office) -> None:
    office.plan()
    migrated_tomorrow("sqlite:///data/plan.db", office.folder, compatible=True)
    for arguments in (["migrate"], ["export", "plan.csv"], ["import", "items.csv", "links.csv"], ["audit", "verify"]):
        assert office.run(*arguments).status == 0, arguments
    checked = office.run("doctor")
    assert checked.status == 0
    assert "这个版本还能用，请尽快更新程序" in checked.out


@pytest.mark.both_databases
def test_on_postgresql_the_same_commands_work(office: Office, database_url: str) -> None:
    office.settings(database=database_url)
    office.plan()
    assert "第 1 版" in office.run("export", "plan.csv").out
    assert office.run("doctor").status == 0


# -- the rest ------------------------------------------------------------------------------------------------


def test_a_taken_port_is_a_sentence(office: Office) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        office.settings(port=port)
        serve, demo = office.run("serve"), office.run("demo", "--port", str(port))
    for ended in (serve, demo):
        assert ended.status == 1
        assert str(port) in ended.err.splitlines()[-1]
        assert "Traceback" not in ended.err


def test_what_nobody_foresaw_has_a_reference_and_its_traceback_only_in_the_log(office: Office) -> None:
    office.plan()
    _sql(office.folder / "data" / "plan.db", "UPDATE items SET mode = 'sideways'")
    ended = office.run("export", "plan.csv")
    assert ended.status == 1
    logged, *told = ended.err.splitlines()
    ref = re.search(r'"ref": "(\w+)"', logged)
    assert ref
    assert '"level": "error"' in logged
    assert "Traceback (most recent call last)" in logged
    assert ref[1] in told[0]
    assert not any("Traceback" in line for line in told)


def test_in_english_not_a_word_of_chinese(office: Office) -> None:
    office.file("items.csv", ITEMS.replace("总装", "Assembly").replace("检验", "Check").replace("生产部", ""))
    office.settings(locale="en", more="plan: {name: Plan}")
    config = office.folder / "config.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace("生产部", "Production").replace("王五", "Wang Wu"))
    for command in (
        "migrate",
        "doctor",
        "export a.csv",
        "import items.csv",
        "export a.csv",
        "export a.doc",
        "import no.csv",
        "import a.csv a.links.csv",
        "doctor",
    ):
        ended = office.run(*command.split())
        assert not CHINESE.search(ended.out + ended.err), command


def _sql(file: Path, statement: str) -> None:
    from storage.connection.engine import sqlite_module

    connection = sqlite_module().connect(str(file))
    connection.execute(statement)
    connection.commit()
    connection.close()
