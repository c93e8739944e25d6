"""The encrypted JSON of an aibot in callback mode, in both directions (rule W1)."""

import json
import secrets
from collections.abc import Mapping
from typing import Any

from sandbox.wecom.crypto import BadCipher, Crypto
from sandbox.wecom.signed import Signed

Json = Mapping[str, Any]


def seal(crypto: Crypto, body: Json, at: int) -> Signed:
    encrypted = crypto.encrypt(json.dumps(body, ensure_ascii=False))
    timestamp, nonce = str(at), str(secrets.randbelow(10**10))
    signature = crypto.sign(timestamp, nonce, encrypted)
    return Signed(signature, timestamp, nonce, json.dumps({"encrypt": encrypted}), "application/json")


def unseal(crypto: Crypto, text: str, nonce: str) -> Json:
    """Content of an answer, empty for none. BadCipher when it is not `{encrypt, msgsignature, timestamp, nonce}`."""
    if not text.strip():
        return {}
    outer = _object(text)
    timestamp = outer.get("timestamp")
    if isinstance(timestamp, bool) or not isinstance(timestamp, int):
        raise BadCipher("timestamp must be an integer")
    if outer.get("nonce") != nonce:
        raise BadCipher("nonce must be the callback's")
    return _object(crypto.decrypt(str(outer.get("encrypt")), str(outer.get("msgsignature")), str(timestamp), nonce))


def _object(text: str) -> Json:
    try:
        value = json.loads(text)
    except ValueError:
        raise BadCipher("the answer is not JSON") from None
    if not isinstance(value, dict):
        raise BadCipher("the answer is not a JSON object")
    return value
