"""The one door for postings: every command of an office comes in here.

`api/http/posting_intake.py` answers most of them in front of this route.
"""

import asyncio

import msgspec
from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from aggregates.commands.election_commands import Submission
from api.http.app_state import app_state
from api.http.limits.founding_guard import CODE_HEADER
from api.http.openapi.posting_examples import ENVELOPE_EXAMPLES, SUBMISSION_EXAMPLES
from api.http.posting_intake import encode_receipt
from api.http.request_bodies import ENVELOPE_TYPE, media_type, read_body
from infra.services.signing.submission_auth import admit

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
                },
                "application/vnd.dsse+json": {
                    "schema": {"$ref": "#/components/schemas/Envelope"},
                    "examples": ENVELOPE_EXAMPLES,
                },
            },
        }
    },
)
async def post_submission(election: str, request: Request) -> Response:
    """Record a posting and answer with its receipt.

    A signed posting is a DSSE envelope (`application/vnd.dsse+json`) around the RFC 8785 form of
    the submission, of type `application/vnd.kaihyo.<command>+json`. Unsigned JSON is taken only
    where the election is a rehearsal that allows it.

    The same submission id with the same content answers with the original receipt; with another
    content it is refused. What is refused is not recorded.

    The definition of a live election comes with the code that the server printed when it started,
    in `Kaihyo-Founding-Code`, unless the settings of the server name the founders' keys.
    """
    services = app_state(request)
    body = await read_body(request)
    signed = media_type(request) == ENVELOPE_TYPE
    # Signatures are verified beside the loop: libsodium does not hold Python's lock.
    posting = await run_in_threadpool(admit, body, services.keys, election, signed=signed)
    if not services.election:
        code = request.headers.get(CODE_HEADER, "")
        services.founding.require_meant(posting.submission, code, services.log.name)
    receipt = await asyncio.wrap_future(services.log.writer.take(posting))
    encoded, headers = encode_receipt(receipt, election)
    return Response(encoded, 201, headers=headers, media_type="application/json")
