"""The five stories and the four reports can be told on the seeded plan, whatever today is."""

from datetime import date

import pytest

from bot.company import Story, load_company, load_reports, load_stories
from handlers.inbound.commands import COMMANDS
from handlers.language import Write, operations_of, parse
from planning.plan.impact import Impact
from planning.schedule.assess import assess

STORIES = {story.id: story for story in load_stories()}
DAYS = [date(2026, 11, 23), date(2026, 11, 22), date(2026, 2, 12), date(2026, 10, 5), date(2027, 1, 29)]


def told(story: Story, today: date) -> Impact:
    plan = load_company(today).plan
    command = parse(story.command, today, COMMANDS.vocabulary)
    assert isinstance(command, Write)
    return assess(plan, operations_of(command, plan), today)


@pytest.mark.parametrize("today", DAYS, ids=str)
@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_a_story_moves_items_of_three_departments_on_both_platforms(story: Story, today: date) -> None:
    impact = told(story, today)
    organisation = load_company(today).organisation
    assert impact.refused == ()
    assert len(impact.departments) >= 3
    conversations = {organisation.departments[id].conversation.partition(":")[0] for id in impact.departments}
    assert {"dingtalk", "wecom"} <= conversations
    assert story.department in impact.departments
    assert story.item in {line.item for line in impact.lines}


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_what_each_story_is_about(today: date) -> None:
    impacts = {id: told(story, today) for id, story in STORIES.items()}
    assert len(impacts["promotion"].departments) == 8, "from the promotion to the payment, everybody"
    assert impacts["promotion"].late_orders == ()
    assert [late.item for late in impacts["supplier"].late_orders] == ["DL-6431"]
    assert [late.item for late in impacts["machine"].late_orders] == ["DL-6441"]
    assert "MO-2432" in {line.item for line in impacts["machine"].lines}, "the next order waits for the same line"
    assert [late.item for late in impacts["quality"].late_orders] == ["DL-6461"]
    after = {line.item: line.after for line in impacts["quantity"].lines}
    assert {item: after[item] for item in ("MO-2451", "DL-6451", "PO-3451", "PO-3452", "PO-3453")} == {
        "MO-2451": "8000",
        "DL-6451": "8000",
        "PO-3451": "7800",  # what lies in stock above its safety level saves a reel of 1,300
        "PO-3452": "8000",
        "PO-3453": "8000",
    }
    assert all(shortage.after <= 0 for shortage in impacts["quantity"].shortages)


@pytest.mark.parametrize("today", DAYS, ids=str)
@pytest.mark.parametrize("report", load_reports(), ids=lambda report: report.id)
def test_a_report_is_of_something_that_goes_on(report: Story, today: date) -> None:
    """What it expects lies no earlier than the plan's day, or there is nothing to tell."""
    item = load_company(today).plan.items[report.item]
    command = parse(report.command, today, COMMANDS.vocabulary)
    assert not item.status.is_over
    expected = [day for name in ("rest", "expected") if (day := getattr(command, name, None))]
    assert all(day >= (item.start if report.id == "stop" else item.finish) for day in expected), (expected, item)
    assert expected or report.id == "over"
