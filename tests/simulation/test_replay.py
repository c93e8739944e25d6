"""Real waiting times through the real ladder: nobody is left without an answer."""

from tests.simulation.replay import replay, report
from tests.telling import Tell


def test_no_step_ends_unanswered(tell: Tell) -> None:
    told = replay(40, seed=0)
    tell(report(told))
    assert len(told) > 80
    assert any(len(story.asked) > 2 for story in told), "the ladder was needed"
    assert [story for story in told if story.answered is None] == []
