"""The one door for postings: every command of an office comes in here."""

import asyncio

import msgspec
from fastapi import APIRouter, Request, Response

from aggregates.commands import Submission
from aggregates.errors import ElectionUnknown
from api.bodies import content_sha256, decode_submission, read_body
from api.examples import SUBMISSION_EXAMPLES
from api.house import house_of

router = APIRouter(tags=["postings"])

_SCHEMA = msgspec.json.schema(Submission, ref_template="#/components/schemas/{name}")


@router.post(
    "/v1/elections/{election}/submissions",
    status_code=201,
    summary="Post a tally, a turnout, a correction, or any other command",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {"$ref": "#/components/schemas/Submission"},
                    "examples": SUBMISSION_EXAMPLES,
                }
            },
        }
    },
)
async def post_submission(election: str, request: Request) -> Response:
    """Record a posting and answer with its receipt.

    The same submission id with the same content answers with the original receipt; with another
    content it is refused. What is refused is not recorded.
    """
    submission = decode_submission(await read_body(request))
    if submission.election != election:
        raise ElectionUnknown(election=submission.election)
    writer = house_of(request).log.writer
    future = writer.submit(submission, content_sha256(submission))
    receipt = await asyncio.wrap_future(future)
    return Response(
        msgspec.json.encode(receipt),
        201,
        headers={"Location": f"/v1/elections/{election}/log/{receipt.position}"},
        media_type="application/json",
    )
