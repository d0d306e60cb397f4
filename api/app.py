"""The HTTP application: routes, problems, pages."""

from fastapi import FastAPI
from starlette.types import Receive, Scope, Send
from typing_extensions import override

from api.http import problems
from api.http.app_state import AppState
from api.http.founding.founding_state import FoundingState
from api.http.openapi.openapi_document import build_openapi
from api.http.posting_intake import PostingMiddleware
from api.http.relative_redirects import RelativeRedirects
from api.http.response_cache import PUBLIC, CacheMiddleware, HeadRequests
from api.http.routers import (
    documents_routes,
    health_routes,
    log_routes,
    results_routes,
    sessions_routes,
    stream_routes,
    submissions_routes,
    survey_files_routes,
    surveys_routes,
)
from api.web.kept_pages import KeptPagesMiddleware
from api.web.pages import page_routes, reference_page
from infra.runtime.version import VERSION

_DESCRIPTION = (
    "開票: vote counts of every counting centre in one append-only log; results of municipality, "
    "prefecture and nation read from it. Errors are RFC 9457 problems."
)


class Application(FastAPI):
    """FastAPI behind what is in memory: documents and pages that do not go through its layers."""

    def stand_before(self, services: AppState) -> None:
        """Put the front before everything else."""
        routes = RelativeRedirects(super().__call__)
        self._front = CacheMiddleware(
            PostingMiddleware(self, HeadRequests(routes), services),
            services.kept,
            services.limit,
            services.proxies,
            services.counts,
        )

        # Pages are not below the public prefix: what is in memory passes no layer of documents.
        self._pages = KeptPagesMiddleware(
            HeadRequests(routes), self.state.pages, self.state.watch.known_token
        )

    @override
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["path"].startswith(PUBLIC):
            await self._pages(scope, receive, send)
        else:
            await self._front(scope, receive, send)


class FoundingApplication(FastAPI):
    """FastAPI with what holds for every address, also before there is a log."""

    @override
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await HeadRequests(RelativeRedirects(super().__call__))(scope, receive, send)


def create_founding_app(state: FoundingState) -> FastAPI:
    """Build the application of a server without a log: the page that founds an election.

    Args:
        state: What there is before the log.
    """
    app = FoundingApplication(docs_url=None, redoc_url=None, openapi_url=None)
    app.state.services = state
    problems.install(app)
    running = FastAPI(docs_url=None, redoc_url=None)
    _include_feed(running)
    page_routes.include_pages(running)
    page_routes.install_founding(app, running)
    return app


def create_app(services: AppState) -> FastAPI:
    """Build the application around an open log.

    Args:
        services: The log and the read model that follows it.
    """
    # The reference is a page of ours: the usual ones need scripts from elsewhere.
    app = Application(
        title="kaihyo 開票",
        version=VERSION,
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
    )
    app.state.services = services
    problems.install(app)
    _include_feed(app)
    page_routes.install(app)
    app.stand_before(services)
    app.openapi = lambda: build_openapi(app)  # type: ignore[method-assign]
    return app


def _include_feed(app: FastAPI) -> None:
    app.include_router(health_routes.router)
    app.include_router(submissions_routes.router)
    app.include_router(sessions_routes.router)
    app.include_router(stream_routes.router)
    # Before the results, whose addresses of entries begin alike.
    app.include_router(log_routes.router)
    app.include_router(results_routes.router)
    # Before the documents, whose addresses end in a form alike.
    app.include_router(surveys_routes.router)
    app.include_router(survey_files_routes.router)
    app.include_router(documents_routes.router)
    app.include_router(reference_page.router)
    app.include_router(reference_page.router, prefix="/en")
