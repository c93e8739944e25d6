"""The self-built app's access token (rule W13)."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sandbox.wecom.limits import Limits
from sandbox.wecom.refusal import OK, Refusal


class Tokens:
    """One token per app secret; asking again gives the same one until it expires."""

    def __init__(self, corp_id: str, secret: str, limits: Limits, now: Callable[[], datetime]) -> None:
        self._corp_id, self._secret, self._limits, self._now = corp_id, secret, limits, now
        self._token = ""
        self._until = now()
        self._expired: set[str] = set()

    def issue(self, corp_id: str | None, secret: str | None) -> dict[str, Any]:
        if corp_id != self._corp_id:
            raise Refusal(40013, "invalid corpid")
        if secret != self._secret:
            raise Refusal(40001, "invalid credential")
        if not self._token or self._until <= self._now():
            self.expire()
            self._token = secrets.token_urlsafe(32)
            self._until = self._now() + timedelta(seconds=self._limits.token_seconds)
        left = int((self._until - self._now()).total_seconds())
        return OK | {"access_token": self._token, "expires_in": left}

    def check(self, token: str | None) -> None:
        if not token:
            raise Refusal(41001, "access_token missing")
        if token in self._expired or (token == self._token and self._until <= self._now()):
            raise Refusal(42001, "access_token expired")
        if token != self._token:
            raise Refusal(40014, "invalid access_token")

    def holds(self, token: str | None) -> bool:
        """Check whether it is the one in force."""
        return bool(token) and token == self._token and self._now() < self._until

    def expire(self) -> None:
        if self._token:
            self._expired.add(self._token)
        self._token = ""
