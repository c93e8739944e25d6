"""WeCom's callback encryption (rule W1): wechatpy does the AES, the checks in front of it are ours.

wechatpy compares signatures with `!=`, accepts any age and checks the key's length with `assert`.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass

from wechatpy.enterprise.crypto import PrpCrypto

WINDOW_SECONDS = 300
"""Greatest age of a callback (or its earliness, for clocks that differ)."""


class Forged(Exception):
    """Callback that is not from our WeCom: wrong signature, too old, or encrypted for somebody else. Never says more
    than that."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Signature, time and nonce in the address of a callback."""

    signature: str
    timestamp: str
    nonce: str


@dataclass(frozen=True, slots=True)
class Sealed:
    encrypted: str
    stamp: Stamp


class Seal:
    """`receiver` is the corp id for a self-built app and empty for an internal aibot."""

    def __init__(self, token: str, encoding_aes_key: str, receiver: str) -> None:
        """ValueError when the key is not the 43 characters WeCom gives."""
        self._token, self._receiver = token, receiver
        key = base64.b64decode(f"{encoding_aes_key}=")
        if len(key) != 32:
            raise ValueError("an EncodingAESKey has 43 characters")
        self._aes = PrpCrypto(key)

    def open(self, encrypted: str, stamp: Stamp, now: float) -> str:
        """The text inside. `now` in seconds since 1970. Raises Forged."""
        expected = self._sign(encrypted, stamp.timestamp, stamp.nonce)
        if not hmac.compare_digest(expected.encode(), stamp.signature.encode()):
            raise Forged("wrong signature")
        if not stamp.timestamp.isdecimal() or abs(now - int(stamp.timestamp)) > WINDOW_SECONDS:
            raise Forged("too old or too early")
        try:
            return str(self._aes.decrypt(encrypted, self._receiver))
        except Exception:  # wechatpy lets every error of base64, AES, padding, lengths and UTF-8 through
            raise Forged("encrypted for another receiver, or not at all") from None

    def close(self, text: str, timestamp: int, nonce: str) -> Sealed:
        encrypted = self._aes.encrypt(text, self._receiver).decode()
        return Sealed(encrypted, Stamp(self._sign(encrypted, str(timestamp), nonce), str(timestamp), nonce))

    def _sign(self, encrypted: str, timestamp: str, nonce: str) -> str:
        return hashlib.sha1("".join(sorted((self._token, timestamp, nonce, encrypted))).encode()).hexdigest()
