"""Is this process well, and how far behind the log is it?"""

import msgspec
from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from api.house import house_of
from api.metrics import registry_of
from projections.feeds.layout import JSON, UNCACHED

router = APIRouter(tags=["operation"])

_HEALTH = {
    "status": "following",
    "election": "house50",
    "environment": "rehearsal",
    "position": 81234,
    "root": "6b1c7a0f5a5d4f6e0b3f7c1d2e3a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c",
    "recorded": 81234,
    "lag": 0,
}
_METRICS = 'kaihyo_position{election="house50",environment="rehearsal"} 81234.0\n'


@router.get(
    "/health",
    summary="Position, lag, root and environment of this process",
    responses={
        200: {"content": {JSON: {"example": _HEALTH}}},
        503: {"description": "This process does not know the present figures."},
    },
)
def health(request: Request) -> Response:
    """200 while this process follows the log; 503 when it stopped, is behind, or cannot tell."""
    house = house_of(request)
    fault = house.live.fault()
    position, root = house.live.read_rooted(lambda night, root: (night.position, root))
    recorded = house.live.recorded
    body = {
        "status": "following" if fault is None else "stopped",
        "election": house.election,
        "environment": house.environment,
        "position": position,
        "root": root,
        "recorded": recorded,
        "lag": max(0, recorded - position),
    }
    if fault is not None:
        body["fault"] = str(fault)
    return Response(
        msgspec.json.encode(body),
        200 if fault is None else 503,
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
    body = generate_latest(registry_of(house_of(request)))
    return Response(body, media_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": UNCACHED})
