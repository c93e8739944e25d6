"""同意, 驳回, 要求修改 and 转交: what somebody who is asked says of a change request."""

import re
from dataclasses import dataclass, replace
from datetime import date

from handlers.language.clean import folded, head_of, split_reason
from handlers.language.commands.approvals import plain_yes
from handlers.language.commands.writes import WRITES, read_when
from handlers.language.values.change_numbers import (
    AROUND,
    names_a_change,
    number_and_clear_words,
    number_and_words,
    number_in_front,
)
from handlers.language.values.objects import code_in
from handlers.language.vocabulary import THIS, Command, Phrase, Say, Typed, Vocabulary, because, spaced, this_or
from planning.refusal import Refused


@dataclass(frozen=True, slots=True)
class Approve(Command):
    change_no: str = THIS
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Reject(Command):
    """`suggestion`: the command to propose instead, as typed; empty: none."""

    change_no: str
    reason: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Modify(Command):
    """Send a change request back to its proposer; `wish`: what to propose instead, in words."""

    change_no: str
    wish: str


@dataclass(frozen=True, slots=True)
class Transfer(Command):
    """Hand one's step of a change request on; `to` begins with a name or a person's id, as typed."""

    change_no: str
    to: str
    comment: str = ""


_INSTEAD = re.compile(
    r"(?:^|(?<=[\s,;.:!?，。；：！？、)）]))(?:建议|suggest(?:ion)?)(?=[\s:：,，0-9+-]|[^\x00-\x7f])[\s:：,，]*",
    re.IGNORECASE,
)
_AROUND = " ,，.。:：;；、"
_ASKS = re.compile(r"[吗么呢?？\s]+")
_MENTION_FIRST = re.compile(r"(?:给|由)?\s*(?P<who>[@＠]\S+)\s+(?P<rest>.+)")
_TO = re.compile(r"^(?:给|由|to(?=\s))\s*", re.IGNORECASE)


def approve(typed: Typed) -> Approve:
    """Read an approval: after the number only a remark may follow.

    Raises `decision-unclear` for a question (`同意…吗？`) or a no, `approval-unclear` for a condition or whatever
    else is no remark, `approval-negated` for what is no approval at all (`同意不了 CR-…`).
    """
    return Approve(*plain_yes(typed))


def reject(typed: Typed) -> Reject:
    """Words after the number are the reason, with or without 因为; `建议 <命令>` at their end is what to do instead.

    Raises `reason-missing`, `decision-unclear`.
    """
    change_no, words = number_and_clear_words(typed)
    said, suggestion = split_suggestion(words, typed.today, typed.vocabulary)
    reason = typed.reason
    if suggestion:
        suggestion = f"{suggestion} 因为 {reason}" if reason else suggestion
        reason = said or reason
    else:
        everything = " ".join([words, reason]).strip()
        reason, suggestion = split_suggestion(everything, typed.today, typed.vocabulary)
    if not reason:
        raise typed.refused("reason-missing", example=change_no)
    return Reject(change_no, reason, suggestion)


def modify(typed: Typed) -> Modify:
    """Words after the number are what to propose instead, with or without 因为. Raises `reason-missing`,
    `decision-unclear`."""
    change_no, words = number_and_words(typed)
    if words and not _ASKS.sub("", words):
        raise typed.refused("decision-unclear", found=typed.raw, example=change_no)
    wish = " ".join([words, typed.reason]).strip()
    if not wish:
        raise typed.refused("reason-missing", example=change_no)
    return Modify(change_no, wish)


def transfer(typed: Typed) -> Transfer:
    """`转交 CR-… 给 李娜 因为 …`; a name alone means 本单, a mention is a name wherever it stands. Raises
    `transfer-missing`, `change-missing`, `several-mentioned`."""
    first = _MENTION_FIRST.match(typed.raw)
    if first and names_a_change(rest := replace(typed, raw=first["rest"])):
        change_no, words = number_and_words(rest)
        words = f"{first['who']} {words}"
    else:
        typed = number_in_front(typed)
        change_no, words = number_and_words(typed) if names_a_change(typed) else (THIS, typed.raw)
    to = _TO.sub("", words.strip(AROUND), count=1).strip(AROUND) or typed.mentioned
    if not to:
        raise typed.refused("transfer-missing", example=f"{change_no} " + ("<name>" if typed.is_english else "<姓名>"))
    return Transfer(change_no, to, typed.reason)


def split_suggestion(text: str, today: date, vocabulary: Vocabulary) -> tuple[str, str]:
    """A reason and the command it ends in after 建议 or suggest, or only its date or days (`推迟3天`); empty: it only
    speaks of suggesting something."""
    plain = folded(text)
    for mark in _INSTEAD.finditer(plain):
        suggested = plain[mark.end() :]
        if _reads_like_a_command(suggested, vocabulary) or _reads_like_a_date(suggested, today):
            return text[: mark.start()].strip(_AROUND), " ".join(text[mark.end() :].split())
    return text, ""


def speaks_of_suggesting(text: str) -> bool:
    """Check whether 建议 stands in the text as if something were to follow."""
    return any(text[mark.end() :].strip(_AROUND) for mark in _INSTEAD.finditer(folded(text)))


def _reads_like_a_date(text: str, today: date) -> bool:
    """Check whether all of it is a date; one that cannot be, or may be two, is one all the same: whoever wrote it is
    asked."""
    try:
        return read_when(head_of(split_reason(text)[0]), today) is not None
    except Refused:
        return True


def _reads_like_a_command(text: str, vocabulary: Vocabulary) -> bool:
    """`改期 SO-1042 到 12-08`, `SO-1042 推迟3天`; but not `取消` or `改期再说`, which are prose."""
    verb = vocabulary.verb_of(text)
    if verb is None:
        return bool(code_in(text.split(" ", 1)[0]))
    rest = text[verb[2] :]
    return verb[0].english in WRITES and (any(c.isdigit() for c in rest) or (rest[:1].isspace() and bool(rest.strip())))


def _spell_reject(command: Reject, say: Say) -> str:
    suggested = f"{say('建议', 'suggest')} {command.suggestion}" if command.suggestion else ""
    return spaced(this_or(command.change_no, say), because(command.reason, say), suggested)


def _spell_transfer(command: Transfer, say: Say) -> str:
    """Spell a transfer with 给 where a name by itself would lose its beginning: 由美."""
    to = f"{say('给', 'to')} {command.to}" if _TO.match(command.to) else command.to
    return spaced(this_or(command.change_no, say), to, because(command.comment, say))


APPROVE = Phrase(
    "同意", "ty", "approve",
    "同意 <变更单号> [备注]", "approve <change no> [comment]",
    "同意 CR-20261128-001", "approve CR-20261128-001",
    "替本部门同意一张变更单", "approves a change for your department",
    read=approve, spells={Approve: lambda said, say: spaced(this_or(said.change_no, say), because(said.comment, say))},
    aliases=("批准", "通过", "追认"),
)  # fmt: skip
REJECT = Phrase(
    "驳回", "bh", "reject",
    "驳回 <变更单号> 因为 <原因> [建议 <命令>]", "reject <change no> because <reason> [suggest <command>]",
    "驳回 CR-20261128-001 因为 产能不够", "reject CR-20261128-001 because of capacity",
    "替本部门驳回一张变更单，可以同时建议怎么改", "rejects a change for your department, and may suggest another",
    read=reject, spells={Reject: _spell_reject}, aliases=("拒绝", "不同意"), needs_reason=True,
    also=(
        "驳回 CR-20261128-001 因为 产能不够 建议 改期 SO-1042 推迟4天",
        "reject CR-20261128-001 because of capacity suggest move SO-1042 +4d",
    ),
)  # fmt: skip
MODIFY = Phrase(
    "要求修改", "yqxg", "modify",
    "要求修改 <变更单号> 因为 <要怎么改>", "modify <change no> because <what instead>",
    "要求修改 CR-20261128-001 因为 请改到 12-08", "modify CR-20261128-001 because 12-08 would do",
    "先不批，请提出人改了再提", "sends a change back to its proposer",
    read=modify, spells={Modify: lambda said, say: spaced(this_or(said.change_no, say), because(said.wish, say))},
    aliases=("退回修改",), needs_reason=True,
)  # fmt: skip
TRANSFER = Phrase(
    "转交", "zj", "transfer",
    "转交 <变更单号> <姓名> [因为 <原因>]", "transfer <change no> <name> [because <reason>]",
    "转交 CR-20261128-001 李娜", "transfer CR-20261128-001 李娜",
    "把自己这一步转给本部门的其他审批人，或计划协调员",
    "hands your step on to another approver of the department, or to a coordinator",
    read=transfer, spells={Transfer: _spell_transfer},
    aliases=("转给", "移交"),
)  # fmt: skip
