"""`import --map` keeps other words for the imports after it; `mapping` shows and removes them."""

from datetime import date

import pytest

from bot.cli.account import account
from storage.database import Database
from tests.bot.cli.conftest import Office

MAPPING = """\
headers:
  作业令: code
  机型: title
types:
  备料: purchase
modes:
  靠后排: alap
statuses:
  生产部:
    在干: in_progress
"""
ROWS = "作业令,机型,部门,开始,状态\nA,a,生产部,2026-03-02,在干\nB,b,,2026-03-02,确认\n"
NEXT = ROWS + "C,c,生产部,2026-03-02,在干\n"


@pytest.fixture(params=["zh-CN", "en"])
def words(request: pytest.FixtureRequest, office: Office) -> tuple[str, str, str]:
    """The lines for new words, for those kept, and for none, in the office's language."""
    office.settings(locale=request.param)
    chinese = request.param == "zh-CN"
    return (
        ("  按 m.yaml 的叫法读；导入后随计划保存", "保存的 m.yaml", "没有保存过别的叫法")
        if chinese
        else ("  read with the words of m.yaml; the import keeps them", "m.yaml, kept on", "No other words are kept")
    )


@pytest.fixture
def mapped(office: Office) -> Office:
    office.file("m.yaml", MAPPING)
    office.file("items.csv", ROWS)
    return office


def exported(office: Office) -> str:
    assert office.run("export", "now.csv").status == 0
    return (office.folder / "now.csv").read_text(encoding="utf-8-sig")


def trail(office: Office) -> list[list[str]]:
    office.run("audit", "export", "trail.csv")
    return [line.split(",") for line in (office.folder / "trail.csv").read_text(encoding="utf-8-sig").splitlines()[1:]]


def test_it_is_kept_and_later_imports_need_no_option(mapped: Office, words: tuple[str, str, str]) -> None:
    new, kept, none = words
    assert mapped.run("import", "items.csv").status == 1
    assert mapped.run("mapping").out.startswith(none)
    first = mapped.run("import", "items.csv", "--map", "m.yaml")
    assert (first.status, first.err) == (0, "")
    assert first.out.splitlines()[1].startswith(new)
    mapped.file("items.csv", NEXT)
    then = mapped.run("import", "items.csv", "--yes")
    assert (then.status, then.err) == (0, "")
    assert any(kept in line for line in then.out.splitlines())
    assert not any(line.startswith(new) for line in then.out.splitlines())
    assert exported(mapped).count("\n") == 4
    assert [line[4] for line in trail(mapped)].count("wording.kept") == 1


def test_what_was_exported_is_nothing_new(mapped: Office) -> None:
    mapped.run("import", "items.csv", "--map", "m.yaml")
    exported(mapped)
    assert mapped.run("import", "now.csv").out == "与第 1 版没有差别，不用导入\n"


def test_what_is_shown_is_a_file_that_says_the_same(mapped: Office) -> None:
    mapped.run("import", "items.csv", "--map", "m.yaml")
    shown = mapped.run("mapping")
    head, *rest = shown.out.splitlines()
    assert head.startswith(f"# m.yaml：{account()} 20")
    assert date.fromisoformat(head.split()[2])
    assert "\n".join(rest) + "\n" == MAPPING
    mapped.file("again.yaml", shown.out)
    again = mapped.run("import", "items.csv", "--map", "again.yaml")
    assert again.out == "与第 1 版没有差别，不用导入\n"
    assert mapped.run("mapping").out == shown.out


def test_new_words_take_the_place_of_those_before_even_if_the_tables_say_nothing_new(mapped: Office) -> None:
    mapped.run("import", "items.csv", "--map", "m.yaml")
    mapped.file("n.yaml", MAPPING.replace("作业令", "令号"))
    mapped.file("items.csv", ROWS.replace("作业令", "令号"))
    ended = mapped.run("import", "items.csv", "--map", "n.yaml")
    assert ended.out == "与第 1 版没有差别，不用导入\nn.yaml 的叫法已随计划保存\n"
    assert "令号: code" in mapped.run("mapping").out
    assert "作业令" not in mapped.run("mapping").out


@pytest.mark.parametrize("how", [["--dry-run"], []])
def test_what_is_not_imported_keeps_no_words(mapped: Office, how: list[str]) -> None:
    """A dry run, and one that nobody could be asked about."""
    mapped.run("import", "items.csv", "--map", "m.yaml")
    mapped.run("mapping", "remove")
    mapped.file("items.csv", ROWS.replace("2026-03-02", "2026-03-03"))
    ended = mapped.run("import", "items.csv", "--map", "m.yaml", *how)
    assert "会成为第 2 版" in ended.out
    assert ended.status == (0 if how else 1)
    assert mapped.run("mapping").out.startswith("没有保存过")


def test_it_is_removed_once(mapped: Office, words: tuple[str, str, str]) -> None:
    *_, none = words
    mapped.run("import", "items.csv", "--map", "m.yaml")
    removed = mapped.run("mapping", "remove")
    assert (removed.status, removed.err) == (0, "")
    assert "m.yaml" in removed.out
    assert mapped.run("mapping", "remove").out.startswith(none)
    assert mapped.run("import", "items.csv").status == 1
    assert [line[4] for line in trail(mapped)][-2:] == ["wording.kept", "wording.removed"]


def test_mistakes_are_told_and_nothing_is_imported(mapped: Office) -> None:
    mapped.file("m.yaml", MAPPING.replace("title", "titel"))
    ended = mapped.run("import", "items.csv", "--map", "m.yaml")
    assert (ended.status, ended.out) == (1, "")
    assert ended.err.startswith("m.yaml:3: headers: 写的是「titel」；没有这一列，应为其中之一：")
    assert mapped.run("import", "items.csv", "--map", "gone.yaml").err == "gone.yaml: 文件不存在\n"


def test_it_is_shown_beside_a_running_bot_and_removed_without(mapped: Office) -> None:
    assert "python run.py migrate" in mapped.run("mapping").err
    mapped.run("import", "items.csv", "--map", "m.yaml")
    bot = Database("sqlite:///data/plan.db", "main")
    try:
        assert mapped.run("mapping").status == 0
        assert mapped.run("mapping", "remove").status == 1
    finally:
        bot.close()
    assert "作业令" in mapped.run("mapping").out
