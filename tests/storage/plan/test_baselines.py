"""Baselines are read back as they were named, per plan."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from planning.plan.revision import Baseline, BaselineKind
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.small_company import NOW, plan
from tests.storage.plan.test_history import seed

BASELINES = [
    Baseline("导入", 1, BaselineKind.IMPORT, NOW, "import"),
    Baseline("Q4", 1, BaselineKind.PROMISE, NOW + timedelta(hours=1), "lin"),
    Baseline("双十一", 1, BaselineKind.PROMISE, NOW + timedelta(hours=2), "lin"),
    Baseline("W48", 1, BaselineKind.WEEKLY, NOW + timedelta(hours=3), "lin"),
]


def frozen(database: Database) -> None:
    def freeze(uow: UnitOfWork) -> None:
        for baseline in BASELINES:
            uow.baselines.freeze(baseline)
        uow.commit()

    database.write_now(lambda uow: seed(uow, plan(1)))
    database.write_now(freeze)


def test_they_are_told_newest_first(database: Database) -> None:
    frozen(database)
    assert database.look(lambda uow: uow.baselines.newest_first()) == BASELINES[::-1]


def test_a_name_is_found_in_any_case(database: Database) -> None:
    frozen(database)
    assert database.look(lambda uow: uow.baselines.named("q4")) == BASELINES[1]
    assert database.look(lambda uow: uow.baselines.named("Q")) is None


def test_the_newest_promise_counts(database: Database) -> None:
    assert database.look(lambda uow: uow.baselines.promise()) is None
    frozen(database)
    assert database.look(lambda uow: uow.baselines.promise()) == BASELINES[2]


TAKEN, NOWHERE = BASELINES[0], Baseline("X", 2, BaselineKind.WEEKLY, NOW, "lin")


@pytest.mark.parametrize("wrong", [TAKEN, NOWHERE], ids=["name", "revision"])
def test_a_name_is_given_once_and_only_to_a_revision_there_is(database: Database, wrong: Baseline) -> None:
    frozen(database)
    with pytest.raises(IntegrityError):
        database.write_now(lambda uow: uow.baselines.freeze(wrong))
