"""A change is applied while many requests wait: how long looking at all of them again takes, in SQLite."""

import gc
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from cards.words import Words
from handlers.actions.change.propose import draft
from handlers.inbound.commands import COMMANDS
from handlers.lifecycle.after_change import look_again
from handlers.turn import Environment, Turn
from planning.change.approval_steps import submit
from planning.change.change import Change
from planning.people.organisation import Department, Organisation, Person, Role
from planning.plan.operation import Op, Operation
from planning.plan.revision import Revision
from storage.database import Database
from storage.maintenance.migrate import upgrade
from storage.unit_of_work import UnitOfWork
from tests.bench.live import NOW
from tests.bench.plans import Graph, code
from tests.small_company import TRAITS

OPEN = 200
PROPOSER = "planner"
ENVIRONMENT = Environment(
    Organisation.of(
        [Department(f"d{n}", f"d{n}", f"dingtalk:{n}", f"a{n}") for n in range(14)],
        [
            Person(PROPOSER, PROPOSER, "d0", frozenset({Role.PLANNER, Role.COORDINATOR})),
            *(Person(f"a{n}", f"a{n}", f"d{n}", frozenset({Role.APPROVER})) for n in range(14)),
        ],
    ),
    Words(),
    ZoneInfo("Asia/Shanghai"),
    COMMANDS,
    platforms=TRAITS,
)


def second_look(size: int) -> None:
    """Requests for a day more of one item each, spread over the last tenth of a production line."""
    print(f"\n{OPEN} requests in approval on a plan of {size:,} items in SQLite when another is applied; milliseconds")
    print(f"{'lines of one':>14}{'asked again':>14}{'took':>10}")
    for moved in (size - 1, size - size // 10, size - size // 5):
        with tempfile.TemporaryDirectory() as folder, _opened(Path(folder), size) as database:
            lines = [len(change.impact.lines) for change in _submitted(database, size)]
            taken = database.write_now(partial(_apply_and_look, item=code(moved)))
            again = database.look(lambda uow: sum(change.round > 1 for change in uow.changes.open_ones()))
            print(f"{max(lines):>14,}{again:>14,}{taken:>10.0f}", flush=True)


@contextmanager
def _opened(folder: Path, size: int) -> Iterator[Database]:
    url = f"sqlite:///{folder / 'plan.db'}"
    upgrade(url)
    database = Database(url, "bench")

    def bring(uow: UnitOfWork) -> None:
        plan = Graph.of(size).plan()
        uow.plans.create(plan)
        uow.revisions.append(Revision.after(None, plan.id, "import", NOW, "bench", "content"))
        uow.commit()

    database.write_now(bring)
    database.look(lambda uow: uow.plans.load())  # as the first card that is drawn does
    yield database
    database.close()


def _submitted(database: Database, size: int) -> list[Change]:
    step = max(size // 10 // OPEN, 1)
    items = [code(size - 2 - n * step) for n in range(OPEN)]

    def unit(uow: UnitOfWork) -> list[Change]:
        uow.commit()
        return [_submit(Turn(uow, NOW, ENVIRONMENT), item) for item in items]

    return database.write_now(unit)


def _submit(turn: Turn, item: str) -> Change:
    """Without its cards, which cost nothing here but time."""
    drafted = draft(turn, turn.plan(), (Operation(item, Op.SHIFT, 1),), PROPOSER, "bench", "", "")
    return turn.uow.changes.save(submit(drafted, turn.organisation, turn.now, turn.now + timedelta(days=3)))


def _apply_and_look(uow: UnitOfWork, item: str) -> float:
    """Only the second look is measured, in the thread's own time: what comes on top of applying the change."""
    turn = Turn(uow, NOW, ENVIRONMENT)
    impact = turn.assess(turn.plan(), [Operation(item, Op.SHIFT, 300)])
    revision = Revision.after(uow.revisions.head(), "bench", "CR", NOW, "bench", impact.hash)
    uow.revisions.append(revision, impact.lines)
    uow.plans.apply(impact, revision.number)
    gc.collect()
    begun = time.thread_time()
    look_again(turn)
    taken = (time.thread_time() - begun) * 1000
    uow.commit()
    return taken
