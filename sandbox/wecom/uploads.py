"""What the self-built app uploads: media/upload, for pictures."""

from starlette.datastructures import UploadFile
from starlette.requests import Request

from sandbox.media import Media, kind_of
from sandbox.wecom.limits import Limits
from sandbox.wecom.refusal import OK, Refusal

BAD_MEDIA_ID, BAD_MEDIA_TYPE, BAD_FILE_TYPE, BAD_SIZE, NO_MEDIA = 40007, 40004, 40005, 40006, 41005


class Uploads:
    def __init__(self, media: Media, limits: Limits) -> None:
        self._media, self._limits = media, limits

    async def upload(self, request: Request) -> dict[str, object]:
        if request.query_params.get("type") != "image":
            raise Refusal(BAD_MEDIA_TYPE, "invalid media type")
        async with request.form() as form:
            if set(form) != {"media"} or not isinstance(media := form["media"], UploadFile) or not media.filename:
                raise Refusal(NO_MEDIA, "media data missing")
            content = await media.read()
        media_id = self._media.keep(checked(content, self._limits))
        return OK | {"type": "image", "media_id": media_id, "created_at": "0"}


def checked(content: bytes, limits: Limits) -> bytes:
    """A picture that WeCom takes."""
    if not limits.least_bytes < len(content) <= limits.image_bytes:
        raise Refusal(BAD_SIZE, f"invalid file size {len(content)}")
    if not kind_of(content):
        raise Refusal(BAD_FILE_TYPE, "invalid file type: JPG and PNG only")
    return content


def picture(media: Media, media_id: str) -> bytes:
    content = media.get(media_id)
    if content is None:
        raise Refusal(BAD_MEDIA_ID, "invalid media_id")
    return content
