"""The HTTP application: routes, problems, pages."""

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.types import Receive, Scope, Send
from typing_extensions import override

from aggregates.base import Envelope
from aggregates.commands import Submission
from api import problems
from api.front import Front
from api.house import House
from api.routers import (
    documents,
    health,
    log,
    results,
    sessions,
    stream,
    submissions,
    survey_files,
    surveys,
)
from api.web import pages
from infra.version import VERSION

_DESCRIPTION = (
    "開票: vote counts of every counting centre in one append-only log; results of municipality, "
    "prefecture and nation read from it. Errors are RFC 9457 problems."
)


class Application(FastAPI):
    """FastAPI behind the front of the feed: what is in memory does not go through its layers."""

    def stand_before(self, house: House) -> None:
        """Put the front before everything else."""
        self._front = Front(super().__call__, house.kept, house.limit, house.counts)

    @override
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._front(scope, receive, send)


def create_app(house: House) -> FastAPI:
    """Build the application around an open log.

    Args:
        house: The log and the night that follows it.
    """
    app = Application(title="kaihyo 開票", version=VERSION, description=_DESCRIPTION)
    app.state.house = house
    app.stand_before(house)
    problems.install(app)
    app.include_router(health.router)
    app.include_router(submissions.router)
    app.include_router(sessions.router)
    app.include_router(stream.router)
    # Before the results, whose addresses of entries begin alike.
    app.include_router(log.router)
    app.include_router(results.router)
    # Before the documents, whose addresses end in a form alike.
    app.include_router(surveys.router)
    app.include_router(survey_files.router)
    app.include_router(documents.router)
    pages.install(app)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    return app


def _openapi(app: FastAPI) -> dict[str, object]:
    """OpenAPI with the schema of a posting taken from the commands themselves."""
    if app.openapi_schema is None:
        schema = get_openapi(
            title=app.title,
            version=app.version,
            description=app.description,
            routes=app.routes,
        )
        _, components = msgspec.json.schema_components(
            [Submission, Envelope], ref_template="#/components/schemas/{name}"
        )
        schema.setdefault("components", {}).setdefault("schemas", {}).update(components)
        app.openapi_schema = schema
    return app.openapi_schema
