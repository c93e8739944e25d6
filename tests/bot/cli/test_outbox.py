"""`outbox`: what was not delivered, sent again or dropped; what it prints, how it ends."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from storage.unit_of_work import UnitOfWork
from tests.bot.cli.conftest import Office
from tests.bot.cli.test_audit import URL, with_database
from tests.databases import opened

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""09:00 in Shanghai."""
LETTERS = {
    "digest:dingtalk:cidA:2026-11-23": ("dingtalk:cidA", "早会 11-23（周一）\n\n- MO-1"),
    "answer:7": ("wecom:r1", "你好\n" * 40),
}


@pytest.fixture
def dead(office: Office) -> Office:
    """A digest and an answer were given up, a third message is on its way."""
    office.plan()

    def unit(uow: UnitOfWork) -> None:
        for key, (conversation, text) in LETTERS.items():
            uow.outbox.say(conversation, text, NINE, key)
        for message in uow.outbox.claim(NINE, 9):
            uow.outbox.give_up(message, "机器人被移出了 **群**")
        uow.outbox.say("dingtalk:cidB", "on its way", NINE, "answer:8")
        uow.commit()

    with_database(unit)
    return office


def states() -> Mapping[str, int]:
    with opened(URL) as database:
        return database.look(lambda uow: uow.outbox.counts())


def test_the_list_tells_where_what_why_how_often_and_since_when(dead: Office) -> None:
    ended = dead.run("outbox")
    assert (ended.status, ended.err) == (0, "")
    first, second, third, fourth, last = ended.out.splitlines()
    assert first == "digest:dingtalk:cidA:2026-11-23  dingtalk:cidA  早会 11-23（周一）"
    assert second == "    机器人被移出了 **群**（试了 1 次，2026-11-23 09:00 起）"
    assert third == "answer:7  wecom:r1  " + ("你好 " * 20)[:59] + "…"
    assert fourth == second
    assert last.startswith("共 2 条。")


def test_a_house_where_all_arrived(office: Office) -> None:
    office.plan()
    ended = office.run("outbox")
    assert (ended.status, ended.out, ended.err) == (0, "没有送不到的卡片或消息\n", "")


def test_doctor_has_a_hint_with_the_command(dead: Office) -> None:
    ended = dead.run("doctor")
    told = [line for line in ended.out.splitlines() if "run.py outbox" in line]
    assert told == ["! 有 2 条卡片或消息送不到：dingtalk:cidA、wecom:r1。python run.py outbox 列出原因，并可重新发送"]
    assert ended.status == 0


@pytest.mark.parametrize(
    ("arguments", "told", "left"),
    [
        (("replay", "answer:7"), "1 条会重新发送\n", {"new": 2, "dead": 1}),
        (("replay", *LETTERS), "2 条会重新发送\n", {"new": 3}),
        (("replay", "--all"), "2 条会重新发送\n", {"new": 3}),
        (("drop", "answer:7"), "不再发送：answer:7\n", {"new": 1, "dead": 1, "dropped": 1}),
    ],
)
def test_what_is_done_about_them(
    dead: Office, arguments: tuple[str, ...], told: str, left: Mapping[str, int]
) -> None:
    ended = dead.run("outbox", *arguments)
    assert (ended.status, ended.out, ended.err) == (0, told, "")
    assert states() == left
    kind = "letter.dropped" if "drop" in arguments else "letter.replayed"
    assert kinds().count(kind) == left["new"] - 1 + left.get("dropped", 0)


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("replay",), 2),
        (("replay", "answer:7", "--all"), 2),
        (("replay", "answer:7", "answer:8"), 1),  # one of them is no dead letter: neither is touched
        (("drop", "answer:8"), 1),
        (("drop", "nothing"), 1),
        (("drop",), 2),
    ],
)
def test_what_is_refused_changes_nothing(dead: Office, arguments: tuple[str, ...], status: int) -> None:
    ended = dead.run("outbox", *arguments)
    assert (ended.status, ended.out) == (status, "")
    assert ended.err
    assert states() == {"new": 1, "dead": 2}
    assert [kind for kind in kinds() if kind.startswith("letter")] == []


def test_beside_a_running_bot_the_list_works_and_acting_is_refused(dead: Office) -> None:
    with opened(URL):
        assert dead.run("outbox").status == 0
        ended = dead.run("outbox", "replay", "--all")
    assert (ended.status, ended.out) == (1, "")
    assert "正被另一个进程使用" in ended.err


def test_the_settings_may_be_named_before_or_behind(dead: Office) -> None:
    (dead.folder / "config.yaml").rename(dead.folder / "other.yaml")
    assert dead.run("outbox", "--config", "other.yaml").status == 0
    assert dead.run("outbox", "--config", "other.yaml", "replay", "answer:7").status == 0
    assert dead.run("outbox", "replay", "--config", "other.yaml", "--all").status == 0
    assert states() == {"new": 3}


def kinds() -> list[str]:
    with opened(URL) as database:
        return database.look(lambda uow: [event.kind for event in uow.audit.chain()])
