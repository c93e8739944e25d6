"""What an aibot may do on its connection (rules W9, W10). Every method raises Refusal for what it may not."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sandbox.directory import one_to_one
from sandbox.wecom.aibot_uploads import AibotUploads
from sandbox.wecom.aibot_voice import Voice
from sandbox.wecom.fields import number, only, sized, table, text
from sandbox.wecom.limits import Limits
from sandbox.wecom.refusal import BAD_CHAT, BAD_REQUEST_ID, BAD_TYPE, NOT_ALLOWED, STREAM_EXPIRED, Refusal
from sandbox.wecom.told import Kind, Stream, Told
from sandbox.world import Conversation, Platform, World

Json = Mapping[str, Any]


class Commands:
    def __init__(self, world: World, voice: Voice, limits: Limits) -> None:
        self._world, self._voice, self._limits = world, voice, limits
        self._uploads = AibotUploads(voice.media, limits)
        self.told: dict[str, Told] = {}
        """Every callback by its req_id."""

    def run(self, command: str, req_id: str, body: Json) -> Json:
        """Do it, and give what its acknowledgement holds; most hold nothing."""
        match command:
            case "ping":
                pass
            case "aibot_respond_msg":
                self._respond(self._answerable(req_id, Kind.MESSAGE), body)
            case "aibot_respond_update_msg":
                self._update(self._answerable(req_id, Kind.CARD), body)
            case "aibot_respond_welcome_msg":
                self._welcome(self._answerable(req_id, Kind.WELCOME), body)
            case "aibot_send_msg":
                self._send(body)
            case "aibot_upload_media_init":
                return self._uploads.begin(body)
            case "aibot_upload_media_chunk":
                return self._uploads.piece(body)
            case "aibot_upload_media_finish":
                return self._uploads.end(body)
            case _:
                raise Refusal(BAD_TYPE, f"no such cmd: {command}")
        return {}

    def _answerable(self, req_id: str, kind: Kind) -> Told:
        told = self.told.get(req_id)
        if told is None or told.kind is not kind:
            raise Refusal(BAD_REQUEST_ID, "invalid req_id")
        if kind is not Kind.MESSAGE and (told.answered.is_set() or not told.open):
            raise Refusal(BAD_REQUEST_ID, "the event was answered already or its time is over")
        if self._world.now() - told.at > timedelta(hours=self._limits.reply_hours):
            raise Refusal(BAD_REQUEST_ID, "req_id is older than 24 h")
        return told

    def _respond(self, told: Told, body: Json) -> None:
        kind = body.get("msgtype")
        if kind not in ("template_card", "stream"):
            raise Refusal(BAD_TYPE, f"msgtype {kind!r} cannot be a reply")
        only(body, {"msgtype", kind}, "the reply")
        if kind == "stream":
            self._stream(told, table(body, kind))
        else:
            self._voice.card(told.conversation, body)

    def _stream(self, told: Told, part: Json) -> None:
        """The first part opens a row, later ones of the same id replace its text until `finish`."""
        only(part, {"id", "finish", "content"}, "stream")
        key = text(part, "id", "stream.")
        content = sized(part, "content", "stream.", self._limits.markdown_bytes)
        stream = told.streams.get(key)
        if stream is None:
            row = self._voice.say(told.conversation, content)
            stream = told.streams[key] = Stream(row, self._world.now())
        elif stream.finished or self._world.now() - stream.since > timedelta(minutes=self._limits.stream_minutes):
            raise Refusal(STREAM_EXPIRED, "the stream is finished or expired")
        else:
            self._world.rewrite(stream.row, content)
        stream.finished = part.get("finish") is True

    def _update(self, told: Told, body: Json) -> None:
        self._voice.update(told.conversation, told.task_id, body)
        told.answered.set()

    def _welcome(self, told: Told, body: Json) -> None:
        kind = body.get("msgtype")
        if kind not in ("text", "template_card"):
            raise Refusal(BAD_TYPE, f"msgtype {kind!r} cannot be a welcome")
        only(body, {"msgtype", kind}, "the welcome")
        if kind == "text":
            self._voice.text(told.conversation, body)
        else:
            self._voice.card(told.conversation, body)
        told.answered.set()

    def _send(self, body: Json) -> None:
        kind = text(body, "msgtype", "")
        if kind not in ("markdown", "template_card", "image"):
            raise Refusal(BAD_TYPE, f"msgtype {kind!r} cannot be sent")
        only(body, {"chatid", "chat_type", "msgtype", kind}, "the message")
        conversation = self._chat(text(body, "chatid", ""), number(body, "chat_type", "", range(3)))
        if kind == "markdown":
            self._voice.markdown(conversation, body)
        elif kind == "image":
            self._voice.picture(conversation, body)
        else:
            self._voice.card(conversation, body)

    def _chat(self, chat_id: str, chat_type: int) -> Conversation:
        """1 single, 2 group, 0 a group first, then a person."""
        found = self._world.conversations.get(f"{Platform.WECOM}:{chat_id}")
        if found is None and chat_type != 2:
            found = one_to_one(self._world, Platform.WECOM, chat_id)
        if found is None or (chat_type and found.single != (chat_type == 1)):
            raise Refusal(BAD_CHAT, f"invalid chatid {chat_id}")
        if not found.bot_present or not found.opened:
            raise Refusal(NOT_ALLOWED, f"nobody has messaged the bot in {chat_id}, or it is not there")
        return found
