"""The platforms there are: the one list. A new one is its folder in `bot/channels/`, and a line here."""

from typing import Any

from bot.channels.common.platform import Platform
from bot.channels.dingtalk.platform import DINGTALK
from bot.channels.wecom.platform import WECOM

PLATFORMS: tuple[Platform[Any], ...] = (DINGTALK, WECOM)
