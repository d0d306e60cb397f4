"""Is this process well, and how far behind the log is it?"""

from typing import Any

import msgspec
from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from api.http.app_state import app_state
from api.http.health import health_status
from api.http.metrics import build_registry
from projections.feeds.layout import JSON, UNCACHED

router = APIRouter(tags=["operation"])

_ROOT = "6b1c7a0f5a5d4f6e0b3f7c1d2e3a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c"
_HEALTH: dict[str, Any] = {
    "status": "following",
    "reason": "",
    "election": "house50",
    "environment": "rehearsal",
    "position": 81234,
    "root": _ROOT,
    "recorded": 81234,
    "lag": 0,
    "behind_seconds": 0.0,
    "transparency": {
        "state": "running",
        "degraded": False,
        "reason": "",
        "size": 81234,
        "lag": 0,
        "root": _ROOT,
        "age_seconds": 0.8,
        "witnesses": 2,
        "quorum": "reached",
        "missing": {},
        "roots_differ": False,
    },
}
_BEHIND = {
    **_HEALTH,
    "status": "behind",
    "reason": "記録に追いついていません（あと 5,120 件、14 秒前から）。別のサーバへ。",
    "recorded": 86354,
    "lag": 5120,
    "behind_seconds": 14.0,
}
_METRICS = 'kaihyo_position{election="house50",environment="rehearsal"} 81234.0\n'


@router.head("/health", include_in_schema=False)
@router.get(
    "/health",
    summary="Position, lag, root and environment of this process, and how its log is signed",
    responses={
        200: {"content": {JSON: {"example": _HEALTH}}},
        503: {
            "description": "This process does not know the present figures; `reason` says why.",
            "content": {JSON: {"example": _BEHIND}},
        },
    },
)
def health(request: Request) -> Response:
    """200 while this process follows the log; 503 when it stopped, is behind, or cannot tell.

    `transparency.degraded` is no reason for 503: the figures are right, less attests them.
    """
    found = health_status(app_state(request))
    return Response(
        msgspec.json.encode(found),
        200 if found.status == "following" else 503,
        media_type=JSON,
        headers={"Cache-Control": UNCACHED},
    )


@router.get(
    "/metrics",
    summary="Figures for Prometheus",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"example": _METRICS}}}},
)
def metrics(request: Request) -> Response:
    """Position, lag, readers of the stream, answers by status."""
    body = generate_latest(build_registry(app_state(request)))
    return Response(body, media_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": UNCACHED})
