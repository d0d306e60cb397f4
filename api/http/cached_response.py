"""A prepared answer as the answer to one request."""

from fastapi import Request, Response

from api.http.app_state import app_state
from api.http.encoded_responses import EncodedBody, EncodedResponse
from projections.feeds import layout


def answer(request: Request, prepared: EncodedBody, *, keep: bool = False) -> Response:
    """A prepared answer to this request, kept for the next ones when it stays right."""
    if keep:
        prepared = app_state(request).kept.put(request.scope["path"], prepared)
    headers = request.headers
    return _response(
        prepared.ready(
            headers.get("accept-encoding", "").encode("latin-1"),
            headers.get("if-none-match", "").encode("latin-1"),
        )
    )


def _response(ready: EncodedResponse) -> Response:
    response = Response(ready.body, ready.status)
    response.raw_headers = list(ready.headers)
    return response


def position_headers(position: int, root: str) -> dict[str, str]:
    """Where an answer was read."""
    return {"kaihyo-position": str(position), "kaihyo-root": root}


def schema_link(schema: str) -> dict[str, str]:
    """Which schema an answer has."""
    return {"link": f'<{layout.schema_path(schema)}>; rel="describedby"'}
