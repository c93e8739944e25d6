"""A platform that fails at random: errors, throttling, lost replies and calls that hang."""

from collections.abc import Sequence, Set
from random import Random

from sandbox.dingtalk import DingTalk
from sandbox.faults import Act, Fault, Faults
from tests.chaos.crowd import words_in

ERRORS: Sequence[tuple[int, str]] = (
    (500, "ServiceUnavailable"),
    (503, "busy"),
    (429, "tooMany"),
    (403, "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"),
)
THROTTLED: Sequence[tuple[int, str]] = (*ERRORS[2:], (400, "88.send.too.fast"))
HANGS = 3.0
TOKEN = "accessToken"
FAIR = frozenset({"oToMessage"})
"""APIs in whose conversations all is well."""


class Weather(Faults):
    def __init__(
        self, platform: DingTalk, random: Random, errors: float, lost: float, hangs: float, fair: Set[str] = FAIR
    ) -> None:
        super().__init__(500, "ServiceUnavailable")
        self._platform, self._random, self._fair = platform, random, fair
        self._errors, self._lost, self._hangs = errors, lost, hangs
        self.faults = 0
        self.replies_lost: set[str] = set()
        """Words of plain messages that arrived, which nobody told the caller: they are said again."""

    def take(self, api: str) -> Fault | None:
        fault = None if api in self._fair else self._drawn(api)
        self.faults += fault is not None
        return fault

    async def wait(self, fault: Fault) -> None:
        if fault.act is Act.LOSE_REPLY and self._platform.requests:
            self.replies_lost |= set(words_in(str(self._platform.requests[-1])))
        await super().wait(fault)

    def _drawn(self, api: str) -> Fault | None:
        chance = self._random.random()
        if chance < self._errors:
            status, code = self._random.choice(THROTTLED if api == TOKEN else ERRORS)
            return Fault(Act.FAIL, 1, api, status, code)
        if chance < self._errors + self._lost and api != TOKEN:
            return Fault(Act.LOSE_REPLY, 1, api, 504, "timeout")
        if chance > 1 - self._hangs:
            return Fault(Act.HANG, 1, api, 504, "timeout", HANGS)
        return None
