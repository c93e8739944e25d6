"""An import says what it would do, and does nothing that surprises: `--dry-run`, `--yes`, `--replace`, a question."""

import os
import pty
import subprocess
import sys

import pytest

from storage.database import Database
from tests import ROOT
from tests.bot.cli.conftest import ITEMS, LINKS, Office

MOVED = ITEMS.replace("2026-03-02", "2026-03-03")
TITLED = ITEMS.replace("总装", "总装二线")


@pytest.fixture
def planned(office: Office) -> Office:
    office.plan()
    return office


def revision(office: Office) -> str:
    return office.run("export", "now.csv").out


def many(count: int, start: str = "2026-03-02") -> str:
    return "code,title,start\n" + "".join(f"N-{number},事,{start}\n" for number in range(count))


def test_the_first_says_what_it_is(office: Office) -> None:
    office.file("items.csv", ITEMS.replace("start", "start,colour"))
    office.file("links.csv", LINKS)
    ended = office.run("import", "items.csv", "links.csv")
    assert (ended.status, ended.err) == (0, "")
    assert [line for line in ended.out.splitlines() if not line.startswith("    ")] == [
        "items.csv + links.csv 会成为第 1 版：2 项、1 条关系",
        "  不认识、作为属性保留的列：colour",
        "  没写日期、由程序排的：1 项",
        "已导入为第 1 版：2 项、1 条关系",
    ]


PUSHED = (
    "code,title,start,duration_days,constraint,constraint_date\n"
    "A,a,2026-03-02,2,,\nB,b,2026-03-03,1,,\nC,c,2026-03-02,1,不早于,2026-03-06\nD,d,,1,,\n"
)


def test_dates_that_do_not_hold_are_named_with_where_they_go(office: Office) -> None:
    """By a link, or by a constraint; what has no date is counted apart."""
    office.file("items.csv", PUSHED)
    office.file("links.csv", "predecessor,successor\nA,B\nB,D\n")
    told = office.run("import", "items.csv", "links.csv").out.splitlines()
    at = told.index("  写的日期不成立、按关系和约束另排的：")
    assert told[at + 1 :] == [
        "    items.csv:3: 事项 B 写的是 2026-03-03，排到 2026-03-04",
        "    items.csv:4: 事项 C 写的是 2026-03-02，排到 2026-03-06",
        "已导入为第 1 版：4 项、2 条关系",
    ]


DRIVEN = "code,title,duration_days,mode,start\nA,a,2,asap,2026-03-02\nB,b,2,alap,\nC,c,2,pinned,2026-03-02\nD,d,2,,\n"
BACK = "前置,后续,驱动,用量\nA,D,前置,\nB,D,前置,\nC,D,前置,2\nA,C,后续,\n"


def test_what_is_said_to_no_effect_is_named_with_its_row(office: Office) -> None:
    """Only what is as late as possible can be driven by what comes after it."""
    office.file("items.csv", DRIVEN)
    office.file("links.csv", BACK)
    ended = office.run("import", "items.csv", "links.csv")
    assert (ended.status, ended.err) == (0, "")
    end = "要倒排请把方式改成尽晚"
    told = ended.out.splitlines()
    assert told[told.index("  写了但不起作用的：") :][:3] == [
        "  写了但不起作用的：",
        f"    links.csv:2: 驱动: A 的方式是尽早，不是尽晚，动不了它：仍由它推后续。{end}",
        f"    links.csv:4: 驱动: C 的方式是固定，不是尽晚：日期仍由它推后续，只有数量按这里的方向。{end}",
    ]


def test_of_many_rows_said_to_no_effect_some_are_named(office: Office) -> None:
    office.file("items.csv", many(20))
    rows = "".join(f"N-{n},N-{n + 1},predecessor\n" for n in range(19))
    office.file("links.csv", f"predecessor,successor,drives\n{rows}")
    told = office.run("import", "items.csv", "links.csv").out.splitlines()
    assert "    ……另有 9 行" in told
    assert len([line for line in told if "links.csv:" in line]) == 10


def test_a_next_one_says_everything_it_changes(planned: Office) -> None:
    planned.file("items.csv", MOVED + "MO-3,包装,生产部,1,2026-03-20\n")
    planned.file("links.csv", "predecessor,successor\nMO-2,MO-3\n")
    ended = planned.run("import", "items.csv", "links.csv", "--yes")
    assert (ended.status, ended.err) == (0, "")
    told = ended.out.splitlines()
    assert told[:4] == [
        "items.csv + links.csv 会成为第 2 版：",
        "  事项：新增 1，修改 2（其中改日期 2），删除 0；现有 2 项，导入后 3 项",
        "  关系：新增 1，删除 1",
        "  没写日期、由程序排的：1 项",
    ]
    assert "    MO-1 总装：2026-03-02~2026-03-04 → 2026-03-03~2026-03-05（+1天）" in told
    assert told[-1] == "已导入为第 2 版：3 项、1 条关系"


def test_it_says_from_which_day_on_undated_items_are_placed(office: Office) -> None:
    office.file("items.csv", "code,title,start,duration_days\nA,a,2020-03-02,1\nB,b,,1\nC,c,,1\n")
    office.file("links.csv", "predecessor,successor\nA,B\n")
    assert "当作历史" in office.run("import", "items.csv", "links.csv", "--dry-run").err + office.run(
        "import", "items.csv", "links.csv"
    ).out
    told = office.run("import", "items.csv", "links.csv", "--as-of", "2020-03-09", "--yes")
    assert "    其中从 2020-03-09 起排的（不排到这天以前）：2 项" in told.out.splitlines()
    assert "    B b：2020-03-03 → 2020-03-09（+4天）" in told.out.splitlines()
    for day in ("1999-12-31", "0001-01-01", "2100-01-01"):
        wrong = office.run("import", "items.csv", "--as-of", day)
        assert (wrong.status, wrong.out) == (2, "")
        assert wrong.err == f"--as-of: {day} 太远，应在 2000-01-01 到 2099-12-31 之间\n"
    wrong = office.run("import", "items.csv", "--as-of", "soon")
    assert (wrong.status, wrong.err) == (2, "--as-of: 写的是「soon」，应为日期，如 2026-12-05\n")


@pytest.mark.parametrize(("locale", "more"), [("zh-CN", "    ……另有 {} 项"), ("en", "    … and {} more")])
@pytest.mark.parametrize("changed", [1, 20, 21, 40])
def test_of_many_lines_twenty_are_shown_and_the_others_counted(
    office: Office, locale: str, more: str, changed: int
) -> None:
    rows = "code,title,start,quantity\n" + "".join(f"N-{n},事,2026-03-02,8\n" for n in range(40))
    office.settings(locale=locale)
    office.file("items.csv", rows)
    assert office.run("import", "items.csv").status == 0
    office.file("items.csv", rows.replace(",8\n", ",9\n", changed))
    told = office.run("import", "items.csv").out.splitlines()
    lines = [line for line in told if line.startswith("    N-")]
    assert [line.split()[0] for line in lines] == sorted(f"N-{n}" for n in range(changed))[: min(changed, 20)]
    assert f" {changed} " in told[told.index(lines[0]) - 1]
    after = told[told.index(lines[-1]) + 1 :]
    assert after[:-1] == ([more.format(changed - 20)] if changed > 20 else [])


def test_what_is_no_line_of_a_revision_is_listed_too(planned: Office) -> None:
    """Titles with both names, of other columns which items have them; values as people write them."""
    rows = ITEMS.replace("start\n", "start,status,owner\n").replace("2026-03-02", "2026-03-02,released,")
    rows = rows.replace("总装", "总装二线").replace("检验,生产部,2,", "检验,生产部,2,2026-03-05,,王五")
    planned.file("items.csv", rows)
    told = planned.run("import", "items.csv", "links.csv", "--dry-run").out.splitlines()
    assert "  只有其他列不同：MO-2" in told
    assert told[told.index("  不同的有 1 项：") + 1] == "    MO-1 总装二线：状态 已确认 → 已下达；名称 总装 → 总装二线"


@pytest.mark.parametrize("removed", [10, 11, 30])
def test_of_many_removed_items_ten_are_named_and_the_others_counted(office: Office, removed: int) -> None:
    office.file("items.csv", many(40))
    assert office.run("import", "items.csv").status == 0
    office.file("items.csv", many(40 - removed))
    told = office.run("import", "items.csv", "--dry-run").out
    (gone,) = (line for line in told.splitlines() if line.startswith("  删除："))
    codes, _, more = gone.removeprefix("  删除：").partition("…")
    assert codes.count("N-") == 10
    assert more == (f"另有 {removed - 10} 项" if removed > 10 else "")


@pytest.mark.parametrize("items", [ITEMS, MOVED, TITLED, many(30)])
def test_a_dry_run_changes_nothing(planned: Office, items: str) -> None:
    planned.file("items.csv", items)
    links = ["links.csv"] if "MO-1" in items else []
    tried = planned.run("import", "items.csv", *links, "--dry-run")
    assert (tried.status, tried.err) == (0, "")
    assert tried.out.splitlines()[-1] == "只是试算，什么也没有改。"
    assert "第 1 版" in revision(planned)
    assert _kinds(planned).count("plan.imported") == len(_kinds(planned)) == 1


def test_a_dry_run_goes_beside_a_running_bot_and_before_the_first_import(office: Office) -> None:
    office.file("items.csv", ITEMS)
    assert "python run.py migrate" in office.run("import", "items.csv", "--dry-run").err
    office.run("migrate")
    assert "会成为第 1 版" in office.run("import", "items.csv", "--dry-run").out
    bot = Database("sqlite:///data/plan.db", "main")
    try:
        assert office.run("import", "items.csv", "--dry-run").status == 0
        assert office.run("import", "items.csv", "--yes").status == 1
    finally:
        bot.close()


FIXED = ITEMS.replace("检验,生产部,2,", "检验,生产部,2,2026-03-05") + "MO-3,包装,生产部,1,2026-03-20\n"


@pytest.mark.parametrize(
    ("items", "links", "through"),
    [
        (FIXED.replace("总装", "总装二线"), LINKS, True),
        (FIXED + "MO-4,入库,生产部,1,2026-03-20\n", LINKS, True),
        (FIXED, LINKS + "MO-2,MO-3\n", True),
        (FIXED.replace("2026-03-20", "2026-03-23"), LINKS, False),
        (FIXED, "predecessor,successor\n", False),
        (FIXED.partition("MO-3")[0], LINKS, False),
    ],
    ids=["title", "new item", "new link", "moved", "link gone", "item gone"],
)
def test_without_a_terminal_only_what_takes_nothing_goes_through(
    office: Office, items: str, links: str, through: bool
) -> None:
    office.file("items.csv", FIXED)
    office.file("links.csv", LINKS)
    assert office.run("import", "items.csv", "links.csv").status == 0
    office.file("items.csv", items)
    office.file("links.csv", links)
    ended = office.run("import", "items.csv", "links.csv")
    assert ended.status == (0 if through else 1)
    assert "会成为第 2 版" in ended.out
    assert ("请加 --yes" in ended.err) is not through
    assert ("第 2 版" in revision(office)) is through


def test_stock_that_no_table_names_stays_as_it_was_counted(office: Office) -> None:
    office.file("items.csv", FIXED)
    stock = office.file("items.stock.csv", "product,on_hand\nsteel,5\niron,7\n")
    assert office.run("import", "items.csv").status == 0
    office.file("items.stock.csv", "product,on_hand\nsteel,6\n")
    assert office.run("import", "items.csv").status == 0, "another count takes nothing away"
    before = revision(office)
    stock.unlink()
    assert office.run("import", "items.csv").status == 0
    assert revision(office) == before, "and no table of stock says nothing of it"


def test_what_removes_much_wants_replace_whoever_says_yes(office: Office) -> None:
    office.file("items.csv", many(40))
    assert office.run("import", "items.csv").status == 0
    office.file("items.csv", many(29))
    refused = office.run("import", "items.csv", "--yes")
    assert refused.status == 1
    assert "  删除：N-29、N-30" in refused.out
    assert "40 项中的 11 项" in refused.err
    assert "--replace" in refused.err
    assert _kinds(office)[-1] == "plan.import-refused"
    assert office.run("import", "items.csv", "--replace").status == 1, "and it is asked all the same"
    assert office.run("import", "items.csv", "--replace", "--yes").status == 0
    assert "第 2 版（29 项" in revision(office)


@pytest.mark.parametrize(("answer", "status"), [("y\n", 0), ("n\n", 1), ("\n", 1)])
def test_on_a_terminal_it_asks(planned: Office, answer: str, status: int) -> None:
    planned.file("items.csv", MOVED)
    ours, theirs = pty.openpty()
    command = [sys.executable, str(ROOT / "run.py"), "import", "items.csv", "links.csv"]
    with subprocess.Popen(command, cwd=planned.folder, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          encoding="utf-8") as process:  # fmt: skip
        os.write(ours, answer.encode())
        out, err = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert process.returncode == status, err
    assert "导入吗？" in out
    assert "Traceback" not in err
    assert ("第 1 版" if status else "第 2 版") in revision(planned)


def _kinds(office: Office) -> list[str]:
    office.run("audit", "export", "trail.csv")
    lines = (office.folder / "trail.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    return [line.split(",")[4] for line in lines]
