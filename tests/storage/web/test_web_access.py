"""Links and sessions: rows come back as they were written, one use is one, and each plan has its own."""

from datetime import timedelta

from planning.people.web_access import OneTimeLink, WebSession
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.small_company import NOW

LINK = OneTimeLink("a" * 16, "boss", "dingtalk:user:d-boss", "/gantt?days=14", NOW)
UNTIL = NOW + timedelta(minutes=10)
SESSION = WebSession("boss", "planning:viewer", NOW, NOW)


def kept(database: Database, work: object) -> object:
    def unit(uow: UnitOfWork) -> object:
        uow.commit()
        return work(uow)  # type: ignore[operator]

    return database.write_now(unit)


def test_a_link_is_found_by_its_hash_once_it_is_sent(database: Database) -> None:
    kept(database, lambda uow: uow.one_time_links.make(LINK))
    assert database.look(lambda uow: uow.one_time_links.of("hash")) is None
    assert kept(database, lambda uow: uow.one_time_links.seal(LINK.id, LINK.conversation, "hash", UNTIL))
    found = database.look(lambda uow: uow.one_time_links.of("hash"))
    assert found == OneTimeLink(LINK.id, LINK.person, LINK.conversation, LINK.path, LINK.made_at, UNTIL)


def test_sent_again_it_has_another_secret(database: Database) -> None:
    kept(database, lambda uow: uow.one_time_links.make(LINK))
    for digest in ("first", "second"):
        kept(database, lambda uow, digest=digest: uow.one_time_links.seal(LINK.id, LINK.conversation, digest, UNTIL))
    assert database.look(lambda uow: uow.one_time_links.of("first")) is None
    assert database.look(lambda uow: uow.one_time_links.of("second"))


def test_elsewhere_it_gets_none(database: Database) -> None:
    kept(database, lambda uow: uow.one_time_links.make(LINK))
    assert not kept(database, lambda uow: uow.one_time_links.seal(LINK.id, "dingtalk:cid", "hash", UNTIL))


def test_it_is_used_once(database: Database) -> None:
    kept(database, lambda uow: uow.one_time_links.make(LINK))
    assert [kept(database, lambda uow: uow.one_time_links.use(LINK.id, NOW)) for _ in range(2)] == [True, False]
    assert not kept(database, lambda uow: uow.one_time_links.seal(LINK.id, LINK.conversation, "hash", UNTIL))


def test_a_person_has_one_at_a_time(database: Database) -> None:
    other = OneTimeLink("b" * 16, "lin", "dingtalk:user:d-lin", "/", NOW)
    newer = OneTimeLink("c" * 16, "boss", LINK.conversation, "/", NOW)
    for link in (LINK, other, newer):
        kept(database, lambda uow, link=link: uow.one_time_links.make(link))
    for link, there in ((LINK, False), (other, True), (newer, True)):
        assert kept(database, lambda uow, link=link: uow.one_time_links.use(link.id, NOW)) is there


def test_a_session_is_begun_noted_and_ended(database: Database) -> None:
    later = NOW + timedelta(hours=2)
    kept(database, lambda uow: uow.web_sessions.begin("hash", SESSION))
    assert database.look(lambda uow: uow.web_sessions.of("hash")) == SESSION
    kept(database, lambda uow: uow.web_sessions.note("hash", later))
    assert database.look(lambda uow: uow.web_sessions.of("hash")) == WebSession("boss", "planning:viewer", NOW, later)
    kept(database, lambda uow: uow.web_sessions.end("hash"))
    assert database.look(lambda uow: uow.web_sessions.of("hash")) is None


def test_all_of_one_person_end(database: Database) -> None:
    for digest, person in (("a", "boss"), ("b", "boss"), ("c", "lin")):
        session = WebSession(person, "", NOW, NOW)
        kept(database, lambda uow, digest=digest, session=session: uow.web_sessions.begin(digest, session))
    assert kept(database, lambda uow: uow.web_sessions.end_all_of("boss")) == 2
    assert database.look(lambda uow: [bool(uow.web_sessions.of(digest)) for digest in "abc"]) == [False, False, True]


def test_what_is_old_is_forgotten(database: Database) -> None:
    kept(database, lambda uow: (uow.one_time_links.make(LINK), uow.web_sessions.begin("hash", SESSION)))
    for before, there in ((NOW, True), (NOW + timedelta(seconds=1), False)):
        kept(database, lambda uow, at=before: (uow.one_time_links.forget(at), uow.web_sessions.forget(at)))
        assert bool(database.look(lambda uow: uow.web_sessions.of("hash"))) is there


def test_each_plan_has_its_own(database: Database) -> None:
    kept(database, lambda uow: uow.web_sessions.begin("hash", SESSION))
    assert database.of_plan("other").look(lambda uow: uow.web_sessions.of("hash")) is None
