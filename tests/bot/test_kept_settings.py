"""Settings that the database keeps: brought in once, the same as the file's, renewed without a restart."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.app import build
from bot.environment import environment_of
from bot.kept_settings import SettingsInForce, bring_in, opened
from bot.platforms import PLATFORMS
from bot.settings.file import SettingsFile
from bot.settings.kinds import hashed
from bot.settings.model import IN_DATABASE
from bot.settings.write import as_yaml
from handlers.settings import make
from planning.control.settings_version import SettingsVersion, in_force
from planning.people.organisation import Role
from planning.trail.audit import Kind
from storage.connection.lock import file_of
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests import ROOT
from tests.bot.delivery.scripted import StandingClock
from tests.bot.settings.test_settings import ENVIRON
from tests.small_company import NOW

pytestmark = pytest.mark.both_databases
DEPARTMENTS = [{"id": "sales", "name": "市场部"}, {"id": "production", "name": "生产部", "digest": "08:15"}]
PEOPLE = [{"id": "lin", "name": "林静", "department": "sales", "roles": ["admin"], "dingtalk": "1"}]
GUEST = {"id": "wang", "name": "王五", "department": "production", "roles": ["approver"], "dingtalk": "2"}


def file(url: str, source: str | None = "database", **sections: Any) -> SettingsFile:
    kept = {"settings": {"source": source}} if source else {}
    values = {"database": {"url": url}, "departments": DEPARTMENTS, "people": PEOPLE, **kept, **sections}
    robot = {"client_id": "d", "client_secret": "s", "card_template_id": "t"}
    return SettingsFile.of({"dingtalk": robot, **values}, PLATFORMS)


def version(section: str, document: object, **changes: Any) -> SettingsVersion:
    return SettingsVersion(section, 0, document, changes.pop("effective_from", NOW), NOW, "lin", **changes)


def add(uow: UnitOfWork, one: SettingsVersion) -> None:
    make(uow, "main", Kind.SETTINGS_IMPORTED, one)
    uow.commit()


@pytest.fixture
def database(migrated_url: str) -> Iterator[Database]:
    with closing(Database(migrated_url, "main")) as opened:
        yield opened


def there(url: str, database: Database) -> SettingsInForce:
    found = opened(file(url).settings(NOW), database, NOW)
    assert found is not None
    return found


def test_the_first_start_brings_in_what_the_file_says(migrated_url: str, database: Database) -> None:
    found = there(migrated_url, database)
    assert found.settings.organisation().people["lin"].has(Role.ADMIN)
    kept = database.look(lambda uow: list(uow.settings_of("main").all()))
    assert [(one.section, one.version, bool(one.file_hash)) for one in kept] == [
        ("departments", 1, True), ("people", 1, True),
    ]  # fmt: skip
    told = database.look(lambda uow: [event.kind for event in uow.audit.chain()])
    assert told == ["settings.imported"] * 2


def test_the_next_starts_read_the_database(migrated_url: str, database: Database) -> None:
    there(migrated_url, database)
    for source in ("database", None):
        other = file(migrated_url, source, people=[], departments=[]).settings(NOW)
        found = opened(other, database, NOW)
        assert found is not None
        assert [*found.settings.organisation().people] == ["lin"]
    assert database.look(lambda uow: uow.settings_of("main").last()) == 2


@pytest.mark.parametrize("source", ["file", None])
def test_unless_it_is_asked_for_all_stays_in_the_file(migrated_url: str, database: Database, source: str) -> None:
    assert opened(file(migrated_url, source).settings(NOW), database, NOW) is None
    assert database.look(lambda uow: uow.settings_of("main").last()) == 0


def test_a_unit_of_work_sees_what_was_made_before_it(migrated_url: str, database: Database) -> None:
    current = there(migrated_url, database).current["main"]
    before = current.latest
    assert database.look(lambda uow: current.of(uow, NOW)) is before, "nothing is new"
    database.write_now(lambda uow: add(uow, version("people", [*PEOPLE, GUEST])))
    after = database.look(lambda uow: current.of(uow, NOW))
    assert [*after.organisation.people] == ["lin", "wang"]
    assert after.networks is before.networks, "what was compiled is kept"
    assert after.outlooks is before.outlooks


def test_what_counts_otherwise_is_worked_out_anew(migrated_url: str, database: Database) -> None:
    current = there(migrated_url, database).current["main"]
    before = current.latest
    database.write_now(lambda uow: add(uow, version("forecast", {"prior_days": "9"})))
    after = database.look(lambda uow: current.of(uow, NOW))
    assert (after.prior_days, after.networks is before.networks, after.outlooks is before.outlooks) == (9, True, False)


def test_what_takes_effect_later_does_so_without_anything_new(migrated_url: str, database: Database) -> None:
    current, monday = there(migrated_url, database).current["main"], NOW + timedelta(days=3)
    planned = version("people", [*PEOPLE, GUEST], effective_from=monday)
    database.write_now(lambda uow: add(uow, planned))
    counts = []
    for now in (NOW, monday - timedelta(seconds=1), monday, NOW):
        counts.append(len(database.look(lambda uow, now=now: current.of(uow, now)).organisation.people))  # type: ignore[misc]
    assert counts == [1, 1, 2, 1], "a clock that is put back included"


def test_what_this_program_cannot_read_leaves_what_is_in_force(migrated_url: str, database: Database) -> None:
    found = there(migrated_url, database)
    current = found.current["main"]
    database.write_now(lambda uow: add(uow, version("people", [{"id": "x", "of": "a newer program"}])))
    assert [*database.look(lambda uow: current.of(uow, NOW)).organisation.people] == ["lin"]
    database.write_now(lambda uow: add(uow, version("people", [*PEOPLE, GUEST])))
    assert [*database.look(lambda uow: current.of(uow, NOW)).organisation.people] == ["lin", "wang"]


def test_an_older_snapshot_takes_nothing_back(migrated_url: str, database: Database) -> None:
    current = there(migrated_url, database).current["main"]

    def look(uow: UnitOfWork) -> int:
        uow.settings_of("main").last()  # from here on it sees this moment
        database.write_now(lambda later: add(later, version("people", [*PEOPLE, GUEST])))
        database.look(lambda later: current.of(later, NOW))
        return len(current.of(uow, NOW).organisation.people)

    assert database.look(look) == 2


def test_a_version_that_was_rolled_back_is_not_in_force(migrated_url: str, database: Database) -> None:
    current = there(migrated_url, database).current["main"]

    def fails(uow: UnitOfWork) -> None:
        add(uow, version("people", [*PEOPLE, GUEST]))
        assert len(current.of(uow, NOW).organisation.people) == 2
        raise RuntimeError

    with pytest.raises(RuntimeError):
        database.write_now(fails)
    assert len(database.write_now(lambda uow: current.of(uow, NOW)).organisation.people) == 1


def test_mistakes_are_told_as_those_of_the_file(migrated_url: str, database: Database) -> None:
    found, wrong = there(migrated_url, database), [{**GUEST, "department": "nowhere", "dingtalk": "1"}]
    told = database.look(lambda uow: found.mistakes(uow, NOW, {"people": [*PEOPLE, *wrong]}))
    assert told == [
        "people 的新版本: people[1].dingtalk: 写的是「1」；dingtalk 1 已在 people[0].dingtalk 用过，换一个",
        "people 的新版本: people[1].department: 写的是「nowhere」；departments 里没有这个部门，现有：production、sales",
    ]
    assert database.look(lambda uow: found.mistakes(uow, NOW, {"people": [*PEOPLE, GUEST]})) == []


async def test_timers_follow_the_settings(migrated_url: str) -> None:
    """A department that gets a conversation gets its morning, and one that has none any more is left in peace."""
    service = build(file(migrated_url).settings(NOW), StandingClock(), migrate=False)
    try:
        plan = service.plans[0]
        await plan.scheduler.set_up()
        places = [{**DEPARTMENTS[0], "conversation": "dingtalk:cidS=="}, DEPARTMENTS[1]]
        for document, wanted in ((places, 1), (DEPARTMENTS, 0)):
            one = version("departments", document)
            await plan.database.write(lambda uow, one=one: add(uow, one))  # type: ignore[misc]
            await plan.scheduler.ring()
            timers = await plan.database.read(lambda uow: uow.timers.due(NOW + timedelta(days=9)))
            assert [timer.kind for timer in timers].count("digest") == wanted
    finally:
        await asyncio.to_thread(service.database.close)


def test_two_processes_are_never_of_two_minds(backend: str, migrated_url: str) -> None:
    """What one makes the other goes by in its next unit of work."""
    if file_of(migrated_url):
        pytest.skip("a SQLite file has one process")
    with closing(Database(migrated_url, "main")) as here, closing(Database(migrated_url, "main")) as elsewhere:
        ours, theirs = there(migrated_url, here), there(migrated_url, elsewhere)
        here.write_now(lambda uow: add(uow, version("people", [*PEOPLE, GUEST])))
        assert len(elsewhere.write_now(lambda uow: theirs.current["main"].of(uow, NOW)).organisation.people) == 2
        elsewhere.write_now(lambda uow: add(uow, version("people", PEOPLE)))
        assert len(here.look(lambda uow: ours.current["main"].of(uow, NOW)).organisation.people) == 1


# what is brought in and written out again means the same

NAMES = st.text("林静王五李娜0123: ~no", min_size=1, max_size=6).map(lambda text: f"x{text}".strip())
MODES = st.sampled_from(["any", "1"])
TIMES = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))


@st.composite
def companies(draw: st.DrawFn) -> dict[str, Any]:
    count = draw(st.integers(1, 4))
    departments = [
        {"id": f"d{n}", "name": f"{draw(NAMES)}{n}", "digest": draw(TIMES), "approval": draw(MODES)}
        for n in range(count)
    ]
    people = [
        {
            "id": f"p{n}", "name": draw(NAMES), "department": f"d{draw(st.integers(0, count - 1))}",
            "roles": draw(st.lists(st.sampled_from([*Role]).map(str), unique=True)), "dingtalk": f"0{n}",
        }
        for n in range(draw(st.integers(0, 5)))
    ]  # fmt: skip
    more = draw(st.fixed_dictionaries({}, optional={
        "digest": st.fixed_dictionaries({"time": TIMES}),
        "forecast": st.fixed_dictionaries({"prior_days": st.integers(0, 100).map(str)}),
        "readiness": st.fixed_dictionaries({"backflush": st.lists(NAMES, max_size=3)}),
        "approval": st.fixed_dictionaries({"expires_working_days": st.integers(1, 60).map(str)}),
        "calendar": st.sampled_from(["china", "weekdays", "every-day"]),
        "fences": st.just([{"id": "q4", "kind": "window", "from": "2026-12-24", "to": "2026-12-26"}]),
        "rules": st.just([{"id": "r", "when": "days > 3", "class": "normal", "approvals": ["affected"]}]),
        "masked": st.just([]), "emergencies": st.just([]),
    }))  # fmt: skip
    return {"departments": departments, "people": people, **more}


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(companies())
def test_in_and_out_again_means_the_same(tmp_path: Path, company: dict[str, Any]) -> None:
    before = file("sqlite:///x.db", **company)
    meant = before.settings(NOW)
    kept = {name: version(name, document) for name, document in before.sections.items()}
    path = tmp_path / "out.yaml"
    path.write_text(as_yaml({name: one.document for name, one in kept.items()}), encoding="utf-8")
    again = SettingsFile.read(path, {}, PLATFORMS)
    assert {name: again.hash_of(name) for name in again.sections} == {name: before.hash_of(name) for name in kept}
    both = again.over(before).settings(NOW)
    assert both.model_dump(include={*IN_DATABASE}) == meant.model_dump(include={*IN_DATABASE})


def test_the_example_means_the_same_from_the_database(migrated_url: str, database: Database, tmp_path: Path) -> None:
    example = SettingsFile.read(ROOT / "config.example.yaml", ENVIRON, PLATFORMS)
    meant = example.settings(NOW)

    def unit(uow: UnitOfWork) -> None:
        bring_in(uow, example, "main", "root", NOW)
        uow.commit()

    database.write_now(unit)
    versions = in_force(database.look(lambda uow: list(uow.settings_of("main").all())), NOW)
    assert {*versions} == {*example.sections}
    assert {*IN_DATABASE} - {*versions} == set(), "the example has them all"
    found = example.settings(NOW, versions)
    assert found.model_dump(exclude={"api"}) == meant.model_dump(exclude={"api"})
    for kept, said in zip(found.api.tokens, meant.api.tokens, strict=True):
        assert kept.token.get_secret_value() == hashed(said.token.get_secret_value()), "of tokens the hash alone"
        assert kept.model_dump(exclude={"token"}) == said.model_dump(exclude={"token"})
    assert environment_of(found).organisation == environment_of(meant).organisation
    path = tmp_path / "out.yaml"
    path.write_text(as_yaml({name: one.document for name, one in versions.items()}), encoding="utf-8")
    again = SettingsFile.read(path, os.environ, PLATFORMS)
    assert {name: again.hash_of(name) for name in again.sections} == {name: example.hash_of(name) for name in versions}
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["calendar"] == "china"
