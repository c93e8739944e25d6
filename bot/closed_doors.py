"""Doors that are closed: who is over a limit, and how long the database will go on saying so."""

from collections.abc import Iterable
from datetime import datetime

import structlog

from handlers.inbound.floods import Bucket

log = structlog.get_logger()


class ClosedDoors:
    """What the database would refuse is refused without asking it, so that a flood costs it nothing.

    Only what it has refused closes a door, until the moment it gave: other processes can but put that off.
    """

    def __init__(self) -> None:
        self._closed: dict[Bucket, datetime] = {}
        self.refused = 0

    def close(self, bucket: Bucket, until: datetime, now: datetime) -> None:
        """Refuse what counts in the bucket before a moment, and forget the doors that are open again."""
        self._closed = {other: then for other, then in self._closed.items() if then > now}
        if bucket not in self._closed:
            log.info("door closed", action="inbox.closed", kind=bucket.kind, refused=self.refused)
        self._closed[bucket] = until

    def refuse(self, buckets: Iterable[Bucket], now: datetime) -> bool:
        """Check, and count, whether one of the doors is closed."""
        if not any(now < self._closed[bucket] for bucket in buckets if bucket in self._closed):
            return False
        self.refused += 1
        return True
