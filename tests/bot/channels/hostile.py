"""Texts that no platform sends on purpose: what a proxy, a bug, or somebody in between may make of a frame."""

from collections.abc import Mapping

DEEP = 3000


def nested(levels: int, opening: str = "[", inside: str = "1", closing: str = "]") -> str:
    return opening * levels + inside + closing * levels


TEXTS: Mapping[str, str | bytes] = {
    "empty": "",
    "words": "nonsense",
    "half an object": '{"cmd": "ping", "headers": {',
    "null": "null",
    "a list": "[]",
    "a list of frames": '[{"cmd": "aibot_msg_callback"}]',
    "a text": '"text"',
    "a number": "1e999",
    "not a number": '{"cmd": NaN, "type": NaN, "headers": NaN}',
    "more digits than Python reads": f'{{"cmd": {"9" * 5000}}}',
    "deep lists": nested(DEEP),
    "deep objects": nested(DEEP, '{"body":', "1", "}"),
    "deep and never closed": "[" * DEEP,
    "deep enough to be parsed": nested(900, '{"body":', "1", "}"),
    "deeper than a card": nested(150, '{"body":', "1", "}"),
    "half a surrogate": r'{"cmd": "\ud800", "type": "\ud800", "headers": {"req_id": "\udfff", "topic": "\ud800"}}',
    "NUL": r'{"cmd": "\u0000", "type": "\u0000", "headers": {"req_id": "\u0000", "messageId": "\u0000"}}',
    "headers that are none": '{"cmd": "aibot_msg_callback", "type": "CALLBACK", "headers": null, "body": {}}',
    "headers that are a list": '{"cmd": "aibot_msg_callback", "type": "CALLBACK", "headers": [1], "body": {}}',
    "names that are tables": '{"cmd": {"a": 1}, "type": {"a": 1}, "headers": {"req_id": [], "messageId": {"a": []}}}',
    "a body that is a text": '{"cmd": "aibot_msg_callback", "headers": {"req_id": "1"}, "body": "x"}',
    "a body without anything": '{"cmd": "aibot_msg_callback", "headers": {"req_id": "1"}, "body": {}}',
    "an event that is a list": '{"cmd": "aibot_event_callback", "body": {"msgtype": "event", "event": []}}',
    "an unknown kind": '{"cmd": "aibot_new_thing", "type": "NEW", "headers": {"topic": "/v9"}, "body": {"a": 1}}',
    "an answer nobody waits for": '{"headers": {"req_id": "nobody"}, "errcode": "many", "errmsg": ["\\ud800"]}',
    "bytes": b"\xff\xfe\x00nonsense",
    "bytes of JSON": b'{"cmd": "aibot_msg_callback", "type": "CALLBACK"}',
    "2 MB": '{"cmd": "' + "x" * 2_000_000 + '"}',
}

REPLIES: Mapping[str, bytes] = {
    "nothing": b"",
    "words": b"<html>busy</html>",
    "a list": b"[]",
    "null": b"null",
    "bytes": b"\xff\xfe\x00",
    "deep": nested(DEEP).encode(),
    "deep enough to be parsed": nested(900, '{"result":', "1", "}").encode(),
    "a code that is no number": b'{"errcode": "many", "code": {"a": 1}, "errmsg": [], "result": "x"}',
    "a code that is null": b'{"errcode": null, "errmsg": null, "deliverResults": 3, "result": {"deliverResults": 3}}',
    "a code without end": b'{"errcode": 1e999, "errmsg": "\\ud800\\u0000"}',
    "a list that is a number": b'{"errcode": 1, "invalidStaffIdList": 7, "invaliduser": 7}',
    "a life that is a word": b'{"errcode": 0, "access_token": 5, "expires_in": "soon"}',
    "a life that is a table": b'{"accessToken": [], "expireIn": {}}',
}
