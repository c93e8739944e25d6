"""Traits of WeCom's three ways; a person has one id on all of them."""

from dataclasses import replace

from handlers.platforms import Traits

PLATFORM = "wecom"
PICTURE_BYTES = 10 * 1024 * 1024

AIBOT = Traits(
    prefix=PLATFORM,
    platform=PLATFORM,
    answers_everyone=True,
    mentions_the_bot=True,
    keeps_connection=True,
    one_connection=True,  # rule W9
    acknowledges=False,
    click_seconds=4.0,  # an answer is dropped after 5 s (rule W7)
    messages_a_minute=30,  # rule W10
    messages_an_hour=1_000,
    picture_bytes=PICTURE_BYTES,
    message_bytes=20_480,
)
"""Over its long connection."""

AIBOT_CALLBACK = replace(
    AIBOT,
    groups=False,
    speaks_first=False,
    picture_bytes=0,
    keeps_connection=False,
    one_connection=False,
    acknowledges=True,
    tries_again=False,
    click_seconds=4.5,  # an attempt has 5 s
)
"""By callbacks: it can answer, and hardly ever speak first (rule W8)."""

APP = Traits(
    prefix="wecom-app",
    platform=PLATFORM,
    updates_once=True,
    groups=False,
    hands_over_quotes=False,
    click_seconds=4.5,
    messages_a_minute=30,  # rule W6
    messages_an_hour=1_000,
    picture_bytes=PICTURE_BYTES,
    message_bytes=2_048,
)
"""A self-built app: one-to-one."""
