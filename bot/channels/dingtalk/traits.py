"""Traits of DingTalk."""

from cards.encoders.dingtalk.encode import MAX_VALUE_BYTES
from handlers.platforms import Traits

DINGTALK = Traits(
    prefix="dingtalk",
    platform="dingtalk",
    to_person="dingtalk:user:",
    updates_in_place=True,
    has_forms=True,
    keeps_connection=True,
    click_seconds=1.5,  # the platform waits 2 s (rule D9)
    card_bytes=MAX_VALUE_BYTES,
    picture_bytes=1_000_000,
    message_bytes=15_000,  # of one msgParam (rule D11)
)
