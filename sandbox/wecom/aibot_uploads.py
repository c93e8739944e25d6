"""A picture that an aibot uploads in pieces over its connection: announced, piece by piece, and closed."""

import base64
import binascii
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.media import Media
from sandbox.pace import Window
from sandbox.wecom.fields import number, only, refuse, text
from sandbox.wecom.limits import Limits
from sandbox.wecom.refusal import BAD_TYPE, TOO_OFTEN, Refusal
from sandbox.wecom.uploads import checked

Json = Mapping[str, Any]


@dataclass(slots=True)
class Upload:
    size: int
    count: int
    md5: str
    pieces: dict[int, bytes] = field(default_factory=dict)


class AibotUploads:
    def __init__(self, media: Media, limits: Limits) -> None:
        self._media, self._limits = media, limits
        self._minute, self._hour = Window(limits.uploads_per_minute, 60), Window(limits.uploads_per_hour, 3600)
        self._open: dict[str, Upload] = {}

    def begin(self, body: Json) -> dict[str, Any]:
        only(body, {"type", "filename", "total_size", "total_chunks", "md5"}, "the upload")
        if text(body, "type", "") != "image":
            raise Refusal(BAD_TYPE, "only pictures are taken here")
        text(body, "filename", "")
        size = number(body, "total_size", "", range(self._limits.least_bytes + 1, self._limits.image_bytes + 1))
        count = number(body, "total_chunks", "", range(1, self._limits.chunks + 1))
        if count != -(-size // self._limits.chunk_bytes):
            raise refuse(f"{size} B are not {count} chunks")
        if not (self._minute.take() and self._hour.take()):
            raise Refusal(TOO_OFTEN, "too many uploads")
        id = secrets.token_hex(16)
        self._open[id] = Upload(size, count, text(body, "md5", ""))
        return {"upload_id": id}

    def piece(self, body: Json) -> dict[str, Any]:
        only(body, {"upload_id", "chunk_index", "base64_data"}, "the chunk")
        upload = self._upload(body)
        place = number(body, "chunk_index", "", range(upload.count))
        try:
            content = base64.b64decode(text(body, "base64_data", ""), validate=True)
        except binascii.Error:
            raise refuse("base64_data is not base64") from None
        if len(content) > self._limits.chunk_bytes:
            raise refuse(f"the chunk has {len(content)} B")
        upload.pieces[place] = content
        return {}

    def end(self, body: Json) -> dict[str, Any]:
        only(body, {"upload_id"}, "the end of the upload")
        upload = self._upload(body)
        content = b"".join(upload.pieces[place] for place in sorted(upload.pieces))
        if len(upload.pieces) != upload.count or len(content) != upload.size:
            raise refuse("chunks are missing")
        if hashlib.md5(content, usedforsecurity=False).hexdigest() != upload.md5:
            raise refuse("md5 is another")
        del self._open[body["upload_id"]]
        return {"type": "image", "media_id": self._media.keep(checked(content, self._limits)), "created_at": 0}

    def _upload(self, body: Json) -> Upload:
        upload = self._open.get(text(body, "upload_id", ""))
        if upload is None:
            raise refuse("no such upload_id")
        return upload
