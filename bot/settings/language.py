"""The section `language`: a language model that may be asked what free words mean."""

import re
from decimal import Decimal
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, model_validator
from pydantic_core import PydanticCustomError

from bot.channels.common.proxies import is_loopback
from bot.settings.kinds import Section, Text, http_address
from handlers.language_terms import LanguageTerms

_ENDPOINT = "/chat/completions"


def _address(secret: SecretStr) -> SecretStr:
    """Where it is spoken to. In the clear only on this machine; a name or password in the address is no way to log
    in."""
    value = http_address(secret.get_secret_value())
    parts = urlsplit(value)
    if parts.username is not None or parts.fragment or not value.isascii():
        raise PydanticCustomError("http_address", "http_address")
    if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
        raise PydanticCustomError("language_open", "language_open")
    path = parts.path.rstrip("/") or "/v1"
    whole = path if path.endswith(_ENDPOINT) else f"{path}{_ENDPOINT}"
    return SecretStr(parts._replace(path=whole).geturl())


def _key(secret: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[!-~]+", secret.get_secret_value()):
        raise PydanticCustomError("language_key", "language_key")
    return secret


Price = Annotated[Decimal, Field(ge=0, le=100_000)]


class LanguageSettings(Section):
    url: Annotated[SecretStr, AfterValidator(_address)]
    key: Annotated[SecretStr, AfterValidator(_key)]
    model: Text
    timeout: Annotated[float, Field(gt=0, le=3)] = 3.0
    """Seconds."""
    monthly_calls: Annotated[int, Field(ge=1, le=1_000_000)]
    price_in: Price | None = None
    price_out: Price | None = None
    """Of a million tokens."""

    @model_validator(mode="after")
    def _both_prices(self) -> "LanguageSettings":
        if (self.price_in is None) != (self.price_out is None):
            raise PydanticCustomError("language_price", "language_price")
        return self

    def terms(self) -> LanguageTerms:
        return LanguageTerms(self.model, self.monthly_calls, self.price_in, self.price_out)
