"""A command or a form of one in English says what it said in Chinese."""

import pytest

from cards.question import holes
from handlers.inbound.commands import COMMANDS
from handlers.language import parse
from handlers.language.respelt import respelt, respelt_name
from tests.handlers.language import TODAY

VOCABULARY = COMMANDS.vocabulary


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("改期 SO-1042 推迟2天", "move SO-1042 +2d"),
        ("改期 SO-1042 推迟2天 因为 客户", "move SO-1042 +2d because 客户"),
        ("改期 SO-1042 到 2026-12-18 因为 <原因>", "move SO-1042 to 2026-12-18 because <reason>"),
        ("改期 <单号> 推迟2天", "move <code> +2d"),
        ("改期 SO-1042 <日期>", "move SO-1042 <date>"),
        ("改数量 SO-1042 <数量>", "qty SO-1042 <quantity>"),
        ("改工期 SO-1042 <天数>", "duration SO-1042 <days>"),
        ("驳回 CR-20261128-001 因为 <原因>", "reject CR-20261128-001 because <reason>"),
        ("转交 CR-20261128-001 <姓名>", "transfer CR-20261128-001 <name>"),
        ("代理 李娜 <起~止>", "delegate 李娜 <from~to>"),
        ("冻结 <部门> <起~止>", "freeze <department> <from~to>"),
        ("基线 <名称>", "baseline <name> promise"),
        ("转告 林静 改期 SO-1042 提前2个自然日", "relay 林静 move SO-1042 -2 calendar days"),
        ("冻结 查看", "freeze show"),
        ("待办 全部", "todo all"),
        ("同意 本单", "approve this"),
        ("谁知道 CR-20261128-001 全部", "acks CR-20261128-001 all"),
        # what is no command stays as it is
        ("说说看", "说说看"), ("改期 <单号> <单号>", "改期 <单号> <单号>"), ("move SO-1042 +2d", "move SO-1042 +2d"),
    ],
)
def test_in_english(text: str, english: str) -> None:
    assert respelt(text, "en", TODAY, VOCABULARY) == english
    assert respelt(text, "zh-CN", TODAY, VOCABULARY) == text
    assert holes(text) == holes(english)


@pytest.mark.parametrize("phrase", VOCABULARY.phrases, ids=lambda phrase: phrase.english)
def test_the_example_of_each_command(phrase: object) -> None:
    example = phrase.example  # type: ignore[attr-defined]
    english = respelt(example, "en", TODAY, VOCABULARY)
    assert english.split(" ")[0] == phrase.english  # type: ignore[attr-defined]
    assert parse(english, TODAY, VOCABULARY) == parse(example, TODAY, VOCABULARY)


def test_a_name() -> None:
    assert respelt_name("改期", "en", VOCABULARY) == "move"
    assert respelt_name("改期", "zh-CN", VOCABULARY) == "改期"
    assert respelt_name("什么", "en", VOCABULARY) == "什么"
