"""Answer of the simulated DingTalk when it does not do what was asked."""

import uuid

from starlette.responses import JSONResponse


class Refusal(Exception):
    """A request that is not carried out, with DingTalk's code and an HTTP status."""

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.code, self.message, self.status = code, message, status


def old_answer(code: str, message: str) -> JSONResponse:
    """The same of the older family of APIs: success for a status, and a number for a code."""
    return JSONResponse({"errcode": int(code), "errmsg": message})


def answer(code: str, message: str, status: int) -> JSONResponse:
    body = {"code": code, "message": message, "requestid": str(uuid.uuid4()).upper()}
    return JSONResponse(body, status_code=status)
