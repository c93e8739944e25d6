"""From an Authorization header to a caller."""

from hashlib import sha256

import pytest
from pydantic import ValidationError

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


HASH = "sha256:" + sha256(b"s3cret").hexdigest()


def test_the_settings_may_hold_the_hash_of_a_token_alone() -> None:
    tokens = Tokens([ApiToken.model_validate({"name": "erp", "token": HASH})])
    caller = tokens.caller("Bearer s3cret")
    assert caller is not None
    assert caller.person == "api:erp"
    assert tokens.caller(f"Bearer {HASH}") is None, "whoever reads the settings is not let in by it"


@pytest.mark.parametrize("wrong", ["sha256:", "sha256:abc", HASH[:-1], HASH.upper().replace("SHA", "sha"), HASH + "0"])
def test_a_hash_that_is_none_is_a_mistake_and_no_token(wrong: str) -> None:
    with pytest.raises(ValidationError, match="token_hash"):
        ApiToken.model_validate({"name": "erp", "token": wrong})
