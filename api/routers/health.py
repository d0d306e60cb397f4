"""Is this process well, and how far behind the log is it?"""

import msgspec
from fastapi import APIRouter, Request, Response

from api.house import house_of

router = APIRouter(tags=["operation"])


@router.get("/health", summary="Position, lag and environment of this process")
def health(request: Request) -> Response:
    """200 while this process follows the log; 503 when it stopped or cannot reach it."""
    house = house_of(request)
    failure = house.live.failure
    recorded = house.log.reader.last_position()
    body = {
        "status": "stopped" if failure is not None else "following",
        "election": house.election,
        "environment": house.environment,
        "position": house.live.position,
        "recorded": recorded,
        "lag": recorded - house.live.position,
    }
    return Response(
        msgspec.json.encode(body),
        503 if failure is not None else 200,
        media_type="application/json",
        headers={"Cache-Control": "no-store"},
    )
