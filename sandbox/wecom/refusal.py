"""What the simulated WeCom answers when it does not do what was asked: HTTP 200 and an errcode (rule W13)."""

from typing import Any

INVALID_PARAMETER = 40058
"""Also stands for refusals whose own code no document gives."""
TOO_LONG = 45002
BAD_TYPE = 40008
TOO_OFTEN = 45009
NOT_ALLOWED = 93001
BAD_CHAT = 93006
BAD_REQUEST_ID = 846605
STREAM_EXPIRED = 846608
BAD_BOT = 853000
IN_FLIGHT = 6000


class Refusal(Exception):
    def __init__(self, errcode: int, errmsg: str) -> None:
        super().__init__(errmsg)
        self.errcode, self.errmsg = errcode, errmsg

    @property
    def body(self) -> dict[str, Any]:
        return {"errcode": self.errcode, "errmsg": self.errmsg}


OK: dict[str, Any] = {"errcode": 0, "errmsg": "ok"}
