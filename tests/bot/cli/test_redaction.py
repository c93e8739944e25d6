"""No secret survives: not the ones we know, however they are quoted, nor what merely looks like one."""

import json
import traceback
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.redaction import MASK, Redactor

SECRETS = st.text(alphabet=st.characters(exclude_characters="*", exclude_categories=["Cs"]), min_size=1)


@given(secret=SECRETS, before=st.text(), after=st.text())
def test_a_known_secret_never_shows(secret: str, before: str, after: str) -> None:
    assert secret not in Redactor([secret]).text(f"{before}{secret}{after}")


@given(secret=SECRETS.filter(lambda secret: len(secret) > 3))
def test_nor_does_it_quoted_for_an_address_for_json_or_by_repr(secret: str) -> None:
    redactor = Redactor([secret])
    for form in (quote(secret), quote(secret, safe=""), json.dumps(secret)[1:-1], repr(secret)[1:-1]):
        assert form not in redactor.text(f"<{form}>")


@given(secret=SECRETS.filter(lambda secret: len(secret) > 3))
def test_nor_inside_of_any_value(secret: str) -> None:
    hidden = Redactor([secret]).value({"a": [secret, {secret: (secret,)}], "b": ValueError(secret)})
    assert secret not in json.dumps(hidden, ensure_ascii=False)


def test_nor_as_a_number() -> None:
    redactor = Redactor(["20261225"])
    assert redactor.value({"a": 20261225, "b": 7, "c": None, "d": True}) == {"a": MASK, "b": 7, "c": None, "d": True}


def test_nor_in_a_traceback() -> None:
    try:
        raise RuntimeError("refused: s3cr3t-value")
    except RuntimeError as error:
        written = "".join(traceback.format_exception(error))
    clean = Redactor(["s3cr3t-value"]).text(written)
    assert "s3cr3t-value" not in clean
    assert "RuntimeError: refused: ***" in clean


def test_of_two_secrets_the_longer_goes_as_a_whole() -> None:
    assert Redactor(["abc", "abcdef"]).text("abcdef abc") == "*** ***"


@pytest.mark.parametrize(
    "text",
    [
        "GET https://qyapi.weixin.qq.com/cgi-bin/message/send?access_token=XYZ123&debug=1",
        "GET https://qyapi.weixin.qq.com/cgi-bin/gettoken?corpid=ww1&corpsecret=XYZ123",
        "POST https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=XYZ123",
        "wss://wss-open-connection.dingtalk.com:443/connect?ticket=XYZ123",
        "https://oapi.dingtalk.com/robot/sendBySession?session=XYZ123",
        "https://oapi.dingtalk.com/robot/send?timestamp=1&sign=XYZ123",
        "GET /wecom/app/callback?msg_signature=XYZ123&timestamp=1&nonce=2",
        '{"response_code": "XYZ123", "errcode": 0}',
        "{'accessToken': 'XYZ123', 'expireIn': 7200}",
        '{"clientSecret":"XYZ123"}',
        "Authorization: Bearer XYZ123",
        "headers={'authorization': 'Bearer XYZ123'}",
        "(b'authorization', b'Bearer XYZ123')",
        "x-acs-dingtalk-access-token: XYZ123",
        "encoding_aes_key=XYZ123",
        "password = 'XYZ123'",
        "postgresql+psycopg://plan:XYZ123@db.example.com/plan",
        "postgresql+psycopg://plan:XYZ@XYZ123@db.example.com/plan",
    ],
)
def test_what_looks_like_a_secret_is_hidden(text: str) -> None:
    clean = Redactor().text(text)
    assert "XYZ123" not in clean
    assert MASK in clean


@pytest.mark.parametrize(
    "text",
    [
        "改期 MO-1023 12-05 因为 keyboard=late",
        "dedupe_key=card:12 errcode=40058",
        "delivery put off seconds=3.5 reason=busy",
        "GET https://api.dingtalk.com/v1.0/card/instances 200",
        "the token is expired, asking for a new one",
        "postgresql+psycopg://db.example.com/plan",
    ],
)
def test_plain_words_stay(text: str) -> None:
    assert Redactor(["not-in-there"]).text(text) == text


def test_a_field_that_is_named_like_a_secret_is_hidden_whatever_it_holds() -> None:
    hidden = Redactor().value({"token": "abc", "Authorization": "x", "client_secret": 5, "empty_token": "", "key": "k"})
    assert hidden == {
        "token": MASK, "Authorization": MASK, "client_secret": MASK, "empty_token": "", "key": "k"
    }
