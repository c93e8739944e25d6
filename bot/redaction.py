"""Taking secrets out of what is written down or printed: the ones we know, and whatever looks like one."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote, quote_plus

MASK = "***"
SECRET_NAME = r"[\w-]*(?:token|ticket|secret|password|sign(?:ature)?|aes_?key|session_?webhook|response_(?:code|url))"
PATTERNS = (
    # access_token=… in an address, `key=…` of a group's webhook address, corpsecret=…
    re.compile(rf"(?i)\b((?:{SECRET_NAME}|(?<![\w-])(?:key|session))\s*=\s*[\"']?)[^\s&\"'<>,;)\]}}]+"),
    # "access_token": "…" in JSON and in Python's own notation
    re.compile(rf"(?i)([\"']{SECRET_NAME}[\"']\s*:\s*[\"'])[^\"']+"),
    # a header as it goes over the wire, and as libraries show it: b'authorization', b'Bearer …'
    re.compile(r"(?i)(\bauthorization[\"']?\s*[:=,]\s*(?:b(?=[\"']))?[\"']?(?:(?:bearer|basic)\s+)?)[^\s\"',)]+"),
    re.compile(rf"(?i)(\bx-{SECRET_NAME}\s*:\s*)\S+"),
    re.compile(r"(?i)(\bbearer\s+)[\w.~+/=-]+"),
    # user:password@ in an address; greedy, because a password may hold an @ itself
    re.compile(r"(://[^\s/:@\"']*:)[^\s/\"']+(?=@)"),
)
NAMED = re.compile(rf"(?i){SECRET_NAME}|authorization")


class Redactor:
    """Replaces secrets by `***`. `secrets` are the values nobody may see, however they are quoted."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        forms = {form for secret in secrets if secret for form in _forms(secret)}
        longest_first = sorted(forms, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def text(self, text: str) -> str:
        if self._known:
            text = self._known.sub(MASK, text)
        for pattern in PATTERNS:
            text = pattern.sub(rf"\1{MASK}", text)
        return text

    def value(self, value: object) -> object:
        """The same value with every text in it redacted; what is no plain data becomes its redacted `repr`."""
        if isinstance(value, str):
            return self.text(value)
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, Mapping):
            return {self.text(str(name)): self.named(str(name), part) for name, part in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self.value(part) for part in value]
        written = repr(value)
        clean = self.text(written)
        return value if isinstance(value, int | float) and clean == written else clean

    def named(self, name: str, value: object) -> object:
        """A value by its name: one that is called a secret is hidden whatever it looks like."""
        return MASK if value and NAMED.fullmatch(name) else self.value(value)


def _forms(secret: str) -> Iterator[str]:
    """A secret as it stands in an address, in JSON and in a traceback."""
    yield from (secret, quote(secret), quote(secret, safe=""), quote_plus(secret))
    yield from (json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1], repr(secret)[1:-1])
