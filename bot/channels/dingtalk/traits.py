"""Traits of DingTalk."""

from handlers.platforms import Traits

DINGTALK = Traits(
    prefix="dingtalk",
    platform="dingtalk",
    updates_in_place=True,
    has_forms=True,
    keeps_connection=True,
    click_seconds=1.5,  # the platform waits 2 s (rule D9)
    message_bytes=15_000,  # of one msgParam (rule D11)
)
