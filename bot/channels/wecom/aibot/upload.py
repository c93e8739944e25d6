"""A picture's way over an aibot's connection: announced, sent in pieces, closed."""

import base64
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

PIECE = 512 * 1024
Request = Callable[[str, dict[str, Any]], Awaitable[Mapping[str, Any]]]


async def uploaded(request: Request, png: bytes) -> str:
    """The picture's media id. `request` sends one frame and gives what its acknowledgement holds. Raises KeyError where
    that is not what it should be."""
    pieces = [png[at : at + PIECE] for at in range(0, len(png), PIECE)]
    begun = await request(
        "aibot_upload_media_init",
        {
            "type": "image",
            "filename": "plan.png",
            "total_size": len(png),
            "total_chunks": len(pieces),
            "md5": hashlib.md5(png, usedforsecurity=False).hexdigest(),
        },
    )
    upload = {"upload_id": str(begun["upload_id"])}
    for place, piece in enumerate(pieces):
        data = base64.b64encode(piece).decode()
        await request("aibot_upload_media_chunk", {**upload, "chunk_index": place, "base64_data": data})
    return str((await request("aibot_upload_media_finish", upload))["media_id"])
