"""WeCom's callback encryption (rule W1): wechatpy does the AES, the checks in front of it are ours.

wechatpy compares signatures with `!=`, accepts any age and checks the key's length with `assert`.
"""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass

from wechatpy.enterprise.crypto import PrpCrypto

WINDOW_SECONDS = 300
"""Greatest age of a callback (or its earliness, for clocks that differ)."""
MOMENT = re.compile("[0-9]{10}")
ECHO = re.compile("[0-9A-Za-z_-]{1,64}")
"""What the console's address check hides: one short word, and never the XML or JSON of a message."""


class Forged(Exception):
    """Callback that is not from our WeCom: wrong signature, too old, or encrypted for somebody else. Never says more
    than that."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Signature, time and nonce in the address of a callback."""

    signature: str
    timestamp: str
    nonce: str

    def is_of(self, now: float) -> bool:
        return _is_near(self.timestamp, now)

    def is_swapped(self, created: float) -> bool:
        """Tell a stamp whose timestamp and nonce changed places by the moment its message says that it was made.

        The signature sorts its parts before it joins them, so it is the same either way round.
        """
        return _is_near(self.nonce, created) and abs(int(self.nonce) - created) < abs(int(self.timestamp) - created)


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
        if not stamp.is_of(now):
            raise Forged("too old or too early")
        try:
            return str(self._aes.decrypt(encrypted, self._receiver))
        except Exception:  # wechatpy lets every error of base64, AES, padding, lengths and UTF-8 through
            raise Forged("encrypted for another receiver, or not at all") from None

    def echo(self, encrypted: str, stamp: Stamp, now: float) -> str:
        """The word of an address check. A recorded message is none, nor is a nonce that could be its time. Raises
        Forged."""
        word = self.open(encrypted, stamp, now)
        if not ECHO.fullmatch(word) or _is_near(stamp.nonce, now):
            raise Forged("not an address check")
        return word

    def close(self, text: str, timestamp: int, nonce: str) -> Sealed:
        encrypted = self._aes.encrypt(text, self._receiver).decode()
        return Sealed(encrypted, Stamp(self._sign(encrypted, str(timestamp), nonce), str(timestamp), nonce))

    def _sign(self, encrypted: str, timestamp: str, nonce: str) -> str:
        return hashlib.sha1("".join(sorted((self._token, timestamp, nonce, encrypted))).encode()).hexdigest()


def _is_near(moment: str, other: float) -> bool:
    return bool(MOMENT.fullmatch(moment)) and abs(other - int(moment)) <= WINDOW_SECONDS
