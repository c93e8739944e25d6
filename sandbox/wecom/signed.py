"""A signed and encrypted POST to a bot's address: sent once, sent again, or spoilt."""

import asyncio
import secrets
from dataclasses import dataclass, replace

import httpx


def client() -> httpx.AsyncClient:
    """Client for the loopback: no proxy, no certificates, deadlines are the caller's."""
    return httpx.AsyncClient(timeout=None, trust_env=False, verify=False)


@dataclass(frozen=True, slots=True)
class Signed:
    signature: str
    timestamp: str
    nonce: str
    body: str
    content_type: str

    def forged(self) -> "Signed":
        """The same with a signature that fits nothing."""
        return replace(self, signature=secrets.token_hex(20))

    async def post(self, url: str, seconds: float) -> httpx.Response:
        """One attempt. TimeoutError or httpx.HTTPError when there is no answer in time."""
        query = {"msg_signature": self.signature, "timestamp": self.timestamp, "nonce": self.nonce}
        headers = {"Content-Type": self.content_type}
        async with asyncio.timeout(seconds), client() as http:
            return await http.post(url, params=query, content=self.body.encode(), headers=headers)
