"""The reference of the API as a page: every route with parameters, bodies and examples.

It is written from the OpenAPI document and needs nothing from elsewhere, so it works on closed
networks and under the same policy as every other page.
"""

import json
from typing import Any, Final, NamedTuple

from fastapi import APIRouter, Response

from api.http.openapi.openapi_document import build_openapi
from api.http.openapi.route_docs import PROBLEM, ROUTES
from api.web.page_request import AVisit, Context
from api.web.translations import Language
from infra.runtime.version import VERSION

router = APIRouter(include_in_schema=False)

TAGS: Final = {
    "feed": ("公開データ", "The feed"),
    "postings": ("投稿", "Postings"),
    "offices": ("機関", "Offices"),
    "transparency": ("透明性ログ", "Transparency log"),
    "surveys": ("調査", "Surveys"),
    "operation": ("運用", "Operation"),
}
_PLACES: Final = {
    "path": ("アドレス", "path"),
    "query": ("? の後", "query"),
    "header": ("ヘッダー", "header"),
}
_FORMS: Final = {
    "integer": ("整数", "integer"),
    "string": ("文字", "text"),
    "array": ("複数", "many"),
}

_COMMON: Final = {"422", "default"}
"""Every route refuses alike; the page says it once."""


class Parameter(NamedTuple):
    """One parameter: its name, where it stands, what it may be, and what it means."""

    name: str
    place: str
    form: str
    is_required: bool
    meaning: str


class Shown(NamedTuple):
    """One body: what it is, and how it looks."""

    title: str
    media_type: str
    text: str


class Route(NamedTuple):
    """One operation on one address."""

    anchor: str
    method: str
    path: str
    title: str
    summary: str
    description: list[str]
    parameters: list[Parameter]
    bodies: list[Shown]
    answers: list[Shown]
    statuses: list[tuple[str, str]]


@router.get("/docs")
def reference(visit: AVisit) -> Response:
    """Every route."""
    services, language = visit.services, visit.language
    facts = services.live.read(lambda n: n.election.facts if n.election is not None else None)
    groups = route_groups(build_openapi(visit.request.app), language)
    context: Context = {
        "groups": groups,
        "election": facts.id if facts is not None else "{election}",
        "refusal": _text(PROBLEM),
        "head": None,
    }
    if facts is not None:
        context["head"] = {
            "election": facts.id,
            "name": facts.name,
            "environment": facts.environment,
            "is_rehearsal": facts.environment == "rehearsal",
            "polling_day": facts.polling_day,
        }
    stamp = f"{VERSION}-{services.election}-{services.environment}"
    return visit.still("reference.html", context, stamp=stamp)


def route_groups(schema: dict[str, Any], language: Language) -> list[tuple[str, str, list[Route]]]:
    """Routes by subject: its id, its name, its routes."""
    found: dict[str, list[Route]] = {}
    paths = schema["paths"]
    known = [(method, path) for method, path in ROUTES if method in paths.get(path, {})]
    others = [(m, path) for path, each in paths.items() for m in each if (m, path) not in ROUTES]
    for method, path in known + others:
        operation = paths[path][method]
        tag = operation.get("tags", ["operation"])[0]
        found.setdefault(tag, []).append(_route(method, path, operation, language))
    order = [tag for tag in TAGS if tag in found] + [tag for tag in found if tag not in TAGS]
    return [(tag, _choose(TAGS.get(tag, (tag, tag)), language), found[tag]) for tag in order]


def _route(method: str, path: str, operation: dict[str, Any], language: Language) -> Route:
    summary = operation.get("summary", "")
    own = [each for each in operation["responses"].items() if each[0] not in _COMMON]
    return Route(
        anchor=operation["operationId"],
        method=method.upper(),
        path=path,
        title=operation.get("x-title-ja", summary) if language == "ja" else summary,
        summary=summary if language == "ja" else "",
        description=[part for part in operation.get("description", "").split("\n\n") if part],
        parameters=[
            _parameter(each, language)
            for each in operation.get("parameters", [])
            if each["name"] != "election"
        ],
        bodies=_answer_examples("", operation.get("requestBody", {}).get("content", {})),
        answers=[
            shown for code, each in own for shown in _answer_examples(code, each.get("content", {}))
        ],
        statuses=[(code, each["description"]) for code, each in own if "content" not in each],
    )


def _parameter(parameter: dict[str, Any], language: Language) -> Parameter:
    schema = _parameter_schema(parameter.get("schema", {}))
    kind = schema.get("type", "string")
    limits = [
        f"{sign} {schema[key]:,}"
        for key, sign in (("minimum", "≥"), ("maximum", "≤"))
        if key in schema
    ]
    default = schema.get("default", "")
    if isinstance(default, int | str) and default != "":
        limits.append(f"= {default}")
    return Parameter(
        name=parameter["name"],
        place=_choose(_PLACES[parameter["in"]], language),
        form=" ".join([_choose(_FORMS.get(kind, (kind, kind)), language), *limits]),
        is_required=parameter.get("required", False),
        meaning=parameter.get("description", schema.get("description", "")),
    )


def _parameter_schema(schema: dict[str, Any]) -> dict[str, Any]:
    """What a parameter is when it is given."""
    for each in schema.get("anyOf", ()):
        if each.get("type") != "null":
            chosen: dict[str, Any] = each
            return chosen
    return schema


def _answer_examples(title: str, content: dict[str, Any]) -> list[Shown]:
    found = []
    for media_type, each in content.items():
        examples = {title: each["example"]} if "example" in each else {}
        for name, example in each.get("examples", {}).items():
            examples[name] = example["value"]
        found += [Shown(name, media_type, _text(value)) for name, value in examples.items()]
    return found


def _text(example: object) -> str:
    if isinstance(example, str):
        return example
    return json.dumps(example, ensure_ascii=False, indent=2)


def _choose(words: tuple[str, str], language: Language) -> str:
    return words[0] if language == "ja" else words[1]
