"""`shadow report`: what it prints, how it ends."""

from datetime import UTC, datetime

import pytest

from planning.control.shading import Observation
from planning.trail.audit import Kind, Note
from storage.unit_of_work import UnitOfWork
from tests.bot.cli.conftest import Office
from tests.bot.cli.test_audit import with_database

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
"""12:00 in Shanghai."""


@pytest.fixture
def shadowed(office: Office) -> Office:
    """A plan, production in shadow, and a change that a fence would have refused."""
    office.settings(more="shadow: {departments: [production]}")
    office.plan()

    def unit(uow: UnitOfWork) -> None:
        seen = Observation(("department:production",), ("封板",), asked=("production",))
        uow.audit.add(Note.of(Kind.SHADOWED, NOON, "", "CR-20261123-001", seen.facts()))
        uow.commit()

    with_database(unit)
    return office


REPORT = """\
影子运行报告（{span}）
影子运行中：生产部

生产部：{count} 张变更
{lines}
按影子里的全部正式启用来算。
正式启用：管理员把部门或产品从 config.yaml 的 shadow 里删掉，再重启；已提交的变更仍按提交时的算。
"""


@pytest.mark.parametrize(
    ("since", "span", "count", "lines"),
    [
        ((), "全部记录", 1, "- 会被拦下 1 张：冻结窗“封板” 1 张（CR-20261123-001）\n"),
        (("--since", "2026-11-23T12:00"), "2026-11-23T12:00 起", 1,
         "- 会被拦下 1 张：冻结窗“封板” 1 张（CR-20261123-001）\n"),
        (("--since", "2026-11-24"), "2026-11-24 起", 0, ""),
    ],
)  # fmt: skip
def test_the_report_of_the_trail(shadowed: Office, since: tuple[str, ...], span: str, count: int, lines: str) -> None:
    ended = shadowed.run("shadow", "report", *since)
    assert (ended.status, ended.out) == (0, REPORT.format(span=span, count=count, lines=lines))


def test_a_date_that_is_none_is_wrong_usage(shadowed: Office) -> None:
    ended = shadowed.run("shadow", "report", "--since", "昨天")
    assert (ended.status, ended.err.strip()) == (
        2, "--since 昨天：应为日期（2026-12-01）或时刻（2026-12-01T08:00）。",
    )  # fmt: skip


def test_the_trail_tells_it_in_words(shadowed: Office) -> None:
    assert shadowed.run("audit", "export", "trail.csv").status == 0
    written = (shadowed.folder / "trail.csv").read_text(encoding="utf-8-sig")
    assert "影子运行：CR-20261123-001 若正式启用，会被冻结窗“封板”拦下、要由生产部同意" in written


def test_without_tables_it_says_what_to_do(office: Office) -> None:
    ended = office.run("shadow", "report")
    assert ended.status == 1
    assert "migrate" in ended.err
