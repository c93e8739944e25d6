"""The base of a section, and kinds of value, each with its rule, which raises a code (`settings.<code>`)."""

import re
from datetime import time
from hashlib import sha256
from ipaddress import ip_network
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr
from pydantic_core import PydanticCustomError

from bot.tables.vocabulary import TYPES, folded
from planning.facts.source import CHAT, IMPORT, STOCK
from planning.people.principal import Principal

HASHED = "sha256:"
"""Begins a token that is given by its hash."""
IDENTIFIER = re.compile(r"[^\s,，|]+")


class Section(BaseModel):
    """A section: unknown keys are mistakes, nothing changes after loading, no error repeats its input."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, hide_input_in_errors=True)


def _wrong(code: str) -> PydanticCustomError:
    return PydanticCustomError(code, code)


def _identifier(value: str) -> str:
    if not IDENTIFIER.fullmatch(value):
        raise _wrong("identifier")
    return value


def _address(value: str, schemes: tuple[str, ...], code: str) -> str:
    try:
        parts = urlsplit(value)
        reachable = parts.scheme in schemes and parts.hostname and parts.port != 0
    except ValueError:  # a port that is no number, a half-open IPv6 bracket
        reachable = False
    if not reachable or re.search(r"\s", value):
        raise _wrong(code)
    return value.rstrip("/")


def http_address(value: str) -> str:
    return _address(value, ("http", "https"), "http_address")


def _websocket(value: str) -> str:
    return _address(value, ("ws", "wss"), "websocket_address")


def _database(secret: SecretStr) -> SecretStr:
    """Plain `postgres://` addresses, as hosting services hand them out, get the driver we ship."""
    value = re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", secret.get_secret_value())
    if not re.fullmatch(r"(sqlite://(/.+)?|postgresql\+psycopg://.+)", value):
        raise _wrong("database_url")
    return SecretStr(value)


def _time_of_day(value: str) -> str:
    match = re.fullmatch(r"(\d{1,2}):(\d{2})", value)
    try:
        hour, minute = (int(part) for part in match.groups()) if match else (24, 0)
        return time(hour, minute).strftime("%H:%M")
    except ValueError:
        raise _wrong("time_of_day") from None


def _directory_unit(value: str) -> str:
    if not re.fullmatch(r"[a-z-]+:[^\s:]+", value):
        raise _wrong("directory_unit")
    return value


def _timezone(value: str) -> str:
    try:
        return ZoneInfo(value).key
    except (KeyError, ValueError, OSError):  # unknown; an absolute path; a directory such as Asia
        raise _wrong("timezone") from None


def _item_type(value: str) -> str:
    return TYPES.meanings.get(folded(value), value)


def _token(secret: SecretStr) -> SecretStr:
    value = secret.get_secret_value()
    if value.startswith(HASHED) and not re.fullmatch("[0-9a-f]{64}", value.removeprefix(HASHED)):
        raise _wrong("token_hash")
    return secret


def hashed(token: str) -> str:
    """A token by its hash; one that is given by it already stays."""
    return token if token.startswith(HASHED) else f"{HASHED}{sha256(token.encode()).hexdigest()}"


def _source(value: str) -> str:
    if value not in (CHAT, IMPORT, STOCK) and not (Principal.parse(value).is_token and Principal.parse(value).id):
        raise _wrong("source_id")
    return value


def _proxy(value: str) -> str:
    try:
        return str(ip_network(value))
    except ValueError:
        raise _wrong("proxy") from None


Text = Annotated[str, Field(min_length=1)]
ItemType = Annotated[Text, AfterValidator(_item_type)]
"""Type of an item as an import understands it: 生产 is production; a company's own word stays as it is."""
Identifier = Annotated[str, AfterValidator(_identifier)]
HttpAddress = Annotated[str, AfterValidator(http_address)]
WebsocketAddress = Annotated[str, AfterValidator(_websocket)]
TimeOfDay = Annotated[str, AfterValidator(_time_of_day)]
DirectoryUnit = Annotated[str, AfterValidator(_directory_unit)]
"""HH:MM in the settings' time zone."""
Timezone = Annotated[str, AfterValidator(_timezone)]
Secret = Annotated[SecretStr, Field(min_length=1)]
Token = Annotated[SecretStr, Field(min_length=1), AfterValidator(_token)]
"""A token, or its hash: `sha256:` and 64 hexadecimal digits."""
SourceId = Annotated[str, AfterValidator(_source)]
Proxy = Annotated[str, AfterValidator(_proxy)]
"""An address or a network (10.0.0.0/8)."""
DatabaseUrl = Annotated[SecretStr, AfterValidator(_database)]
"""Secret as a whole: a PostgreSQL address may carry a password."""
