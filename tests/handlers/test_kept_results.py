"""What was worked out of a plan is worked out once for each state of it, and not kept for ever."""

from dataclasses import replace

from handlers.kept_results import MOST, KeptResults
from tests.small_company import plan


def test_the_same_question_of_the_same_plan_is_worked_out_once() -> None:
    kept, now = KeptResults(), plan()
    first = kept.once(now, ("late", 1), lambda: ["PO-1"])
    assert kept.once(now, ("late", 1), lambda: ["MO-1"]) is first
    assert kept.once(now, ("late", 2), lambda: ["MO-1"]) == ["MO-1"]


def test_another_state_of_the_plan_is_asked_anew_and_nothing_of_the_older_is_kept() -> None:
    kept, now = KeptResults(), replace(plan(), revision=1)
    kept.once(now, "n", lambda: 1)
    later = replace(now, revision=2)
    assert kept.once(later, "n", lambda: 2) == 2
    assert kept.once(now, "n", lambda: 3) == 3, "who reads an older snapshot is told what that says"
    assert kept.once(later, "n", lambda: 4) == 2, "and takes nothing from those who read the newer"


def test_plans_do_not_share_results() -> None:
    kept, one = KeptResults(), plan()
    kept.once(one, "n", lambda: 1)
    assert kept.once(replace(one, id="other"), "n", lambda: 2) == 2
    assert kept.once(one, "n", lambda: 3) == 1


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    kept, now = KeptResults(), plan()
    for n in range(MOST):
        kept.once(now, n, lambda: "kept")
    kept.once(now, 0, lambda: "again")
    kept.once(now, MOST, lambda: "new")
    assert kept.once(now, 0, lambda: "again") == "kept"
    assert kept.once(now, 1, lambda: "again") == "again"
