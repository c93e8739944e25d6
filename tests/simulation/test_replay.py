"""Real waiting times through the real ladder: nobody is left without an answer."""

import pytest

from tests.simulation.replay import replay, report


def test_no_step_ends_unanswered(capsys: pytest.CaptureFixture[str]) -> None:
    told = replay(40, seed=0)
    with capsys.disabled():
        print(f"\n{report(told)}")  # noqa: T201 - the report is what this is for
    assert len(told) > 80
    assert any(len(story.asked) > 2 for story in told), "the ladder was needed"
    assert [story for story in told if story.answered is None] == []
