"""GET /docs: /openapi.json as a page. It needs nothing from anywhere: it is read where there is no internet."""

from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from jinja2 import Environment, FileSystemLoader
from starlette.responses import HTMLResponse

from bot.web.platform.auth import GUARDED
from bot.web.platform.paging import WHICH_PLAN
from bot.web.platform.problem import NAME, ProblemBody

router = APIRouter(include_in_schema=False)
REF = "#/components/schemas/{model}"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
}
_pages = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)


def install(app: FastAPI) -> None:
    """Add to /openapi.json what every error looks like; FastAPI knows only its own errors."""
    known = app.openapi

    def openapi() -> dict[str, Any]:
        description = known()
        for path, methods in description["paths"].items():
            for operation in methods.values() if path.startswith(GUARDED) else ():
                _take_plan(operation.setdefault("parameters", []))
        schema = ProblemBody.model_json_schema(ref_template=REF)
        description["components"]["schemas"] |= {**schema.pop("$defs"), NAME: schema}
        return description

    app.openapi = openapi  # type: ignore[method-assign]


def _take_plan(parameters: list[dict[str, Any]]) -> None:
    """Every path of the API takes the plan; some read it with parameters of their own."""
    if not any(known["name"] == "plan" for known in parameters):
        schema = {"type": "string", "default": "", "title": "Plan"}
        parameters.append(
            {"name": "plan", "in": "query", "required": False, "schema": schema, "description": WHICH_PLAN}
        )


@router.get("/docs")
async def docs(request: Request) -> HTMLResponse:
    app: FastAPI = request.app
    return HTMLResponse(_pages.get_template("docs.html").render(api=app.openapi()), headers=HEADERS)


def kind(schema: dict[str, Any]) -> list[tuple[str, str]]:
    """A schema in a few words, each with the anchor it leads to: `Item[]`, `string | null`."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return [(name, f"#{name}")]
    choices = schema.get("oneOf") or schema.get("anyOf")
    if choices:
        return [word for number, choice in enumerate(choices) for word in [(" | ", "")] * bool(number) + kind(choice)]
    if schema.get("type") == "array" and "items" in schema:
        return [*kind(schema["items"]), ("[]", "")]
    values = schema.get("enum") or ([schema["const"]] if "const" in schema else [])
    if values:
        return [(" | ".join(str(value) for value in values), "")]
    found = schema.get("type", "any")
    written = " | ".join(found) if isinstance(found, list) else str(found)
    return [(f"{written} ({schema['format']})" if "format" in schema else written, "")]


_pages.filters["kind"] = kind
