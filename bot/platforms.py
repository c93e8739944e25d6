"""The platforms there are: the one list of them."""

from bot.channels.dingtalk.traits import DINGTALK
from bot.channels.wecom.traits import AIBOT, APP
from handlers.platforms import Platforms

TRAITS = Platforms.of((DINGTALK, AIBOT, APP))
