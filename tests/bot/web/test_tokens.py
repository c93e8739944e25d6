"""From an Authorization header to a caller."""

from bot.settings.model import ApiToken
from bot.web.platform.auth import Tokens


def test_without_tokens_in_the_settings_nobody_comes_in() -> None:
    assert Tokens(()).caller("Bearer ") is None


def test_a_token_outside_ascii_is_known_by_the_bytes_on_the_wire() -> None:
    tokens = Tokens([ApiToken.model_validate({"name": "erp", "token": "令牌"})])
    wire = "Bearer 令牌".encode().decode("latin-1")
    caller = tokens.caller(wire)
    assert caller is not None
    assert caller.person == "api:erp"
