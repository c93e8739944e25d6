"""Answer of the simulated Feishu when it does not do what was asked."""


class Refusal(Exception):
    """A request that is not carried out, with Feishu's code and an HTTP status; the code alone is to be trusted."""

    def __init__(self, code: int, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.code, self.message, self.status = code, message, status


BAD_PARAMETER = 230001
OUT_OF_CHAT = 230002
TOO_FAST_FOR_MESSAGE = 230020
TOO_LONG = 230025
TOO_OLD = 230031
BAD_CARD = 230099
"""The codes of messages are unconfirmed: a client may not build on more than that they are not 0."""
NO_TOKEN, BAD_TOKEN, TOO_FAST = 99991661, 99991663, 99991400
BAD_CREDENTIAL = 10014
