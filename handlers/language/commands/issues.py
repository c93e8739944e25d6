"""反馈: what somebody found wrong, and what is said about it afterwards."""

import re
from dataclasses import dataclass
from enum import StrEnum

from handlers.language.clean import folded
from handlers.language.vocabulary import Command, Phrase, Say, Takes, Typed, spaced
from planning.rhythm.issue import ISSUE_NO


class Word(StrEnum):
    """What is said about an issue."""

    TAKE = "take"
    HAND_ON = "hand-on"
    ANSWER = "answer"
    SOLVED = "solved"
    UNSOLVED = "unsolved"


@dataclass(frozen=True, slots=True)
class RaiseIssue(Command):
    """`said`: what is wrong, as typed, with what it is about and whom it is for."""

    said: str
    urgent: bool = False

    @property
    def to(self) -> str:
        """Who is to see to it, a department or a person, as it seems; empty: whoever's matter it is."""
        found = _TO.search(self.said)
        return found[1] if found else ""

    @property
    def without_whom(self) -> str:
        return _TO.sub("", self.said).rstrip()


@dataclass(frozen=True, slots=True)
class FollowIssue(Command):
    """`said`: the answer, or whom it is handed to."""

    issue: str
    word: Word
    said: str = ""


@dataclass(frozen=True, slots=True)
class ShowIssues(Command):
    """One issue by its number; else one's own that are not closed, or all of them."""

    issue: str = ""
    everything: bool = False


_NUMBERED = re.compile(rf"({ISSUE_NO.pattern})[\s,，、:：]*", re.IGNORECASE)
_TO = re.compile(r"(?:^|[\s,，。;；])(?:给|to\s)\s*([^\s,，。;；]+)(?=$|[\s,，]*(?:因为|由于|because))", re.IGNORECASE)
_URGENT = re.compile(r"(?:紧急|加急|urgent(?![a-z]))[\s,，:：]*", re.IGNORECASE)
_ALL = ("全部", "所有", "all")
_NO_ISSUE = re.compile("[一]?下|给(?:我|他|她|我们|大家)")
"""`反馈一下进度` asks for something."""
_WORDS: dict[Word, tuple[str, ...]] = {
    Word.TAKE: ("我来", "接手", "我来处理", "take"),
    Word.HAND_ON: ("转给", "转", "to"),
    Word.ANSWER: ("回复", "答复", "答", "reply"),
    Word.UNSOLVED: ("没解决", "没有解决", "未解决", "unsolved"),
    Word.SOLVED: ("解决了", "已解决", "解决", "solved"),
}
"""The first of each is how it is spelt in Chinese, the last in English."""
_TAKES_WORDS = (Word.HAND_ON, Word.ANSWER)


def issue(typed: Typed) -> Command:
    """Raises `report-unclear` of what tells no issue, `issue-unclear`, `issue-why` of what is urgent."""
    words = typed.whole.strip()
    if not words:
        return ShowIssues()
    if words.lower() in _ALL:
        return ShowIssues(everything=True)
    if numbered := _NUMBERED.match(folded(words)):
        return _about(typed, numbered[1].upper(), words[numbered.end() :].strip())
    if not typed.is_apart or _NO_ISSUE.match(words) or not any(c.isalnum() for c in words):
        raise typed.refused("report-unclear", found=words, example=words)
    return _raised(typed, words)


def _raised(typed: Typed, words: str) -> RaiseIssue:
    is_urgent = _URGENT.match(words)
    if is_urgent:
        words = words[is_urgent.end() :].strip()
        if not typed.reason:
            why = " because <reason>" if typed.is_english else " 因为 <原因>"
            form = f"{typed.whole}{why}"
            raise typed.refused("issue-why", example=form, offers=(f"{typed.name} {form}",))
    if not any(c.isalnum() for c in words):
        raise typed.refused("report-unclear", found=typed.whole, example=typed.whole)
    return RaiseIssue(words, bool(is_urgent))


def _about(typed: Typed, no: str, said: str) -> Command:
    if not said:
        return ShowIssues(no)
    for word, spellings in _WORDS.items():
        for spelling in spellings:
            if found := re.match(rf"{spelling}(?![a-z])[\s,，:：]*", said, re.IGNORECASE):
                rest = said[found.end() :].strip()
                if bool(rest) is (word in _TAKES_WORDS):
                    return FollowIssue(no, word, rest)
    raise typed.refused("issue-unclear", found=said, example=f"{no} {'take' if typed.is_english else '我来'}")


def _spell_raised(asked: RaiseIssue, say: Say) -> str:
    return spaced(say("紧急", "urgent") if asked.urgent else "", asked.said)


def _spell_followed(asked: FollowIssue, say: Say) -> str:
    words = _WORDS[asked.word]
    return spaced(asked.issue, say(words[0], words[-1]), asked.said)


ISSUES = Phrase(
    "反馈", "fk", "issue",
    "反馈 [紧急] <单号> <问题> [给 <部门或姓名>]｜反馈 <反馈号> 我来/转给 <谁>/回复 <话>/解决了/没解决",
    "issue [urgent] <code> <what is wrong> [to <department or name>]"
    "|issue <issue no> take/to <whom>/reply <words>/solved/unsolved",
    "反馈 MO-2451 物料规格不对 给 采购", "issue MO-2451 wrong material to Purchasing",
    "哪里不对、归谁管：有编号、负责人和时限，答复了会告诉你",
    "says what is wrong: it gets a number, an owner and a deadline, and you are told the answer",
    read=issue,
    spells={
        RaiseIssue: _spell_raised,
        FollowIssue: _spell_followed,
        ShowIssues: lambda asked, say: say("全部", "all") if asked.everything else asked.issue,
    },
    takes=Takes.ANYTHING, everyday=True,
    also=("反馈 IS-20261202-003 我来", "issue IS-20261202-003 take"),
)  # fmt: skip
