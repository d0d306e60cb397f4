"""The HTTP application: routes, problems, pages."""

from fastapi import FastAPI
from starlette.types import Receive, Scope, Send
from typing_extensions import override

from api import problems
from api.front import Front
from api.house import House
from api.openapi import described
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
from api.web import pages, reference
from infra.version import VERSION

_DESCRIPTION = (
    "開票: vote counts of every counting centre in one append-only log; results of municipality, "
    "prefecture and nation read from it. Errors are RFC 9457 problems."
)


class Application(FastAPI):
    """FastAPI behind the front of the feed: what is in memory does not go through its layers."""

    def stand_before(self, house: House) -> None:
        """Put the front before everything else."""
        self._front = Front(super().__call__, house.kept, house.limit, house.proxies, house.counts)

    @override
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._front(scope, receive, send)


def create_app(house: House) -> FastAPI:
    """Build the application around an open log.

    Args:
        house: The log and the night that follows it.
    """
    # The reference is a page of ours: the usual ones need scripts from elsewhere.
    app = Application(
        title="kaihyo 開票",
        version=VERSION,
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
    )
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
    app.include_router(reference.router)
    app.include_router(reference.router, prefix="/en")
    pages.install(app)
    app.openapi = lambda: described(app)  # type: ignore[method-assign]
    return app
