"""冲突 in the words people use for it."""

import pytest

from cards.words import Words
from handlers.language import THIS, SettleConflict, ShowConflicts
from tests.handlers.language import asked, refusal

A, B = "CR-20261128-001", "CR-20261128-002"

SAID = [
    ("冲突", ShowConflicts()),
    ("/ct", ShowConflicts()),
    ("冲突？", ShowConflicts()),
    ("conflicts", ShowConflicts()),
    (f"冲突 {A} 以我为准", SettleConflict(A, "mine")),
    (f"冲突{A}以我的为准", SettleConflict(A, "mine")),
    (f"冲突 {A} 以我们为准。", SettleConflict(A, "mine")),
    (f"冲突 {A} 按我的来", SettleConflict(A, "mine")),
    (f"冲突 {A} 以对方为准", SettleConflict(A, "theirs")),
    (f"冲突 {A} 按他们的来", SettleConflict(A, "theirs")),
    (f"冲突 {A} 合并", SettleConflict(A, "merge")),
    (f"冲突 {A} 和 {B} 合并", SettleConflict(A, "merge", B)),
    (f"冲突 {A} {B} 以我为准", SettleConflict(A, "mine", B)),
    (f"冲突 {A} 以 {B} 为准", SettleConflict(A, B)),
    (f"冲突 {A} 以{A}为准", SettleConflict(A, A)),
    (f"冲突 以 {B} 为准", SettleConflict(B, B)),
    ("冲突 cr20261128002 合并", SettleConflict(B, "merge")),
    ("冲突 本单 以我为准", SettleConflict(THIS, "mine")),
    ("冲突 以对方为准", SettleConflict(THIS, "theirs")),
    (f"冲突 本单 以 {B} 为准", SettleConflict(THIS, B)),
    (f"冲突 这张单 {B} 合并", SettleConflict(THIS, "merge", B)),
    (f"conflicts {A} mine", SettleConflict(A, "mine")),
    (f"conflict {A} theirs", SettleConflict(A, "theirs")),
    (f"conflicts {A} keep {B}", SettleConflict(A, B)),
    (f"conflicts {A} and {B} merge", SettleConflict(A, "merge", B)),
]


@pytest.mark.parametrize(("text", "command"), SAID)
def test_what_is_understood(text: str, command: object) -> None:
    assert asked(text) == command


UNCLEAR = "“{}”没有写清怎么处理，什么也没有做。请只写一种，例如：{}"
WRONG = [
    (f"冲突 {A}", "stance-missing", UNCLEAR.format(f"冲突 {A}", f"冲突 {A} 以我为准")),
    (f"冲突 {A} 以我为准 合并", "stance-missing", UNCLEAR.format(f"冲突 {A} 以我为准 合并", f"冲突 {A} 以我为准")),
    (f"conflicts {A}", "stance-missing", UNCLEAR.format(f"conflicts {A}", f"conflicts {A} mine")),
    (f"冲突 {A} 以我为准吧", "leftover", f"“吧”没有看懂，所以没有执行。请这样写：冲突 {A} 以我为准"),
    ("冲突 怎么办", "leftover", "“怎么办”没有看懂，所以没有执行。请这样写：冲突 本单 以我为准"),
]


@pytest.mark.parametrize(("text", "code", "sentence"), WRONG)
def test_what_is_not(text: str, code: str, sentence: str) -> None:
    refused = refusal(text)
    assert refused.code == code
    assert Words().refusal(refused) == sentence
