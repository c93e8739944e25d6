"""Access tokens of the one simulated app (rule D6)."""

import hmac
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from sandbox.dingtalk.limits import Limits
from sandbox.dingtalk.refusal import Refusal


class Tokens:
    def __init__(
        self, client_id: str, client_secret: str, limits: Limits, now: Callable[[], datetime]
    ) -> None:
        self._client_id, self._client_secret, self._limits, self._now = client_id, client_secret, limits, now
        self._expires: dict[str, datetime] = {}

    def authenticate(self, client_id: object, client_secret: object) -> None:
        right = (
            isinstance(client_id, str)
            and isinstance(client_secret, str)
            and hmac.compare_digest(client_id.encode(), self._client_id.encode())
            and hmac.compare_digest(client_secret.encode(), self._client_secret.encode())
        )
        if not right:
            raise Refusal("invalidClientIdOrSecret", "无效的clientId或者clientSecret", 400)

    def issue(self) -> dict[str, object]:
        token = secrets.token_hex(16)
        self._expires[token] = self._now() + timedelta(seconds=self._limits.token_seconds)
        return {"accessToken": token, "expireIn": self._limits.token_seconds}

    def check(self, token: str | None) -> None:
        """Refuse a token that is missing, foreign or past its time."""
        if not token or token not in self._expires or self._expires[token] <= self._now():
            raise Refusal("InvalidAuthentication", "不合法的access_token", self._limits.bad_token_status)

    def expire_all(self) -> None:
        self._expires.clear()
