"""同步: people from a platform's directory, and which of its departments are the plan's."""

from dataclasses import dataclass

from handlers.language.vocabulary import Command, Phrase, Say, Takes, Typed, spaced


@dataclass(frozen=True, slots=True)
class ReadDirectory(Command):
    """Read the directory and show what would change. `platform`: its name as typed; empty: of every one there is."""

    platform: str = ""


@dataclass(frozen=True, slots=True)
class ShowDirectory(Command):
    """Show in full what is waiting to be applied."""


@dataclass(frozen=True, slots=True)
class ChooseUnits(Command):
    """Make departments of the directory (as typed) departments of the plan. `into`: the plan's department whose they
    are to be, as typed; empty: of the same name, or a new one. `takes`: they are none of the plan's any more."""

    units: tuple[str, ...]
    into: str = ""
    takes: bool = False


_DIRECTORY = ("通讯录", "directory", "txl")
_UNITS = ("部门", "department", "departments", "bm")
_INTO = ("归", "into", "to")
_TAKES = ("取消", "不要", "remove", "not")


def sync(typed: Typed) -> ReadDirectory | ShowDirectory | ChooseUnits:
    """`同步 通讯录`, `同步 通讯录 钉钉`, `同步`, `同步 部门 销售部 包装部`, `同步 部门 采购一组 归 采购部`, as well as
    `同步 部门 取消 采购一组`. Raises `sync-unclear`."""
    first, *rest = typed.rest.split() or [""]
    if not first:
        return ShowDirectory()
    if first.lower() in _DIRECTORY and len(rest) <= 1:
        return ReadDirectory(*rest)
    if first.lower() in _UNITS and rest:
        takes = rest[0].lower() in _TAKES
        units, into = _split(rest[1:] if takes else rest)
        if units and not (takes and into):
            return ChooseUnits(tuple(units), into, takes)
    raise typed.refused("sync-unclear", example="directory" if typed.is_english else "通讯录")


def _split(words: list[str]) -> tuple[list[str], str]:
    """The departments, and whose they are to be."""
    if len(words) > 2 and words[-2].lower() in _INTO:
        return _listed(words[:-2]), words[-1]
    return _listed(words), ""


def _listed(words: list[str]) -> list[str]:
    return [name for word in words for name in word.replace("，", "、").replace(",", "、").split("、") if name]


def _spell_units(command: ChooseUnits, say: Say) -> str:
    takes = say(_TAKES[0], "remove") if command.takes else ""
    into = (say(_INTO[0], _INTO[1]), command.into) if command.into else ()
    return spaced(say(_UNITS[0], _UNITS[1]), takes, *command.units, *into)


SYNC = Phrase(
    "同步", "tb", "sync",
    "同步 通讯录 [钉钉|企业微信]｜同步｜同步 部门 [取消] <部门…> [归 <部门>]",
    "sync directory [dingtalk|wecom]|sync|sync department [remove] <department…> [into <department>]",
    "同步 通讯录", "sync directory",
    "管理员单独发：看通讯录和通盘差在哪里，确认后更新人员",
    "said by an admin one-to-one: what the directory says otherwise, applied once confirmed",
    read=sync,
    spells={
        ReadDirectory: lambda asked, say: spaced(say(_DIRECTORY[0], _DIRECTORY[1]), asked.platform),
        ShowDirectory: lambda asked, say: "",
        ChooseUnits: _spell_units,
    },
    takes=Takes.ANYTHING, everyday=True,
    also=("同步 部门 采购部 生产部", "sync department purchasing production"),
)  # fmt: skip
