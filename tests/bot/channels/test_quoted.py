"""Words of a quoted message, and the moment of a stamp, as platforms may hand them over."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.common.moment import moment
from bot.channels.common.quoted import MAX_WORDS, words_of
from handlers.events import WORDLESS

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
SECONDS = int(NOW.timestamp())


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        (None, ""),
        ({}, ""),
        ("CR-1", "CR-1"),
        ({"content": {"content": "同意\n CR-1"}}, "同意 CR-1"),
        ({"content": json.dumps({"text": "CR-1"})}, "CR-1"),
        ({"cardData": {"cardParamMap": {"headline": "CR-1", "buttons": '[{"text": "同意", "action": "c1/approve"}]'}}},
         "CR-1 同意"),
        ({"content": {"text": "{CR-1} 不是 JSON"}}, "{CR-1} 不是 JSON"),
        ({"content": {"value": "https://example.com/CR-1", "url": "CR-2", "downloadCode": "CR-3"}}, WORDLESS),
        ({"msgId": "CR-1", "task_id": "CR-2"}, WORDLESS),
    ],
)  # fmt: skip
def test_words(quote: Any, words: str) -> None:
    assert words_of(quote) == words


def test_a_quote_is_no_place_to_hide_a_stone_in() -> None:
    deep: Any = "CR-1"
    for _ in range(500):
        deep = {"content": deep}
    assert words_of(deep) == WORDLESS
    assert len(words_of({"content": ["长" * 999] * 99})) == MAX_WORDS
    assert words_of("[" * 100_000) == ("[" * 100_000)[:MAX_WORDS]


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_whatever_is_quoted_is_read(quote: Any) -> None:
    assert isinstance(words_of(quote), str)


@pytest.mark.parametrize(
    ("stamp", "at"),
    [
        (SECONDS, NOW),
        (str(SECONDS - 3 * 24 * 3600), NOW - timedelta(days=3)),
        (SECONDS + 60, NOW + timedelta(minutes=1)),
        (SECONDS + 61, NOW),
        (0, NOW),
        (SECONDS * 1000, NOW),
        (SECONDS // 1000, NOW),
        (None, NOW),
        ("", NOW),
        ("now", NOW),
        ("9" * 40, NOW),
        (-1, NOW),
        ([], NOW),
        (True, NOW),
    ],
)
def test_the_moment_of_a_stamp(stamp: object, at: datetime) -> None:
    """One that cannot be right is none: it is ahead of us, in another unit, or not a number."""
    assert moment(stamp, NOW) == at


def test_a_stamp_in_milliseconds_keeps_them() -> None:
    assert moment(SECONDS * 1000 - 1, NOW, a_second=1000) == NOW - timedelta(milliseconds=1)
