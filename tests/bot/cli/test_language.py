"""`language report` and `language export`: what they print of what people chose."""

from datetime import UTC, datetime

import pytest

from cards.question import NEITHER, Offer, Question
from storage.unit_of_work import UnitOfWork
from tests.bot.cli.conftest import Office
from tests.bot.cli.test_audit import with_database

MONDAY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
OFFERS = tuple(map(Offer, ("查计划 MO-1", "改期 MO-1 推迟2天", "待办")))


@pytest.fixture
def asked(office: Office) -> Office:
    """Four questions that were answered, one that was not."""
    office.plan()

    def unit(uow: UnitOfWork) -> None:
        chosen = ("查计划 MO-1", "改期 MO-1 推迟2天", "取消 MO-1 因为 王五", NEITHER, "")
        for place, choice in enumerate(chosen):
            said = "王五问MO-1咋样"
            uow.questions.add(Question(f"q{place}", "c", "wang.wu", said, "…", OFFERS, "", MONDAY, True, choice))
        uow.commit()

    with_database(unit)
    return office


def test_by_week(asked: Office) -> None:
    assert asked.run("language", "report").out == (
        "选中的是不是想说的（按周）：\n2026-11-23 起一周：4 次，第一个就对 25%，前三个里有 50%，都不是 1 次\n"
    )


def test_nothing_yet(office: Office) -> None:
    office.plan()
    assert office.run("language", "report").out == "还没有人选过。\n"


def test_exported_without_codes_and_names(asked: Office) -> None:
    assert asked.run("language", "export", "said.csv").status == 0
    text = (asked.folder / "said.csv").read_text(encoding="utf-8-sig")
    led = ("查计划 X-1", "改期 X-1 推迟2天", "取消 X-1 因为 某人", "'-")  # no spreadsheet takes it for a formula
    assert text.splitlines()[1:] == [f"某人问X-1咋样,{to}" for to in led]


def test_listed_and_forgotten(asked: Office) -> None:
    listed = asked.run("language", "list").out.splitlines()
    assert listed[-1] == "q0  2026-11-23  某人问X-1咋样  查计划 X-1"
    assert len(listed) == 4
    assert asked.run("language", "forget", "q0").status == 0
    assert len(asked.run("language", "list").out.splitlines()) == 3
    assert asked.run("language", "forget", "q0").status == 1
