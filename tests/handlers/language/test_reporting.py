"""What is reported, of items whose codes have no digit."""

from datetime import timedelta
from decimal import Decimal

import pytest

from handlers.language import Command
from handlers.language.commands.reporting import ReportArrival, ReportFinish, ReportStart, ShowProgress
from tests.handlers.language import TODAY, asked, refusal


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("开工 MO-B", ReportStart("MO-B")),
        ("完成 MO-B 昨天", ReportFinish("MO-B", TODAY - timedelta(days=1))),
        ("到货 PO-A 500", ReportArrival("PO-A", Decimal(500))),
        ("进度 MO-B", ShowProgress("MO-B")),
    ],
)
def test_a_code_without_a_digit(text: str, command: Command) -> None:
    assert asked(text) == command


@pytest.mark.parametrize("text", ["complete follow-up", "begin work-in-progress", "完成 check-in"])
def test_a_word_with_a_hyphen_is_no_code(text: str) -> None:
    assert refusal(text).code == "not-understood"
