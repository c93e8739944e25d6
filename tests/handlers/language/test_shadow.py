"""影子: the report of shadow mode, as people ask for it."""

import pytest

from handlers.language import ShowShadow
from tests.handlers.language import asked, refusal


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("影子", ShowShadow()),
        ("影子报告", ShowShadow()),
        ("影子 查看", ShowShadow()),
        ("影子 报告 最近7天", ShowShadow(7)),
        ("影子 最近两周", ShowShadow(14)),
        ("yz 近３天", ShowShadow(3)),
        ("影子 采购部", ShowShadow(place="采购部")),
        ("影子报告 采购部 最近7天", ShowShadow(7, "采购部")),
        ("shadow report purchasing", ShowShadow(place="purchasing")),
        ("shadow", ShowShadow()),
        ("/shadow report last 2 weeks", ShowShadow(14)),
    ],
)
def test_how_it_is_asked_for(text: str, command: ShowShadow) -> None:
    assert asked(text) == command


@pytest.mark.parametrize(
    ("text", "example"),
    [("影子 关闭", "影子 报告 最近7天"), ("yz 关闭", "yz 报告 最近7天"), ("shadow off", "shadow report last 7 days")],
)
def test_what_is_not_understood_is_told_with_the_right_form(text: str, example: str) -> None:
    said = refusal(text)
    assert (said.code, said.facts["found"], said.facts["example"]) == ("shadow-command", text, example)
