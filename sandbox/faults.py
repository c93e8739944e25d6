"""Failures a test orders in advance: the next calls fail, hang, or lose their reply."""

from dataclasses import dataclass
from enum import Enum


class Act(Enum):
    FAIL = "fail"
    """Refused before anything happens."""
    HANG = "hang"
    """Nothing happens and no reply comes for `seconds`."""
    LOSE_REPLY = "lose reply"
    """Everything happens, but the caller gets the failure: the case that doubles careless senders."""


@dataclass(slots=True)
class Fault:
    act: Act
    left: int
    api: str | None = None
    """The API's name as counted in `calls`; None hits any."""
    status: int = 500
    code: str | int = "ServiceUnavailable"
    seconds: float = 0.0


class Faults:
    """Ordered faults; each is used up by the calls it hits, first ordered first."""

    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def fail(
        self, times: int = 1, *, api: str | None = None, status: int = 500, code: str | int = "ServiceUnavailable"
    ) -> None:
        self._ordered.append(Fault(Act.FAIL, times, api, status, code))

    def hang(self, times: int = 1, *, api: str | None = None, seconds: float = 60.0) -> None:
        self._ordered.append(Fault(Act.HANG, times, api, 504, "timeout", seconds))

    def lose_reply(
        self, times: int = 1, *, api: str | None = None, status: int = 504, code: str | int = "timeout"
    ) -> None:
        self._ordered.append(Fault(Act.LOSE_REPLY, times, api, status, code))

    def clear(self) -> None:
        self._ordered.clear()

    def take(self, api: str) -> Fault | None:
        """The fault this call runs into, used up by one."""
        fault = next((f for f in self._ordered if f.left > 0 and f.api in (None, api)), None)
        if fault is not None:
            fault.left -= 1
        return fault
