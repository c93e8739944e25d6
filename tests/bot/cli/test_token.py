"""`run.py token`: made and shown once, kept as a hash, revoked for good; the file's are taken over as they are."""

import sqlite3

import pytest
import yaml

from tests.bot.cli.conftest import Office

FILE = """settings: {source: database}
api:
  tokens:
    - {name: erp, token: the-secret-of-the-erp, scopes: [read, write]}
    - {name: mes, token: the-secret-of-the-mes, scopes: [report]}
"""


@pytest.fixture
def kept(office: Office) -> Office:
    office.settings(more=FILE)
    assert office.run("migrate").status == 0
    told = office.run("settings", "import", "config.yaml").out.splitlines()
    assert "api 已读进数据库，成为第 1 版" in told
    return office


def stored(office: Office) -> str:
    """All that the database says, as bytes."""
    with sqlite3.connect(office.folder / "data" / "plan.db") as database:
        return "\n".join(database.iterdump())


def test_made_shown_once_and_kept_as_a_hash(kept: Office) -> None:
    made = kept.run("token", "add", "bi", "--scope", "read", "--scope", "audit")
    first, token, last = made.out.splitlines()
    assert (made.status, first) == (0, "令牌 bi（read、audit）：")
    assert token.startswith("tp_")
    assert len(token) > 40
    assert last.startswith("只显示这一次")
    told = kept.run("token", "list").out
    assert [line.split()[:2] for line in told.splitlines()] == [
        ["erp", "read、write"], ["mes", "report"], ["bi", "read、audit"],
    ]  # fmt: skip
    everything = stored(kept) + told + kept.run("settings", "history", "api").out
    for secret in (token, "the-secret-of-the-erp", "the-secret-of-the-mes"):
        assert secret not in everything
    assert kept.run("audit", "verify").status == 0


def test_a_file_brings_new_tokens_and_none_back(kept: Office) -> None:
    kept.run("token", "revoke", "erp")
    kept.run("token", "add", "bi")
    config = kept.folder / "config.yaml"
    again = kept.run("settings", "import", "config.yaml").out
    assert again == "已有的令牌不从文件里改，作废的仍然作废：erp；要改：run.py token add、revoke\n"
    mes, more = "    - {name: mes", "    - {name: wms, token: the-secret-of-the-wms}\n"
    config.write_text(config.read_text(encoding="utf-8").replace(mes, more + mes), encoding="utf-8")
    assert "api 已读进数据库，成为第 4 版" in kept.run("settings", "import", "config.yaml").out
    told = kept.run("token", "list").out.splitlines()
    assert [(line.split()[0], line.endswith("已作废")) for line in told] == [
        ("erp", True), ("mes", False), ("bi", False), ("wms", False),
    ]  # fmt: skip


def test_revoked_for_good(kept: Office) -> None:
    assert kept.run("token", "revoke", "erp").out == "令牌 erp 已作废，下一次调用起就进不来了\n"
    assert kept.run("token", "revoke", "erp").out == "令牌 erp 早已作废，什么也没有改\n"
    assert "erp  read、write  全部计划" in kept.run("token", "list").out
    assert kept.run("token", "list").out.splitlines()[0].endswith("已作废")
    history = kept.run("settings", "history", "api").out.splitlines()
    back = kept.run("settings", "rollback", history[0].split()[0])
    assert (back.status, back.err[:12]) == (2, "令牌不能退回以前的版本，"[:12])
    assert kept.run("token", "add", "erp").status == 0, "another of the same name"
    assert "已作废" not in kept.run("token", "list").out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", "erp"), "已经有叫 erp 的令牌；要换一个，先作废：run.py token revoke erp"),
        (("add", "bi", "--scope", "everything"), "read, write, audit, masked, report"),
        (("add", "b i"), "api.tokens[2].name"),
        (("add", "bi", "--plan", "west"), "没有这个计划"),
        (("revoke", "bi"), "没有叫 bi 的令牌，现有：erp, mes"),
    ],
)
def test_what_cannot_be_changes_nothing(kept: Office, arguments: tuple[str, ...], told: str) -> None:
    ended = kept.run("token", *arguments)
    assert (ended.status, ended.out) == (2, "")
    assert told in ended.err
    assert len(kept.run("token", "list").out.splitlines()) == 2


def test_what_is_exported_is_read_again_as_the_same(kept: Office) -> None:
    kept.run("token", "add", "bi")
    kept.run("token", "revoke", "mes")
    assert kept.run("settings", "export", "out.yaml").status == 0
    text = (kept.folder / "out.yaml").read_text("utf-8")
    assert "the-secret" not in text
    tokens = yaml.safe_load(text)["api"]["tokens"]
    assert [one["token"][:7] for one in tokens] == ["sha256:"] * 3
    before = kept.run("token", "list").out
    kept.run("settings", "import", "out.yaml")
    assert kept.run("token", "list").out == before
    kept.run("settings", "export", "again.yaml")
    assert (kept.folder / "again.yaml").read_text("utf-8") == text


def test_of_the_file_they_are_the_same_whether_by_value_or_by_hash(kept: Office) -> None:
    """The file still says them by value: nothing differs, and `doctor` says nothing of them."""
    assert kept.run("settings", "diff").out == "没有差别\n"
    assert "和读进数据库时不同" not in kept.run("doctor").out


@pytest.mark.parametrize("more", ["", "settings: {source: file}"])
def test_where_the_file_keeps_them_it_is_said(office: Office, more: str) -> None:
    office.settings(more=more)
    assert office.run("migrate").status == 0
    ended = office.run("token", "add", "bi")
    assert (ended.status, ended.out) == (2, "")
    assert "config.yaml 的 api.tokens" in ended.err
