"""The simulator's encryption against public vectors and two independent libraries, both ways."""

import json
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.enterprise.crypto import WeChatCrypto
from wx_crypt import WXBizMsgCrypt, WxChannel_Wecom, WxChannel_WecomAiBot

from sandbox.wecom import json_seal
from sandbox.wecom.crypto import BadCipher, Crypto
from tests.sandbox.conftest import AES_KEY

TOKEN, CORP = "QDG6eK", "wx5823bf96d3bd56c7"
STAMP = ("1409659589", "263014780")
WORDS = "<xml><Content><![CDATA[改期 W1023 到 12-05 😀]]></Content></xml>"


def ours(receive_id: str = CORP) -> Crypto:
    return Crypto(TOKEN, AES_KEY, receive_id)


def envelope(crypto: Crypto, words: str) -> tuple[str, str]:
    """The outer XML and its signature."""
    encrypted = crypto.encrypt(words)
    return f"<xml><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>", crypto.sign(*STAMP, encrypted)


def test_the_public_wecom_vector() -> None:
    echo = "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=="
    assert ours().decrypt(echo, "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3", *STAMP) == "1616140317555161061"


def test_the_public_dingtalk_vector_of_the_same_algorithm() -> None:
    crypto = Crypto("mryue", "Yue0EfdN5900c1ce5cf6A152c63DDe1808a60c5ecd7", "ding6ccabc44d2c8d38b")
    encrypted = (
        "0vJiX6vliEpwG3U45CtXqi+m8PXbQRARJ8p8BbDuD1EMTDf0jKpQ79QS93qEk7XHpP6u+oTTrd15NRPvNvmBKyDCYxxOK"
        "+HZeKju4yhELOFchzNukR+t8SB/qk4ROMu3"
    )
    signature = "03044561471240d4a14bb09372dfcfd4fd0e40cb"
    assert crypto.decrypt(encrypted, signature, "1608001896814", "WL4PK6yA") == '{"EventType":"check_url"}'


def test_wechatpy_reads_ours() -> None:
    body, signature = envelope(ours(), WORDS)
    assert WeChatCrypto(TOKEN, AES_KEY, CORP).decrypt_message(body, signature, *STAMP) == WORDS


def test_wx_crypt_reads_ours() -> None:
    body, signature = envelope(ours(), WORDS)
    crypt = WXBizMsgCrypt(TOKEN, AES_KEY, CORP, WxChannel_Wecom)
    assert crypt.DecryptMsg(body, signature, *STAMP) == (0, WORDS.encode())


def test_we_read_wechatpy() -> None:
    answer = WeChatCrypto(TOKEN, AES_KEY, CORP).encrypt_message(WORDS, STAMP[1], STAMP[0])
    assert opened(answer) == WORDS


def test_we_read_wx_crypt() -> None:
    crypt = WXBizMsgCrypt(TOKEN, AES_KEY, CORP, WxChannel_Wecom)
    _, answer = crypt.EncryptMsg(WORDS.encode(), STAMP[1], STAMP[0])
    assert opened(answer) == WORDS


def opened(answer: str) -> str:
    root = ET.fromstring(answer)
    encrypted, signature = root.findtext("Encrypt", ""), root.findtext("MsgSignature", "")
    return ours().decrypt(encrypted, signature, *STAMP)


def test_the_aibots_json_both_ways() -> None:
    crypt = WXBizMsgCrypt(TOKEN, AES_KEY, "", WxChannel_WecomAiBot)
    sent = json_seal.seal(ours(""), {"msgtype": "text", "text": {"content": "早会"}}, 1700000000)
    code, inner = crypt.DecryptMsg(sent.body, sent.signature, sent.timestamp, sent.nonce)
    assert (code, json.loads(inner)) == (0, {"msgtype": "text", "text": {"content": "早会"}})
    _, answer = crypt.EncryptMsg(b'{"msgtype":"stream"}', sent.nonce, sent.timestamp)
    assert json_seal.unseal(ours(""), answer, sent.nonce) == {"msgtype": "stream"}


@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_whatever_is_said_comes_back(words: str) -> None:
    encrypted = ours().encrypt(words)
    assert ours().decrypt(encrypted, ours().sign(*STAMP, encrypted), *STAMP) == words


def test_a_wrong_signature_is_refused() -> None:
    encrypted = ours().encrypt(WORDS)
    with pytest.raises(BadCipher, match="signature"):
        ours().decrypt(encrypted, "0" * 40, *STAMP)


@pytest.mark.parametrize("encrypted", ["", "not base64!", "AAAA", "A" * 64])
def test_a_signed_text_that_is_no_ciphertext_is_refused(encrypted: str) -> None:
    with pytest.raises(BadCipher):
        ours().decrypt(encrypted, ours().sign(*STAMP, encrypted), *STAMP)


def test_a_text_for_another_corporation_is_refused() -> None:
    encrypted = ours("wwother").encrypt(WORDS)
    with pytest.raises(BadCipher, match="receiver"):
        ours().decrypt(encrypted, ours().sign(*STAMP, encrypted), *STAMP)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"timestamp": "1700000000"}, "integer"),
        ({"nonce": "other"}, "nonce"),
        ({"msgsignature": "0" * 40}, "signature"),
        ({"encrypt": 1}, "signature"),
    ],
)
def test_an_aibot_answer_in_the_wrong_form_is_refused(changes: dict[str, object], why: str) -> None:
    crypto = ours("")
    encrypted = crypto.encrypt("{}")
    answer = {
        "encrypt": encrypted,
        "msgsignature": crypto.sign("1700000000", "n", encrypted),
        "timestamp": 1700000000,
        "nonce": "n",
    }
    with pytest.raises(BadCipher, match=why):
        json_seal.unseal(crypto, json.dumps(answer | changes), "n")


def test_a_key_has_43_characters() -> None:
    with pytest.raises(ValueError, match="43"):
        Crypto(TOKEN, "c2hvcnQ", CORP)
