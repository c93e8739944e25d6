"""修改, 撤回, 撤销, 延长, 催办 and 谁知道: what becomes of a change request that was proposed."""

import re
from dataclasses import dataclass, replace

from handlers.language.clean import folded
from handlers.language.commands.what_if import write_in
from handlers.language.commands.writes import Write, spell_write
from handlers.language.values.approximate import APPROXIMATE, exact
from handlers.language.values.change_numbers import (
    change_number,
    number_alone,
    number_and_everything_said,
    number_and_words,
)
from handlers.language.values.objects import code_in, whole_object
from handlers.language.vocabulary import THIS, Command, Phrase, Say, Typed, because, spaced, this_or
from planning.refusal import Refused


@dataclass(frozen=True, slots=True)
class Revise(Command):
    """Propose something else in a change request's place; without a reason, for its reason."""

    change_no: str
    inner: Write


@dataclass(frozen=True, slots=True)
class Submit(Command):
    """Submit a preview as its button does."""

    change_no: str = THIS


@dataclass(frozen=True, slots=True)
class Withdraw(Command):
    change_no: str = THIS
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Undo(Command):
    """Take back what is in effect since a few minutes."""

    change_no: str = THIS
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Extend(Command):
    """Move a request's deadline by working days."""

    change_no: str = THIS
    days: int = 1


@dataclass(frozen=True, slots=True)
class RemindSupply(Command):
    """The owner of an item that others wait for is reminded."""

    item: str


@dataclass(frozen=True, slots=True)
class Remind(Command):
    """Push those a change request waits for."""

    change_no: str = THIS


@dataclass(frozen=True, slots=True)
class Acks(Command):
    """Ask who knows of a change request; `everybody`: a line a person, not a department."""

    change_no: str = THIS
    everybody: bool = False


_DAYS = re.compile(
    r"(?:[+加多]|再?延长?)?\s*(?P<n>[0-9]{1,2}|一|两|二)?\s*(?:个?工作日|天|日|d(?:ays?)?)?", re.IGNORECASE
)
_DAYS_ALONE = re.compile(
    r"(?:再?延?长?|[+加多])?\s*(?:[0-9]{1,2}|[一两二])\s*(?:个?工作日|天|日|d(?:ays?)?)", re.IGNORECASE
)
_ABOUT_DAYS = re.compile(rf"(?:再?延?长?|[+加多])?\s*(?P<n>{APPROXIMATE})\s*(?P<unit>个?工作日|天|日|d(?:ays?)?)", re.I)
_EVERYBODY = re.compile(r"(?:^|[\s,，、的]|(?<=[0-9单]))(?:全部|所有人?|大家|all|everybody|everyone)$", re.IGNORECASE)
_CHINESE = {"一": 1, "两": 2, "二": 2}


def revise(typed: Typed) -> Revise:
    """Read what follows the number as the command to propose instead; without an item it is about the same one.

    Raises `change-missing`, `revise-missing`, and what the command raises.
    """
    change_no, words = number_and_words(typed)
    command = f"{change_no} " + ("move this +2d" if typed.is_english else f"改期 {THIS} 推迟2天")
    if not words:
        raise typed.refused("revise-missing", example=command)
    try:
        return Revise(change_no, write_in(words, typed.reason, typed.today, typed.vocabulary))
    except Refused as refused:
        facts = dict(refused.refusal.facts)
        if "example" not in facts:
            raise
        raise typed.refused("revise-missing", found=words, example=command) from None


def submit(typed: Typed) -> Submit:
    """Raises `leftover`, `change-missing`."""
    return Submit(number_alone(typed))


def withdraw(typed: Typed) -> Withdraw:
    """Read a withdrawal: the words after the number are the reason. Raises `decision-unclear`, `change-missing`."""
    return Withdraw(*number_and_everything_said(typed))


def undo(typed: Typed) -> Undo:
    """Read an undo: the words after the number are the reason. Raises `decision-unclear`, `change-missing`."""
    return Undo(*number_and_everything_said(typed))


def extend(typed: Typed) -> Extend:
    """Extend by so many working days, one where none is said. Raises `leftover`, `change-missing`,
    `number-approximate`."""
    is_days = _DAYS_ALONE.fullmatch(folded(typed.raw)) or _ABOUT_DAYS.fullmatch(folded(typed.raw))
    change_no, words = (THIS, typed.raw) if is_days else number_and_words(typed)
    days = _DAYS.fullmatch(folded(words))
    count = (days["n"] or "1") if days else "0"
    if about := _ABOUT_DAYS.fullmatch(folded(words)):
        exact(about["n"], about["unit"])
    if not (wanted := _CHINESE.get(count) or int(count)):
        raise typed.refused("leftover", found=words, example=change_no)
    return Extend(change_no, wanted)


def remind(typed: Typed) -> Remind | RemindSupply:
    """Of a change request, or of an item that is waited for. Raises `leftover`, `change-missing`."""
    words = whole_object(typed.rest)
    if words and code_in(words) == words and not change_number(words):
        return RemindSupply(words)
    return Remind(number_alone(typed))


def acks(typed: Typed) -> Acks:
    """Raises `leftover`, `change-missing`."""
    whole = _EVERYBODY.search(typed.raw)
    if whole:
        typed = replace(typed, raw=_EVERYBODY.sub("", typed.raw), rest=_EVERYBODY.sub("", typed.rest))
    return Acks(number_alone(typed), whole is not None)


def _spell_number(command: Submit | Remind, say: Say) -> str:
    return this_or(command.change_no, say)


def _spell_item(command: RemindSupply, say: Say) -> str:
    return command.item


def _spell_with_reason(command: Withdraw | Undo, say: Say) -> str:
    return spaced(this_or(command.change_no, say), because(command.reason, say))


def _spell_revise(command: Revise, say: Say) -> str:
    return spaced(this_or(command.change_no, say), spell_write(command.inner, say))


def _spell_extend(command: Extend, say: Say) -> str:
    return spaced(this_or(command.change_no, say), f"{command.days}{say('天', 'd')}")


def _spell_acks(command: Acks, say: Say) -> str:
    return spaced(this_or(command.change_no, say), say("全部", "all") if command.everybody else "")


REVISE = Phrase(
    "修改", "xg", "revise",
    "修改 <变更单号> <命令>", "revise <change no> <command>",
    "修改 CR-20261128-001 改期 SO-1042 推迟2天", "revise CR-20261128-001 move SO-1042 +2d",
    "改自己提的变更单：新的一张提交后取代它", "proposes something else in your change's place",
    read=revise, spells={Revise: _spell_revise},
)  # fmt: skip
SUBMIT = Phrase(
    "提交", "tj", "submit",
    "提交 [变更单号]", "submit [change no]",
    "提交", "submit",
    "提交你刚才预览的变更，和点卡片上的“提交”一样", "submits what you previewed, as the card's button does",
    read=submit, spells={Submit: _spell_number},
)  # fmt: skip
WITHDRAW = Phrase(
    "撤回", "ch", "withdraw",
    "撤回 <变更单号>", "withdraw <change no>",
    "撤回 CR-20261128-001", "withdraw CR-20261128-001",
    "撤回自己提交、还没生效的变更单", "withdraws your own change while it is not applied",
    read=withdraw, spells={Withdraw: _spell_with_reason},
)  # fmt: skip
UNDO = Phrase(
    "撤销", "cx", "undo",
    "撤销 <变更单号> [因为 <原因>]", "undo <change no> [because <reason>]",
    "撤销 CR-20261128-001", "undo CR-20261128-001",
    "生效后十分钟内改回去：马上恢复原计划，通知所有相关的人",
    "takes a change back within ten minutes of its taking effect; everybody concerned is told",
    read=undo, spells={Undo: _spell_with_reason},
)  # fmt: skip
EXTEND = Phrase(
    "延长", "yc", "extend",
    "延长 <变更单号> [N天]", "extend <change no> [Nd]",
    "延长 CR-20261128-001 1天", "extend CR-20261128-001 1d",
    "把一张变更单的决定期限延一两个工作日（部门经理、计划协调员）",
    "moves a deadline by a working day or two (managers, coordinators)",
    read=extend, spells={Extend: _spell_extend},
)  # fmt: skip
REMIND = Phrase(
    "催办", "cb", "remind",
    "催办 <变更单号>｜<单号>", "remind <change no>|<code>",
    "催办 CR-20261128-001", "remind CR-20261128-001",
    "提醒还没决定的人，一小时最多催一次；或提醒一张采购单的负责人，一天一次",
    "reminds those who have not decided yet, once an hour at most; or the owner of a purchase, once a day",
    read=remind, spells={Remind: _spell_number, RemindSupply: _spell_item}, aliases=("催一下", "nudge"),
    also=("催办 PO-3301", "remind PO-3301"),
)  # fmt: skip
ACKS = Phrase(
    "谁知道", "szd", "acks",
    "谁知道 <变更单号> [全部]", "acks <change no> [all]",
    "谁知道 CR-20261128-001", "acks CR-20261128-001",
    "看一张变更单发给了谁、谁收到、谁决定了", "who was sent a change, who received it, who decided",
    read=acks, spells={Acks: _spell_acks},
)  # fmt: skip
