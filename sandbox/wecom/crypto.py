"""WeCom's callback encryption, written from the protocol with `cryptography` only (rule W1)."""

import base64
import hashlib
import hmac
import secrets
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_BLOCK = 32


class BadCipher(Exception):
    """The text was not encrypted for us, or not signed with our token."""


class Crypto:
    """`receive_id` is the corp id for a self-built app and empty for an internal aibot."""

    def __init__(self, token: str, encoding_aes_key: str, receive_id: str) -> None:
        self._token, self._receive_id = token, receive_id.encode()
        key = base64.b64decode(encoding_aes_key + "=")
        if len(key) != 32:
            raise ValueError("an EncodingAESKey has 43 characters")
        self._cipher = Cipher(algorithms.AES(key), modes.CBC(key[:16]))

    def sign(self, timestamp: str, nonce: str, encrypted: str) -> str:
        parts = sorted((self._token, timestamp, nonce, encrypted))
        return hashlib.sha1("".join(parts).encode()).hexdigest()

    def encrypt(self, text: str) -> str:
        message = text.encode()
        plain = secrets.token_bytes(16) + struct.pack(">I", len(message)) + message + self._receive_id
        padding = _BLOCK - len(plain) % _BLOCK
        encryptor = self._cipher.encryptor()
        return base64.b64encode(encryptor.update(plain + bytes([padding]) * padding) + encryptor.finalize()).decode()

    def decrypt(self, encrypted: str, signature: str, timestamp: str, nonce: str) -> str:
        """The text inside; BadCipher when signature, padding, length or receiver are wrong."""
        if not hmac.compare_digest(self.sign(timestamp, nonce, encrypted).encode(), signature.encode()):
            raise BadCipher("the signature does not fit")
        try:
            decryptor = self._cipher.decryptor()
            plain = decryptor.update(base64.b64decode(encrypted, validate=True)) + decryptor.finalize()
        except ValueError as mistake:
            raise BadCipher(f"not a ciphertext: {mistake}") from None
        return self._unpack(plain)

    def _unpack(self, plain: bytes) -> str:
        padding = plain[-1] if plain else 0
        if not 1 <= padding <= _BLOCK or plain[-padding:] != bytes([padding]) * padding or len(plain) < 20 + padding:
            raise BadCipher("the padding does not fit")
        body = plain[16:-padding]
        (length,) = struct.unpack(">I", body[:4])
        message, receiver = body[4 : 4 + length], body[4 + length :]
        if len(message) != length or receiver != self._receive_id:
            raise BadCipher("encrypted for another receiver")
        try:
            return message.decode()
        except UnicodeDecodeError:
            raise BadCipher("the text is not UTF-8") from None
