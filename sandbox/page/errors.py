"""Errors of the page: one Chinese sentence for the reader, and the error as it was for the log."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse

from sandbox.page import words


class Refused(Exception):
    """The page does not do what was asked; the message is the sentence to show."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


def install(app: FastAPI) -> None:
    @app.exception_handler(Refused)
    async def refused(_: Request, error: Refused) -> PlainTextResponse:
        return PlainTextResponse(error.sentence, error.status)

    @app.exception_handler(RequestValidationError)
    async def incomplete(_: Request, __: RequestValidationError) -> PlainTextResponse:
        return PlainTextResponse(words.INCOMPLETE, 400)

    @app.exception_handler(HTTPException)
    async def http(_: Request, error: HTTPException) -> PlainTextResponse:
        return PlainTextResponse(words.NO_PAGE if error.status_code == 404 else words.INCOMPLETE, error.status_code)

    @app.exception_handler(Exception)
    async def broken(_: Request, __: Exception) -> PlainTextResponse:
        # Starlette raises it again after this answer, so the server's log has the whole story.
        return PlainTextResponse(words.SOMETHING_BROKE, 500)
