"""Errors as they look from outside: `application/problem+json` (RFC 9457), with a sentence for its reader."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse

from cards.words import Words

MEDIA_TYPE = "application/problem+json"
NAMESPACE = "urn:tongpan:problem:"
NAME = "Problem"
"""Of the schema in /openapi.json."""


class Problem(Exception):
    """A request that does not succeed. `code` names the sentence `problem.<code>`; `detail` stands in its place."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str = "",
        *,
        headers: Mapping[str, str] | None = None,
        extra: Mapping[str, Any] | None = None,
        **facts: object,
    ) -> None:
        super().__init__(status, code)
        self.status, self.code, self.detail, self.facts = status, code, detail, facts
        self.headers, self.extra = headers, extra or {}

    def response(self, words: Words) -> JSONResponse:
        detail = self.detail or words(f"problem.{self.code}", **self.facts)
        body = {"type": NAMESPACE + self.code, "title": _title(self.status, words), "status": self.status}
        return JSONResponse(
            {**body, "detail": detail, **self.extra}, self.status, headers=self.headers, media_type=MEDIA_TYPE
        )


def _title(status: int, words: Words) -> str:
    code = f"problem.title.{status}"
    return words(code if words.knows(code) else "problem.title.other")


class Wrong(BaseModel):
    at: str = Field(description="哪一项 | which value, e.g. operations[0].to")
    detail: str


class ProblemBody(BaseModel):
    """RFC 9457. `detail` 是给人看的一句话 | `detail` is a sentence for people; `type` ends in a code for programs."""

    model_config = ConfigDict(title=NAME)

    type: str = Field(examples=["urn:tongpan:problem:unknown-item"])
    title: str
    status: int
    detail: str
    errors: list[Wrong] | None = Field(None, description="每一处不对的值 | every value that is wrong (422)")
    reference: str | None = Field(None, description="日志里的编号 | its number in the log (500)")


def described(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The OpenAPI description of these errors. Where a token is needed (401), it has a limit as well (429)."""
    statuses = (*statuses, 429) if 401 in statuses else statuses
    content = {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{NAME}"}}}
    return {status: {"description": _MEANINGS[status], "content": content} for status in statuses}


_MEANINGS = {
    400: "不是 JSON | not JSON",
    401: "没有令牌，或令牌不对 | no token, or a wrong one",
    403: "令牌没有这个权限 | outside the token's scopes",
    404: "没有 | there is none",
    409: "计划已变 | the plan has moved",
    413: "超过 1 MiB | larger than 1 MiB",
    415: "不是 application/json | not application/json",
    422: "值不对，或规则不允许 | a value is wrong, or a rule refuses",
    429: "太快了 | too fast",
    503: "没有就绪 | not ready",
}
