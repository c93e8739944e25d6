"""Cache of refusals: who is over a limit, and how long the database will go on saying so."""

from collections.abc import Iterable
from datetime import datetime

import structlog

from handlers.inbound.floods import Bucket

log = structlog.get_logger()


class RefusalCache:
    """What the database would refuse is refused without asking it, so that a flood costs it nothing.

    Only what it has refused is kept, until the moment it gave: other processes can but put that off.
    """

    def __init__(self) -> None:
        self._until: dict[Bucket, datetime] = {}
        self.refused = 0

    def add(self, bucket: Bucket, until: datetime, now: datetime) -> None:
        """Refuse what counts in the bucket before a moment, and forget what may be said again."""
        self._until = {other: then for other, then in self._until.items() if then > now}
        if bucket not in self._until:
            log.info("messages refused", action="inbox.refusing", kind=bucket.kind, refused=self.refused)
        self._until[bucket] = until

    def refuse(self, buckets: Iterable[Bucket], now: datetime) -> bool:
        """Check, and count, whether one of the buckets is over its limit."""
        if not any(now < self._until[bucket] for bucket in buckets if bucket in self._until):
            return False
        self.refused += 1
        return True
