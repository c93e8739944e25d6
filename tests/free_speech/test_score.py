"""What the product answers to sentences it was never trained on, as it was measured; `make speech` prints it whole."""

import pytest

from storage.database import Database
from tests.free_speech.score import Figures, FreeSpeech
from tests.free_speech.sentences import sentences


@pytest.mark.parametrize(
    ("name", "right", "talk", "not_yet"),
    [("heldout", 0.72, 0.04, 0.5), ("later", 0.86, 0.03, 0.5), ("fresh", 0.68, 0.03, 0.3)],
)
def test_what_was_meant_is_among_three(
    database: Database, name: str, right: float, talk: float, not_yet: float
) -> None:
    """Measured, numbers and days of reports in their places: 74.1 % of 220 wishes, 87.3 % of 158 and 69.9 % of 166;
    small talk answered with a command: at most 3 in 100. What there is no command for is said to be not there."""
    company = FreeSpeech(database)
    figures = Figures.of([company.answered(one) for one in sentences(name)])
    assert figures.right >= right
    assert figures.talk_with_command <= talk
    assert figures.said_not_yet >= not_yet
    assert figures.done == 0
