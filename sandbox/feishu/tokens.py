"""Tenant access tokens of the one simulated app."""

import hmac
import secrets
from collections.abc import Callable
from datetime import datetime

from sandbox.feishu.limits import Limits
from sandbox.feishu.refusal import BAD_CREDENTIAL, BAD_TOKEN, NO_TOKEN, Refusal


class Tokens:
    def __init__(self, app_id: str, app_secret: str, limits: Limits, now: Callable[[], datetime]) -> None:
        self._credential, self._limits, self._now = f"{app_id} {app_secret}", limits, now
        self._expires: dict[str, datetime] = {}

    def authenticate(self, app_id: object, app_secret: object) -> None:
        given = f"{app_id} {app_secret}"
        if not hmac.compare_digest(given.encode(), self._credential.encode()):
            raise Refusal(BAD_CREDENTIAL, "app secret invalid", 200)

    def issue(self) -> dict[str, object]:
        """The newest one again while it has long enough to live (C), else a new one."""
        now = self._now()
        token = next((each for each, ends in self._expires.items() if ends - now >= self._limits.token_kept), "")
        if not token:
            token = f"t-{secrets.token_hex(16)}"
            self._expires[token] = now + self._limits.token_life
        return {"tenant_access_token": token, "expire": int((self._expires[token] - now).total_seconds())}

    def check(self, header: str) -> None:
        scheme, _, token = header.partition(" ")
        if scheme != "Bearer" or not token:
            raise Refusal(NO_TOKEN, "Missing access token for authorization", self._limits.bad_token_status)
        if token not in self._expires or self._expires[token] <= self._now():
            raise Refusal(BAD_TOKEN, "Invalid access token for authorization", self._limits.bad_token_status)

    def expire_all(self) -> None:
        self._expires.clear()
