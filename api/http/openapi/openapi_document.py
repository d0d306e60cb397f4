"""The description of the API: routes as FastAPI finds them, with bodies and examples of ours."""

from typing import Any, Final

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from aggregates.base import Envelope
from aggregates.commands.election_commands import Submission
from api.http.openapi.route_docs import PROBLEM, ROUTES
from api.http.problems import PROBLEM_TYPE

_MALFORMED: Final = {
    **PROBLEM,
    "type": "urn:kaihyo:http:422",
    "title": "A parameter of the request is malformed.",
    "status": 422,
    "detail": "after は 0 以上の整数で指定してください。",
}


def build_openapi(app: FastAPI) -> dict[str, Any]:
    """OpenAPI of an application; made once."""
    if app.openapi_schema is None:
        schema = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes
        )
        _, components = msgspec.json.schema_components(
            [Submission, Envelope], ref_template="#/components/schemas/{name}"
        )
        known = schema.setdefault("components", {}).setdefault("schemas", {})
        for unused in ("HTTPValidationError", "ValidationError"):
            known.pop(unused, None)
        known.update(components)
        for path, operations in schema["paths"].items():
            for method, operation in operations.items():
                _complete(operation, method, path)
        app.openapi_schema = schema
    return app.openapi_schema


def _complete(operation: dict[str, Any], method: str, path: str) -> None:
    """Say what a route answers, and how it refuses."""
    responses = operation["responses"]
    told = ROUTES.get((method, path))
    if told is not None:
        operation["x-title-ja"] = told.title
        if told.example is not None:
            success = next(code for code in responses if code.startswith("2"))
            responses[success]["content"] = {told.media_type: {"example": told.example}}
    if "422" in responses:
        responses["422"] = {
            "description": "A parameter is malformed.",
            "content": {PROBLEM_TYPE: {"example": _MALFORMED}},
        }
    responses["default"] = {
        "description": "Whatever is refused is a problem (RFC 9457): `detail` says what to do.",
        "content": {PROBLEM_TYPE: {"example": PROBLEM}},
    }
