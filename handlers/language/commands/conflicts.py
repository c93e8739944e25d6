"""冲突: which there are, and which of two requests shall stand."""

import re
from dataclasses import dataclass

from handlers.language.vocabulary import THIS, Command, Phrase, Say, Typed, spaced, this_or


@dataclass(frozen=True, slots=True)
class ShowConflicts(Command):
    """The open conflicts between change requests."""


@dataclass(frozen=True, slots=True)
class SettleConflict(Command):
    """`wanted` is mine, theirs, merge, or the number of the request that shall stand; `other` the one it is in conflict
    with, empty where there is only one."""

    change_no: str
    wanted: str
    other: str = ""


MINE, THEIRS, MERGE = "mine", "theirs", "merge"
STANCE_WORDS = {MINE: "以我为准", THEIRS: "以对方为准", MERGE: "合并"}
_NO = r"CR[-_ ]?([0-9]{8})[-_ ]?([0-9]{3,6})(?![A-Za-z0-9-])"
_NUMBER = re.compile(_NO, re.IGNORECASE)
_KEEP = re.compile(rf"(?:以|按|保留|keep)\s*{_NO}(?:\s*为准)?|{_NO}\s*为准", re.IGNORECASE)
_STANCES = {
    MINE: re.compile(r"(?:以|按)\s*(?:我们?|自己|本部门)的?\s*(?:为准|来|办)|\bmine\b", re.IGNORECASE),
    THEIRS: re.compile(r"(?:以|按)\s*(?:对方|他们?|她们?|人家)的?\s*(?:为准|来|办)|\btheirs\b", re.IGNORECASE),
    MERGE: re.compile(r"合并|\bmerge\b", re.IGNORECASE),
}
_THIS = re.compile(r"[本这该此](?:张|个)?(?:变更)?单|\bthis\b", re.IGNORECASE)
_BETWEEN = re.compile(rf"{_THIS.pattern}|[\s,，.。:：;；、!！?？/]+|和|与|跟|\b(?:and|vs|with)\b", re.IGNORECASE)


def conflicts(typed: Typed) -> ShowConflicts | SettleConflict:
    """Raises `stance-missing` where a request is named and nothing is said of it, `leftover`."""
    text = typed.rest
    if not any(character.isalnum() for character in text):
        return ShowConflicts()
    wanted = [_number(found) for found in _KEEP.finditer(text)]
    text = _KEEP.sub(" ", text)
    for stance, pattern in _STANCES.items():
        if pattern.search(text):
            wanted.append(stance)
            text = pattern.sub(" ", text)
    numbers = list(dict.fromkeys(_number(found) for found in _NUMBER.finditer(text)))
    left = _BETWEEN.sub("", _NUMBER.sub(" ", text))
    mine = "mine" if typed.is_english else "以我为准"
    this = [THIS] if _THIS.search(text) else []
    about = [*this, *numbers] or [no for no in wanted if no.startswith("CR-")] or [THIS]
    if left or len(about) > 2:
        raise typed.refused("leftover", found=left or typed.rest, example=f"{about[0]} {mine}")
    if len(wanted) != 1:
        raise typed.refused("stance-missing", example=f"{about[0]} {mine}")
    return SettleConflict(about[0], wanted[0], about[1] if len(about) > 1 else "")


def _number(found: re.Match[str]) -> str:
    day, number = [group for group in found.groups() if group]
    return f"CR-{day}-{number}"


def _spell(command: SettleConflict, say: Say) -> str:
    if command.wanted in STANCE_WORDS:
        stance = say(STANCE_WORDS[command.wanted], command.wanted)
    else:
        stance = say(f"以 {command.wanted} 为准", f"keep {command.wanted}")
    return spaced(this_or(command.change_no, say), command.other, stance)


CONFLICTS = Phrase(
    "冲突", "ct", "conflicts",
    "冲突｜冲突 <变更单号> 以我为准｜以对方为准｜合并", "conflicts|conflicts <change no> mine|theirs|merge",
    "冲突 CR-20261128-002 以我为准", "conflicts CR-20261128-002 mine",
    "看哪些变更单要改同一处；定以谁为准，或合并成一单",
    "which changes want the same otherwise; says which stands, or merges them",
    read=conflicts, spells={ShowConflicts: lambda _, say: "", SettleConflict: _spell}, aliases=("conflict",),
    also=("冲突", "conflicts"),
)  # fmt: skip
