"""`audit verify` and `audit export`: what they print, how they end, and that a spreadsheet runs nothing of it."""

import csv
import re
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from planning.trail.audit import AuditEvent, Kind, Note
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.bot.cli.conftest import ITEMS, Office
from tests.tampering import tampered

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""09:00 in Shanghai."""
URL = "sqlite:///data/plan.db"


@pytest.fixture
def trail(office: Office) -> Office:
    """A plan was imported; then, a day later each, a message with a formula in it was refused and a click came late."""
    office.plan()

    def unit(uow: UnitOfWork) -> None:
        refused = {"code": "may-not-propose", "name": "王五", "command": "=cmd|'/c calc'!A1"}
        uow.audit.add(Note.of(Kind.MESSAGE_REFUSED, NINE, "wang.wu", "dingtalk:cid", refused))
        late = {"code": "change-ended", "no": "CR-20261123-001", "state": "applied", "button": "approve"}
        uow.audit.add(Note.of(Kind.CLICK_LATE, NINE + timedelta(days=1), "@stranger", "CR-20261123-001", late))
        uow.commit()

    with_database(unit)
    return office


def with_database(unit: Callable[[UnitOfWork], None]) -> None:
    database = Database(URL, "main")
    try:
        database.write_now(unit)
    finally:
        database.close()


def rows(path: str) -> list[list[str]]:
    return list(csv.reader(Path(path).read_text(encoding="utf-8-sig").splitlines()))


def test_a_trail_that_holds_says_so_with_the_hash_to_keep(trail: Office) -> None:
    ended = trail.run("audit", "verify")
    assert (ended.status, ended.err) == (0, "")
    told = r"审计链完整：3 条，逐条校验无误；最后一条的哈希是 [0-9a-f]{64}（请另行保存，日后可对照）\n"
    assert re.fullmatch(told, ended.out)


def test_an_import_is_in_it(trail: Office) -> None:
    trail.run("audit", "export", "audit.csv")
    first = rows("audit.csv")[1]
    assert first[4:6] == ["plan.imported", "1"]
    assert first[6] == f"{first[2]} 导入 items.csv + links.csv，成为第 1 版：2 项、1 条关系，改动 0 处"


def test_the_first_broken_event_is_named_with_when_and_what_was_expected(trail: Office) -> None:
    tampered(URL, "UPDATE audit_events SET actor = 'somebody' WHERE number = 2")
    ended = trail.run("audit", "verify")
    assert (ended.status, ended.out) == (1, "")
    assert re.fullmatch(
        r"审计链断了。第 2 条（2026-11-23 09:00:00\+08:00）被改动过："
        r"按现有内容哈希应为 [0-9a-f]{64}，记录的是 [0-9a-f]{64} 请与备份核对，并查明谁动过数据库。\n",
        ended.err,
    )
    doctor = trail.run("doctor")
    assert doctor.status == 1
    assert "✗ 审计链断了。第 2 条（2026-11-23 09:00:00+08:00）被改动过" in doctor.out


@pytest.mark.parametrize("change", ["facts = '{oops'", "facts = '[1]'", "at = 'gestern'", "subject = x'ff00'"])
def test_what_cannot_be_read_is_named_like_any_other_break(trail: Office, change: str) -> None:
    tampered(URL, f"UPDATE audit_events SET {change} WHERE number = 2")
    when = "时间读不出来" if "gestern" in change else "2026-11-23 09:00:00+08:00"
    ended = trail.run("audit", "verify")
    assert ended.status == 1
    assert ended.err.startswith(f"审计链断了。第 2 条（{when}）被改动过：")
    assert f"✗ 审计链断了。第 2 条（{when}）被改动过" in trail.run("doctor").out
    assert trail.run("audit", "export", "audit.csv").status == 0
    assert [row[0] for row in rows("audit.csv")[1:]] == ["1", "2", "3"]


def test_a_trail_that_was_deleted_is_missed(trail: Office) -> None:
    tampered(URL, "DELETE FROM audit_events")
    tampered(URL, "DELETE FROM audit_heads")
    ended = trail.run("audit", "verify")
    assert (ended.status, ended.err) == (
        1,
        "审计链断了。计划已有 1 个版本，它们最早的审计记录却不在了（现有 0 条）：从第 1 条起被整个删除过。"
        " 请与备份核对，并查明谁动过数据库。\n",
    )


def test_a_removed_event_is_missed(trail: Office) -> None:
    tampered(URL, "DELETE FROM audit_events WHERE number = 2")
    ended = trail.run("audit", "verify")
    assert ended.status == 1
    assert "第 2 条缺失或被改过编号：这里应是第 2 条，却是第 3 条（2026-11-24 09:00:00+08:00）" in ended.err


def test_a_trail_cut_off_at_its_end_is_found(trail: Office) -> None:
    tampered(URL, "DELETE FROM audit_events WHERE number = 3")
    ended = trail.run("audit", "verify")
    assert ended.status == 1
    assert re.search(r"审计记录在第 3 条处被截断或添加过：应止于 3 [0-9a-f]{64}，却止于 2 [0-9a-f]{64}", ended.err)


def test_doctor_checks_it(trail: Office) -> None:
    assert "✓ 审计链：3 条，逐条校验无误" in trail.run("doctor").out


def test_an_export_runs_nothing_in_a_spreadsheet(trail: Office) -> None:
    ended = trail.run("audit", "export", "audit.csv")
    assert (ended.status, ended.out) == (0, "已导出 3 条审计记录：audit.csv\n")
    header, _, refused, late = rows("audit.csv")
    assert header == ["编号", "时间（UTC）", "账号", "姓名", "类别", "对象", "说明", "细节", "前一条哈希", "哈希"]
    assert refused[:6] == ["2", "2026-11-23T01:00:00+00:00", "wang.wu", "王五", "message.refused", "dingtalk:cid"]
    assert refused[6].startswith("王五 发送“=cmd|'/c calc'!A1”，没有照办：王五 没有提出变更的权限")
    assert late[2] == "'@stranger"
    assert not [cell for row in rows("audit.csv") for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert late[8] == refused[9]


@pytest.mark.parametrize(
    ("since", "numbers"), [("2026-11-24", ["3"]), ("2026-11-23T09:00", ["2", "3"]), ("2030-01-01", [])]
)
def test_since_takes_a_day_or_a_moment_of_the_plans_zone(trail: Office, since: str, numbers: list[str]) -> None:
    tampered(URL, "UPDATE audit_events SET at = '2026-01-01 00:00:00' WHERE number = 1")  # whenever this test runs
    trail.run("audit", "export", "audit.csv", "--since", since)
    assert [row[0] for row in rows("audit.csv")[1:]] == numbers


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["audit.xlsx"], "audit.xlsx：审计记录只能导出成 .csv，请换一个文件名。"),
        (["audit.csv", "--since", "某天"], "--since 某天：应为日期（2026-12-01）或时刻（2026-12-01T08:00）。"),
    ],
)
def test_wrong_usage_is_a_sentence(trail: Office, arguments: list[str], sentence: str) -> None:
    ended = trail.run("audit", "export", *arguments)
    assert (ended.status, ended.err) == (2, f"{sentence}\n")


def test_where_it_cannot_be_written_is_a_sentence(trail: Office) -> None:
    ended = trail.run("audit", "export", "nowhere/audit.csv")
    assert ended.status == 1
    assert ended.err.startswith("nowhere/audit.csv：")


def test_an_empty_trail_holds(office: Office) -> None:
    assert office.run("migrate").status == 0
    ended = office.run("audit", "verify")
    assert (ended.status, ended.out) == (0, "审计链还是空的\n")


def test_without_tables_it_says_what_to_do(office: Office) -> None:
    for command in (["verify"], ["export", "audit.csv"]):
        ended = office.run("audit", *command)
        assert ended.status == 1
        assert "python run.py migrate" in ended.err


def test_a_refused_import_is_in_it(trail: Office) -> None:
    trail.run("export", "old.csv")
    trail.file("items.csv", ITEMS.replace("总装", "总装二线"))
    assert trail.run("import", "items.csv", "links.csv").status == 0
    refused = trail.run("import", "old.csv", "old.links.csv")
    assert refused.status == 1
    assert trail.run("audit", "verify").status == 0
    trail.run("audit", "export", "audit.csv")
    assert rows("audit.csv")[-1][4] == "plan.import-refused"
    assert rows("audit.csv")[-1][6].endswith(f"导入 old.csv + old.links.csv，没有照办：{refused.err.strip()}")


def test_a_plan_changed_past_the_program_passes_neither(trail: Office) -> None:
    tampered(URL, "UPDATE items SET start = '2026-04-01' WHERE code = 'MO-1'")
    for command in (("audit", "verify"), ("doctor",)):
        ended = trail.run(*command)
        assert ended.status == 1
        assert "计划的内容被绕过通盘改动过：现在的数据对不上第 1 版的哈希。" in ended.out + ended.err


def test_an_anchor_from_a_digest_is_compared(trail: Office) -> None:
    """The tail and the head are cut together, past the guards: only what has left the machine tells."""
    kept = rows_of_trail()[-1]
    anchor = f"3-{kept.hash[:32]}"
    assert trail.run("audit", "verify", "--anchor", anchor).status == 0
    head = f"UPDATE audit_heads SET number = 2, hash = '{kept.prev_hash}'"
    tampered(URL, "DELETE FROM audit_events WHERE number = 3", head)
    assert trail.run("audit", "verify").status == 0
    ended = trail.run("audit", "verify", "--anchor", anchor)
    assert (ended.status, ended.out) == (1, "")
    assert ended.err.startswith(f"审计记录的结尾被截掉了：现在止于第 2 条，已发出的锚点 {anchor} 是第 3 条。")


@pytest.mark.parametrize("written", ["", "3", "3-abc", "0-" + "0" * 32, "3-" + "g" * 32])
def test_what_is_no_anchor_is_said_so(trail: Office, written: str) -> None:
    ended = trail.run("audit", "verify", "--anchor", written)
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith(f"--anchor {written}：应为早会摘要里的锚点")


def rows_of_trail() -> list[AuditEvent]:
    with closing(Database(URL, "main")) as database:
        return database.look(lambda uow: list(uow.audit.chain()))
