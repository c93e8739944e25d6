"""Whatever is typed ends in a command or a refusal, and what is spelt out reads back."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handlers.inbound.commands import COMMANDS
from handlers.language import (
    NOW,
    THIS,
    AnswerDelegation,
    Approve,
    Cancel,
    ChangeQuantity,
    Command,
    Compare,
    Delegate,
    Digest,
    Edge,
    Extend,
    Freeze,
    Help,
    Modify,
    Move,
    NameBaseline,
    QueryPlan,
    Reject,
    SetDuration,
    SettleConflict,
    Span,
    Transfer,
    Typed,
    parse,
)
from handlers.language.clean import split_reason
from handlers.language.commands.directory import ChooseUnits, ReadDirectory
from handlers.language.commands.exceptions import MuteException, ShowExceptions
from handlers.language.commands.following import RemindSupply
from handlers.language.commands.generating import Generate, ShowTemplates
from handlers.language.commands.governing import DraftSetting
from handlers.language.commands.issues import FollowIssue, RaiseIssue, ShowIssues, Word
from handlers.language.commands.notifying import Notify
from handlers.language.commands.pages import PAGES, SendLink
from handlers.language.commands.people import Bind, ChangePerson, ShowPeople
from handlers.language.commands.readiness import ShowReadiness, Solved, When
from handlers.language.commands.records import AnswerRecord, KeepRecord, ShowRecords
from handlers.language.commands.records import Word as Said
from handlers.language.commands.reporting import (
    CorrectReport,
    ReportArrival,
    ReportFinish,
    ReportHold,
    ReportStart,
    ReportStop,
    ReportWork,
    ShowDepartmentProgress,
    ShowProgress,
)
from handlers.language.commands.splitting import Split
from handlers.language.commands.sync import ShowSync, SignSync
from handlers.language.commands.told import AGAIN, OVER
from handlers.language.commands.trying import ComesAbout, TryEvent
from handlers.language.everyday.offers import keeps
from handlers.language.values.objects import split_object
from handlers.registry import Act
from planning.control.rules import Event
from planning.people.organisation import Role
from planning.plan.link import LagKind
from planning.plan.revision import BaselineKind
from planning.refusal import Refusal, Refused
from tests.handlers.language import TODAY, asked

FACTS = {
    "too-long": "length limit", "command-too-long": "length limit",
    "not-understood": "found nearest", "two-commands": "count commands", "several-items": "items example",
    "several-changes": "count changes",
    **dict.fromkeys(
        ("reason-missing", "object-missing", "when-missing", "quantity-missing", "duration-missing", "impact-missing",
         "change-missing", "leftover", "decision-unclear", "approval-unclear", "approval-negated",
         "baseline-name", "leave-missing",
         "freeze-dates", "freeze-order", "window-missing", "rule-command", "revise-missing", "shadow-command",
         "stance-missing", "transfer-missing", "try-missing", "wish-missing", "report-unclear",
         "split-unclear", "generate-unclear", "mute-unclear", "issue-unclear", "issue-why",
         "record-unclear", "record-whom",
         "people-unclear", "bind-missing", "sync-unclear"),
        "found example command",
    ),
    "leave-backwards": "first last",
    **dict.fromkeys(
        ("whole-days", "shift-unit", "duration-unit", "number-not-understood", "no-such-date",
        "nothing-to-change", "change-not-item"), "found"
    ),
    **dict.fromkeys(
        ("date-ambiguous", "weekday-differs", "from-now", "number-approximate", "shift-direction", "ambiguous-number"),
        "found choices",
    ),
    **dict.fromkeys(("date-too-far", "shift-too-far"), "found limit"),
}  # fmt: skip
"""What each refusal of the parser tells, for the catalogue's sentences."""

UNTIMED = settings(deadline=None)
TODAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
VOCABULARY = COMMANDS.vocabulary
NAMES = list(VOCABULARY.by_name)
PIECES = [
    *NAMES, "SO-1042", "so1042", "CR-20261128-001", "本单", "钢板", "到", "12-05", "2-29", "月底", "下周三", "5号",
    "周三", "三四", "十来", "几", "3-5", "后", "内", "元旦前", "13万2", "箱", "不要", "别", "12月30日（周四）",
    "+2天", "-2",
    "提前", "推迟", "两天", "半", "个", "自然日", "周", "3000", "三千", "十十", "万", "件", "kg", "+500", "联动",
    "因为", "因", "because",
    "建议", "suggest",
    "客户", "原因：", " ", " ", " ", "\n", "；", "，", "、", "/", "@通盘 ", "？", "！", "🙂", "\u200b", "\x00",
    "\ud800", "ﷺ", "½", "³", "-", "+",
    ".", "0", "9" * 20, "零", "年", "月", "日", "2026", "最近", "的", "把", "不", "吗", "开始", "交期", "today",
    "next", "w", "第3版", "现在", "now", "承诺", "和", "Q4",
]  # fmt: skip


def answered(text: str, today: date) -> Command | Refusal:
    try:
        return asked(text, today)
    except Refused as refused:
        return refused.refusal


@UNTIMED
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=14).map("".join)), TODAYS)
@example("改期 SO-1042 12月" + "9" * 50 + "日 因为 x", TODAY)
@example("改期 CR-20261128-001 +2天 因为 x", TODAY)
@example("改数量 SO-1042 " + "亿" * 90 + " 因为 x", TODAY)
@example("改期 " + "万" * 250, TODAY)
@example("冲突 和", TODAY)
def test_any_text_is_a_command_or_a_refusal_with_its_facts(text: str, today: date) -> None:
    answer = answered(text, today)
    if isinstance(answer, Refusal):
        assert FACTS[answer.code].split() == list(answer.facts)
        assert all(isinstance(fact, str) for fact in answer.facts.values())
    else:
        assert isinstance(answer, Command)


@UNTIMED
@given(st.sampled_from(NAMES), st.lists(st.sampled_from(PIECES), max_size=8).map("".join), TODAYS)
def test_an_example_shown_is_one_that_works(name: str, rest: str, today: date) -> None:
    answer = answered(f"{name} {rest}", today)
    if isinstance(answer, Refusal) and (offered := answer.facts.get("example") or answer.facts.get("nearest")):
        filled = filled_in(offered)
        assert isinstance(answered(filled, today), Command), offered


FILLED = {
    "<原因>": "展会", "<reason>": "fair", "<单号>": "SO-1042", "<姓名>": "李娜", "<name>": "李娜",
    "<变更单号>": "CR-20261128-001", "<change no>": "CR-20261128-001",
    "<日期>": "12-05", "<数量>": "30", "<天数>": "3天", "<起~止>": "12-01~12-02",
}  # fmt: skip


def filled_in(form: str) -> str:
    for hole, words in FILLED.items():
        form = form.replace(hole, words)
    return form


@UNTIMED
@given(st.sampled_from(NAMES), st.lists(st.sampled_from(PIECES), max_size=8).map("".join), TODAYS)
@example("转交", "", TODAY)
@example("改期", " SO-1042 推迟十来天", TODAY)
@example("改期", " SO-1042 到 12月30日（周四）", TODAY)
def test_an_offer_is_understood_or_lacks_its_reason_alone(name: str, rest: str, today: date) -> None:
    answer = answered(f"{name} {rest}", today)
    for offer in answer.offers if isinstance(answer, Refusal) else ():
        filled = filled_in(offer)
        assert "<" not in filled
        understood = answered(filled, today)
        if isinstance(understood, Refusal):  # the day that is filled in may lie half a year from that today
            assert understood.code in ("reason-missing", "date-ambiguous"), offer


NEAR_MISSES = ["SO-1043", "能不能", "拖到", "砍掉", "晚", "加到"]
MADE_OF_THE_WORDS = ("not-understood", "leftover")
"""Refusals whose offers are the sentence itself, put right."""


@UNTIMED
@given(st.lists(st.sampled_from([*PIECES, *NEAR_MISSES]), max_size=9).map(" ".join))
@example("SO-1042 能不能晚两天")
@example("改期 SO-1042 12-05 下午3点 因为 展会")
@example("报工 MO-2441 300")
def test_an_offer_made_of_the_words_loses_no_code_date_or_number(text: str) -> None:
    answer = answered(text, TODAY)
    if isinstance(answer, Refusal) and answer.code in MADE_OF_THE_WORDS:
        assert all(keeps(split_reason(text)[0], offer) for offer in answer.offers)


class Untouchable(str):
    """A text of which only the length may be asked."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("the text was read")

    splitlines = translate = replace = strip = split = None  # type: ignore[assignment]


def test_a_text_that_is_too_long_is_not_even_read() -> None:
    with pytest.raises(Refused, match="too-long"):
        parse(Untouchable("改期 SO-1042 +2天\n" * 2000), TODAY, VOCABULARY)


@UNTIMED
@given(st.lists(st.sampled_from(["钢", "板", " ", "3", "a", "天", "+"]), max_size=200).map("".join))
def test_arguments_are_looked_for_at_most_once_a_character(rest: str) -> None:
    tried: list[str] = []
    split_object(Typed(VOCABULARY.named("改期"), "改期", rest, "", TODAY, VOCABULARY), tried.append)
    assert len(tried) <= len(rest) + 1


# Round trips: commands in the shape the parser gives them.
CODES = st.from_regex(r"\A[A-Z]{2,4}-[0-9]{1,6}\Z")
TRAILING = st.sampled_from(["项目开始", "土建完成", "sample due", "样品数量", "加", "检验工期"])
"""Names that end in what may also be said of an item."""
TITLES = st.sampled_from(["钢板", "蓝牙音箱 华东", "主板 A款", "floor plan"])
OBJECTS = st.one_of(CODES, st.just(THIS), TITLES, TRAILING)
STANCES = st.sampled_from(["mine", "theirs", "merge", "CR-20261031-008"])
CHANGES = st.one_of(st.just(THIS), st.from_regex(r"\ACR-20[0-9]{6}-[0-9]{3,6}\Z"))
REASONS = st.sampled_from(["展会", "客户说“太晚了”，3,000 件", "the fair; 12-01", "因为急", "🙏急", "取消了 SO-9"])
DATES = st.integers(-1000, 1000).map(lambda days: TODAY + timedelta(days=days))
DAYS = st.one_of(st.integers(-3650, -1), st.integers(1, 3650))
AMOUNTS = st.decimals(0, 10**6, places=2).map(lambda amount: amount.normalize() + Decimal(0))
UNITS = st.sampled_from(["", "件", "kg", "pcs"])
SPANS = st.sampled_from(Span)
KINDS = st.sampled_from([kind for kind in BaselineKind if kind is not BaselineKind.IMPORT])
BASELINES = st.sampled_from(["双十一", "Q4", "2026-Q4", "V1.0", "承诺", "Black-Friday"])
POINTS = st.one_of(st.just(NOW), st.integers(1, 10**6).map(str), BASELINES)
DEPARTMENTS = st.sampled_from(["", "生产部", "production"])
COMMENTS = st.sampled_from(["", "可以，辛苦了", "fine", "客户急", "👍", "没问题 因为 客户急"])
NAMED = st.sampled_from(["李娜", "li.na", "Tom", "由美", "@李娜"])
UNITS_NAMED = st.lists(st.sampled_from(["采购部", "采购一组", "Packing", "4711"]), min_size=1, max_size=3).map(tuple)
ROLES = st.lists(st.sampled_from(Role), unique=True).map(tuple)
PEOPLE = st.sampled_from(["李娜", "li.na", "Li Na", "Tom", "由美"])
DEPUTIES = st.sampled_from(["", "李娜", "li.na", "Tom", "Toby", "自强"])
PLACES = [
    "", "采购", "purchase", "生产部", "production", "全部", "类型", "类型 采购", "type a", "10-24", "8-32", "明天",
]  # fmt: skip
SCOPES = st.sampled_from([*PLACES, "部门 生产", "确认组"])
TYPES = st.sampled_from([*PLACES, "确认", "查看"])
FIRST, LAST = TODAY, TODAY + timedelta(days=9)


def writes(reasons: st.SearchStrategy[str]) -> dict[type[Command], st.SearchStrategy[Any]]:
    edges, units = st.sampled_from(Edge), st.sampled_from(LagKind)
    return {
        Move: st.one_of(
            st.builds(Move, OBJECTS, to=DATES, edge=edges, pull=st.booleans(), reason=reasons),
            st.builds(Move, OBJECTS, shift=DAYS, unit=units, pull=st.booleans(), reason=reasons),
        ),
        ChangeQuantity: st.one_of(
            st.builds(ChangeQuantity, OBJECTS, AMOUNTS, st.just(False), UNITS, reasons),
            st.builds(ChangeQuantity, OBJECTS, AMOUNTS.map(lambda a: -a if a else a), st.just(True), UNITS, reasons),
        ),
        SetDuration: st.one_of(
            st.builds(SetDuration, OBJECTS, st.integers(0, 3650), st.just(False), reasons),
            st.builds(SetDuration, OBJECTS, DAYS, st.just(True), reasons),
        ),
        Cancel: st.builds(Cancel, OBJECTS, reasons),
    }


LOCALES = ("zh-CN", "en")
CHINESE = re.compile("[\u4e00-\u9fff]")
MAYBE_A_REASON = st.one_of(st.just(""), REASONS)
ANY_WRITE = st.one_of(*writes(MAYBE_A_REASON).values())
FIELDS: Mapping[str, st.SearchStrategy[Any]] = {
    "change_no": CHANGES,
    "reason": MAYBE_A_REASON,
    "comment": MAYBE_A_REASON,
    "inner": ANY_WRITE,
    "announcement": st.from_regex(r"\AYG-20[0-9]{6}-[0-9]{3,6}\Z"),
    "words": OBJECTS,
    "department": DEPARTMENTS,
    "everybody": st.booleans(),
    "days": st.one_of(st.none(), st.integers(1, 3650)),
    "number": st.integers(0, 9999),
    "place": st.sampled_from(["", "采购部"]),
    "rule": st.sampled_from(["big-order", "r1"]),
    "enabled": st.booleans(),
    "details": st.booleans(),
    "to": PEOPLE,
    "span": SPANS,
}
"""What a field of this name holds, whatever the command."""
ITEMS = st.one_of(CODES, st.just(THIS))
SCRAPS = st.one_of(st.none(), AMOUNTS)
PERCENTS = st.one_of(st.none(), st.integers(0, 100).map(Decimal))
LEFT = st.one_of(st.none(), st.integers(0, 99))
PAST_DAYS = st.one_of(st.none(), st.integers(0, 30).map(lambda days: TODAY - timedelta(days=days)))
COMING = st.one_of(st.none(), st.integers(1, 300).map(lambda days: TODAY + timedelta(days=days)))
SURE = st.sampled_from(["", OVER, AGAIN])
RP_NUMBERS = st.one_of(st.just(""), st.from_regex(r"\ARP-20[0-9]{6}-[0-9]{3,6}\Z"))
RECORD_NUMBERS = st.from_regex(r"\AJL-20[0-9]{6}-[0-9]{3,6}\Z")
ISSUE_NUMBERS = st.from_regex(r"\AIS-20[0-9]{6}-[0-9]{3,6}\Z")
PLACE_NAMES = st.sampled_from(["生产部", "贴片线", "production"])
REPORTS: tuple[type[Command], ...] = (
    ReportWork, ReportArrival, ReportStart, ReportFinish, ReportStop, ReportHold
)  # fmt: skip
COMES_ABOUT = st.builds(
    lambda event, item, late: ComesAbout(event, item, **late),
    st.sampled_from([Event.MATERIAL_DELAY, Event.OVERDUE, Event.SHORTAGE]),
    ITEMS,
    st.one_of(
        st.just({}), st.integers(1, 3650).map(lambda n: {"days": n}),
        st.integers(1, 300).map(lambda n: {"until": TODAY + timedelta(days=n)}),
    ),
)  # fmt: skip
WITH_RULES: Mapping[type[Command], st.SearchStrategy[Any]] = {
    **writes(REASONS),
    QueryPlan: st.builds(QueryPlan, st.one_of(st.just(""), OBJECTS, DEPARTMENTS), st.one_of(st.none(), SPANS)),
    Approve: st.builds(Approve, CHANGES, COMMENTS),
    Reject: st.one_of(
        st.builds(Reject, CHANGES, REASONS), st.builds(Reject, CHANGES, REASONS, ANY_WRITE.map(VOCABULARY.spell))
    ),
    Modify: st.builds(Modify, CHANGES, REASONS),
    SettleConflict: st.builds(SettleConflict, CHANGES, STANCES, st.sampled_from(["", "CR-20261030-007"])),
    Extend: st.builds(Extend, CHANGES, st.integers(1, 99)),
    Delegate: st.one_of(
        st.builds(Delegate, DEPUTIES, DATES, st.just(TODAY + timedelta(days=1000))),
        st.builds(Delegate, DEPUTIES, cancel=st.just(True)),
    ),
    AnswerDelegation: st.builds(AnswerDelegation, st.booleans(), DEPUTIES),
    Digest: st.builds(Digest, SPANS, st.one_of(DEPARTMENTS, st.just("下周 本周"))),
    NameBaseline: st.builds(NameBaseline, BASELINES, KINDS),
    Compare: st.builds(Compare, st.lists(st.one_of(POINTS, st.just("生产部")), max_size=3).map(tuple)),
    Freeze: st.builds(Freeze, SCOPES, st.just(FIRST), st.just(LAST), MAYBE_A_REASON, TYPES),
    ReportWork: st.one_of(
        st.builds(ReportWork, ITEMS, AMOUNTS, SCRAPS, PERCENTS, LEFT, COMING, PAST_DAYS, UNITS, SURE),
        st.builds(ReportWork, TITLES, AMOUNTS, SCRAPS, day=PAST_DAYS),
        st.builds(ReportWork, ITEMS, st.none(), remaining=st.integers(0, 99), day=PAST_DAYS),
    ),
    ReportArrival: st.one_of(
        st.builds(ReportArrival, ITEMS, AMOUNTS, COMING, PAST_DAYS, UNITS, SURE),
        st.builds(ReportArrival, ITEMS, st.none(), day=PAST_DAYS),
    ),
    ReportStart: st.builds(ReportStart, ITEMS, PAST_DAYS),
    ReportFinish: st.builds(ReportFinish, ITEMS, PAST_DAYS, st.booleans()),
    CorrectReport: st.one_of(
        st.builds(CorrectReport, RP_NUMBERS, AMOUNTS, SCRAPS, day=PAST_DAYS, unit=UNITS, reason=MAYBE_A_REASON),
        st.builds(CorrectReport, RP_NUMBERS, void=st.just(True), reason=MAYBE_A_REASON),
    ),
    TryEvent: st.deferred(lambda: st.builds(TryEvent, st.one_of(*(WITH_RULES[kind] for kind in REPORTS), COMES_ABOUT))),
    ReportStop: st.builds(ReportStop, st.one_of(ITEMS, PLACE_NAMES), COMING, MAYBE_A_REASON),
    ReportHold: st.builds(ReportHold, st.one_of(ITEMS, PLACE_NAMES), COMING, MAYBE_A_REASON),
    ShowProgress: st.builds(ShowProgress, ITEMS),
    Solved: st.builds(Solved, ITEMS),
    ShowDepartmentProgress: st.one_of(
        st.builds(
            ShowDepartmentProgress, st.one_of(st.just(""), PLACE_NAMES), st.one_of(st.none(), st.sampled_from(Span))
        ),
        st.builds(
            ShowDepartmentProgress, st.just(""), st.one_of(st.none(), st.sampled_from(Span)), picture=st.just(True)
        ),
    ),
    ShowReadiness: st.builds(
        ShowReadiness, st.one_of(st.just(""), CODES, PLACE_NAMES), st.one_of(st.none(), st.sampled_from(When))
    ),
    ShowExceptions: st.one_of(
        st.builds(ShowExceptions, st.one_of(st.just(""), CODES, PLACE_NAMES)),
        st.sampled_from([ShowExceptions(muted=True), ShowExceptions(everything=True)]),
    ),
    SendLink: st.builds(SendLink, st.one_of(st.sampled_from(["", *PAGES]), CHANGES.filter(lambda no: no != THIS))),
    RaiseIssue: st.one_of(
        st.builds(RaiseIssue, st.sampled_from(["MO-2451 规格不对", "钢板 来晚了 给 采购部", "食堂太远，因为 搬了"])),
        st.builds(RaiseIssue, st.just("MO-1 断料 给 李娜 因为 客户在等"), st.just(True)),
    ),
    FollowIssue: st.one_of(
        st.builds(FollowIssue, ISSUE_NUMBERS, st.sampled_from([Word.TAKE, Word.SOLVED, Word.UNSOLVED])),
        st.builds(FollowIssue, ISSUE_NUMBERS, st.just(Word.HAND_ON), NAMED),
        st.builds(FollowIssue, ISSUE_NUMBERS, st.just(Word.ANSWER), st.sampled_from(["明天换一批", "因为 下雨"])),
    ),
    ShowIssues: st.one_of(
        st.builds(ShowIssues, ISSUE_NUMBERS), st.sampled_from([ShowIssues(), ShowIssues(everything=True)])
    ),
    SignSync: st.just(SignSync()),
    ShowSync: st.builds(ShowSync, st.dates(date(2026, 11, 1), date(2026, 12, 31))),
    Notify: st.builds(
        Notify, st.sampled_from(["采购", "李娜", "Purchasing"]), st.sampled_from(["钢板晚到2天", "PO-1 晚 2 天"])
    ),
    KeepRecord: st.builds(
        KeepRecord, st.sampled_from(["和 赵柳 电话约定 PO-1 12-09 到", "跟赵柳说好：周五到，因为 雨", "with Li: 80"])
    ),
    AnswerRecord: st.one_of(
        st.builds(AnswerRecord, RECORD_NUMBERS, st.just(Said.CONFIRM)),
        st.builds(AnswerRecord, RECORD_NUMBERS, st.just(Said.DISPUTE), st.sampled_from(["是12-12", "因为 下雨"])),
    ),
    ShowRecords: st.builds(ShowRecords, st.one_of(st.just(""), CODES, RECORD_NUMBERS)),
    MuteException: st.builds(
        MuteException, st.integers(1, 10**6), st.one_of(st.none(), st.integers(1, 99)), REASONS
    ),
    RemindSupply: st.builds(RemindSupply, CODES.filter(lambda code: not code.startswith("CR"))),
    Generate: st.builds(Generate, ITEMS, st.sampled_from(["", "制造", "retail"]), COMING, MAYBE_A_REASON),
    ShowTemplates: st.builds(ShowTemplates, st.sampled_from(["", "制造", "retail"])),
    Split: st.one_of(
        st.builds(Split, ITEMS, DATES, COMING, MAYBE_A_REASON),
        st.builds(Split, ITEMS, st.none(), COMING, MAYBE_A_REASON, AMOUNTS.filter(bool)),
    ),
    ShowPeople: st.builds(ShowPeople, st.one_of(st.just(""), PLACE_NAMES.filter(str.isidentifier), NAMED)),
    ChangePerson: st.one_of(
        st.builds(ChangePerson, NAMED, ROLES.filter(bool), st.booleans()),
        st.builds(ChangePerson, NAMED, ROLES, department=st.sampled_from(["生产部", "production"])),
        st.builds(ChangePerson, NAMED, active=st.booleans()),
    ),
    ReadDirectory: st.builds(ReadDirectory, st.sampled_from(["", "钉钉", "wecom"])),
    ChooseUnits: st.one_of(
        st.builds(ChooseUnits, UNITS_NAMED, st.sampled_from(["", "生产部", "production"])),
        st.builds(ChooseUnits, UNITS_NAMED, takes=st.just(True)),
    ),
    DraftSetting: st.one_of(
        st.just(DraftSetting()),
        st.builds(DraftSetting, st.sampled_from(["big-order", "exceptions", "齐套"])),
        st.builds(
            DraftSetting, st.sampled_from(["big-order", "异常预警"]), st.sampled_from(["deadline_hours", "几天不报工"]),
            st.sampled_from(["8", "08:30", "emergency"]), st.one_of(st.none(), st.just(LAST)), MAYBE_A_REASON,
        ),
    ),
    Bind: st.builds(Bind, st.sampled_from(["生产部", "production"])),
    Help: st.builds(Help, st.sampled_from(["", *(phrase.english for phrase in VOCABULARY.phrases)])),
}  # fmt: skip
"""The shapes that the parser gives, where not every combination of fields is one."""


def samples(value: type[Command]) -> st.SearchStrategy[Command]:
    if value in WITH_RULES:
        return WITH_RULES[value]
    return st.builds(value, **{field.name: FIELDS[field.name] for field in fields(value)})  # type: ignore[arg-type]


@pytest.mark.parametrize("act", COMMANDS.acts, ids=lambda act: act.value.__name__)
@settings(deadline=None, max_examples=40)
@given(st.data())
def test_a_command_spelt_out_reads_back_as_itself(act: Act, data: st.DataObject) -> None:
    command = data.draw(samples(act.value))
    for locale in LOCALES:
        assert asked(VOCABULARY.spell(command, locale)) == command


@pytest.mark.parametrize("act", COMMANDS.acts, ids=lambda act: act.value.__name__)
@settings(deadline=None, max_examples=40)
@given(st.data())
def test_an_english_command_has_no_word_of_ours_in_chinese(act: Act, data: st.DataObject) -> None:
    """Only what somebody named themselves is in their own characters."""
    command = data.draw(samples(act.value))
    text = VOCABULARY.spell(command, "en")
    for said in sorted(named_in(command), key=len, reverse=True):
        text = text.replace(said, "")
    assert not CHINESE.search(text), text


def named_in(command: Any) -> Iterator[str]:
    """Words of the speaker's own in a command; 本单 is ours."""
    for field in fields(command):
        value = getattr(command, field.name)
        if isinstance(value, Command):
            yield from named_in(value)
        for word in value if isinstance(value, tuple) else [value]:
            if isinstance(word, str) and not isinstance(word, StrEnum) and word != THIS:
                yield word


@pytest.mark.parametrize(
    "command",
    [
        Freeze("", FIRST, LAST, type="采购"),
        Freeze("", FIRST, LAST, type="生产部"),
        Freeze("类型 采购", FIRST, LAST),
        Freeze("8-32", FIRST, LAST, type="类型 采购"),
        Freeze("确认组", FIRST, LAST),
        Move("项目开始", to=LAST, reason="展会"),
        ChangeQuantity("样品数量", Decimal(3000), reason="展会"),
        SetDuration("检验工期", 8, reason="展会"),
        Approve(THIS, "没问题 因为 急"),
        Transfer(THIS, "由美"),
        Delegate("Tom", FIRST, LAST),
        Digest(Span.TODAY, "下周 本周"),
    ],
    ids=VOCABULARY.spell,
)
def test_what_once_read_back_as_something_else_does_not(command: Command) -> None:
    for locale in LOCALES:
        assert asked(VOCABULARY.spell(command, locale)) == command


SAID = [
    *(piece for piece in PIECES if piece not in [*NAMES, "因"]),
    "生产部", "采购", "类型", "type", "全部", "确认", "确认组",
    "2026-12-01~2026-12-05", "12-01~12-05", "下周一到下周五", "明天", "10-24", "8-32", "从", "本周", "下周", "今天",
    "项目开始", "数量", "工期", "完成", "加", "多", "pull", "if", "由", "给", "代", "我", "Tom", "自强", "取消", "撤销",
    "报告", "查看", "谢谢", "推迟2天", "提前 1天", "到 12-05", "最近7天", "F-001", "以我为准", "合并", "试算",
]  # fmt: skip
"""Without 因: a word of somebody's that begins with it is a reason as soon as a space stands before it."""


@UNTIMED
@given(st.sampled_from(NAMES), st.lists(st.sampled_from(SAID), max_size=8), st.sampled_from(["", " "]), TODAYS)
@example("冻结", ["12-01~12-05", "类型", "采购"], " ", TODAY)
@example("冻结", ["12-01~12-05", "确认组", "从"], " ", TODAY)
@example("冻结", ["12-01", "确认", "钢板"], " ", TODAY)
@example("请假", ["12-05", "取消", "李娜"], " ", TODAY)
@example("代理", ["下周一到下周五", "从", "代"], "", TODAY)
@example("查计划", ["SO-1042", "下周", "谢谢"], " ", TODAY)
@example("改期", ["钢板", "联动+2天", "因为", "展会"], " ", TODAY)
@example("改期", ["钢板", "pull下周三", "因为", "展会"], " ", TODAY)
@example("改工期", ["8天", "CR-20261128-001", "因为", "展会"], " ", TODAY)
@example("影响", ["what-if明天"], " ", TODAY)
@example("驳回", ["🙂"], " ", TODAY)
@example("取消", ["SO-1042", "！", "因客户撤单"], "", TODAY)
@example("转交", ["由", "由美"], " ", TODAY)
def test_what_was_understood_reads_back_spelt_out(name: str, said: list[str], between: str, today: date) -> None:
    answer = answered(f"{name} {between.join(said)}", today)
    if not isinstance(answer, Refusal):
        assert asked(VOCABULARY.spell(answer), today) == answer
