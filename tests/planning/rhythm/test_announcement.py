"""Announcements: which request they announced."""

from datetime import UTC, datetime, timedelta

import pytest

from planning.rhythm.announcement import Announcement

AT = datetime(2026, 11, 23, 1, tzinfo=UTC)
ONE = Announcement("YG-20261123-001", "改期 MO-1 推迟3天", "检修", "MO-1", "han", ("sales",), AT)


@pytest.mark.parametrize(
    ("submitted", "items", "is_it"),
    [(AT + timedelta(minutes=1), {"MO-1", "PO-1"}, True), (AT, {"MO-1"}, True),
     (AT - timedelta(minutes=1), {"MO-1"}, False),
     (AT + timedelta(minutes=1), {"PO-1"}, False), (None, {"MO-1"}, False)],
)  # fmt: skip
def test_a_later_request_about_its_item_is_what_it_announced(
    submitted: datetime | None, items: set[str], is_it: bool
) -> None:
    assert ONE.came_before(submitted, items) is is_it
