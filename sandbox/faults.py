"""Failures a test orders in advance: the next calls fail, hang, or lose their reply."""

import asyncio
from dataclasses import dataclass
from enum import Enum


class Act(Enum):
    FAIL = "fail"
    """Refused before anything happens."""
    HANG = "hang"
    """Nothing happens, and no reply comes for a while."""
    SPOIL = "spoil"
    """Nothing happens, and the reply is any bytes, with success for a status."""
    LOSE_REPLY = "lose reply"
    """Everything happens, but the caller gets the failure: the case that doubles careless senders."""


@dataclass(slots=True)
class Fault:
    act: Act
    left: int
    api: str | None
    """The API's name as counted in `calls`; None hits any."""
    status: int
    code: str | int
    seconds: float = 0.0
    body: bytes = b""


class Faults:
    """Ordered faults; each is used up by the calls it hits, first ordered first."""

    def __init__(self, status: int, code: str | int) -> None:
        """Set what a failure looks like when its order does not say. Hangs and lost replies end as 504."""
        self._status, self._code = status, code
        self._ordered: list[Fault] = []
        self._released = asyncio.Event()

    def fail(
        self, times: int = 1, *, api: str | None = None, status: int | None = None, code: str | int | None = None
    ) -> None:
        status, code = self._status if status is None else status, self._code if code is None else code
        self._ordered.append(Fault(Act.FAIL, times, api, status, code))

    def hang(self, times: int = 1, *, api: str | None = None, seconds: float = 60.0) -> None:
        self._ordered.append(Fault(Act.HANG, times, api, 504, "timeout", seconds))

    def spoil(self, body: bytes, times: int = 1, *, api: str | None = None) -> None:
        """`body` instead of an answer."""
        self._ordered.append(Fault(Act.SPOIL, times, api, 200, "", body=body))

    def lose_reply(
        self, times: int = 1, *, api: str | None = None, status: int = 504, code: str | int = "timeout"
    ) -> None:
        self._ordered.append(Fault(Act.LOSE_REPLY, times, api, status, code))

    def clear(self) -> None:
        """Forget what is ordered and let hanging calls go."""
        self._ordered.clear()
        self._released.set()
        self._released = asyncio.Event()

    def take(self, api: str) -> Fault | None:
        """The fault this call runs into, used up by one."""
        fault = next((f for f in self._ordered if f.left > 0 and f.api in (None, api)), None)
        if fault is not None:
            fault.left -= 1
        return fault

    async def wait(self, fault: Fault) -> None:
        """Wait as long as the fault hangs."""
        try:
            async with asyncio.timeout(fault.seconds):
                await self._released.wait()
        except TimeoutError:
            return
