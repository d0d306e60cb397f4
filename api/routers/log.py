"""The transparency log over HTTP: the same files that lie in its public folder, and receipts.

c2sp.org/tlog-tiles below `/v1/elections/{election}/log/`; c2sp.org/tlog-proof for receipts.
"""

from pathlib import Path as Folder
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from starlette.exceptions import HTTPException

from api.house import House, election_of
from infra.sequencing.place import CHECKPOINTS, KEY, STATUS
from infra.transparency.checkpoint import Checkpoint
from infra.transparency.errors import TileInvalid, TileMissing
from infra.transparency.files import CHECKPOINT, FolderReader
from infra.transparency.note import split
from infra.transparency.proof import make_receipt
from projections.feeds.entry import entry_bytes
from projections.feeds.layout import IMMUTABLE

router = APIRouter(tags=["transparency"])

_BASE = "/v1/elections/{election}"
_SECONDS = "public, max-age=1"
_TEXT = "text/plain; charset=utf-8"
_JSON = "application/json"
_BYTES = "application/octet-stream"
_NO_ENTRY = "The log has no such position."
_Position = Annotated[int, Path(ge=1, le=2**53)]


@router.get(_BASE + "/log/checkpoint", summary="The last signed checkpoint")
def checkpoint(election: str, request: Request) -> Response:
    """What the log vouches for now: origin, size, root, signatures (c2sp.org/tlog-checkpoint)."""
    return _file(request, election, CHECKPOINT, _TEXT)


@router.get(_BASE + "/log/checkpoints", summary="Every checkpoint that was published")
def checkpoints(election: str, request: Request) -> Response:
    """All of them, oldest first, each followed by a blank line."""
    return _file(request, election, CHECKPOINTS, _TEXT)


@router.get(_BASE + "/log/key", summary="The verifier key of the log")
def key(election: str, request: Request) -> Response:
    """Compare it with the one you got another way (c2sp.org/signed-note)."""
    return _file(request, election, KEY, _TEXT)


@router.get(_BASE + "/log/status.json", summary="How the log is doing, and who vouches for it")
def status(election: str, request: Request) -> Response:
    """`degraded` is true while the log does not grow or too few witnesses cosign."""
    return _file(request, election, STATUS, _JSON)


@router.get(_BASE + "/log/tile/{path:path}", summary="A tile or a bundle of entries")
def tile(election: str, path: str, request: Request) -> Response:
    """`{level}/{number}` or `entries/{number}`, with `.p/{width}` where partial."""
    try:
        body = FolderReader(_public(request, election)).read(f"tile/{path}")
    except (TileInvalid, TileMissing) as error:
        raise HTTPException(404, "No such tile.") from error
    return _answer(body, _BYTES, IMMUTABLE)


@router.get(_BASE + "/receipts/{position}", summary="The proof that an entry is in the log")
def receipt(election: str, position: _Position, request: Request) -> Response:
    """Keep it: `kaihyo verify --receipt` needs nothing else but the key of the log.

    Available within about a second of the posting; 503 with `Retry-After` until then.
    """
    house = election_of(request, election)
    public = _public(request, election)
    folder = FolderReader(public)
    note = folder.checkpoint()
    size = 0 if note is None else Checkpoint.parse(split(note)[0]).size
    if note is None or position > size:
        _require_recorded(house, position)
        raise HTTPException(503, "Not hashed yet.", {"Retry-After": "1"})
    row = house.log.reader.row(position)
    made = make_receipt(position - 1, size, note, folder)
    carried = made._replace(extra=entry_bytes(position, row.topic, row.state))
    return _answer(carried.encode(), _TEXT, _SECONDS)


def _public(request: Request, election: str) -> Folder:
    public = election_of(request, election).public
    if public is None:
        raise HTTPException(404, "This process serves no transparency log.")
    return public


def _require_recorded(house: House, position: int) -> None:
    try:
        house.log.reader.row(position)
    except LookupError as error:
        raise HTTPException(404, _NO_ENTRY) from error


def _file(request: Request, election: str, name: str, media_type: str) -> Response:
    try:
        body = (_public(request, election) / name).read_bytes()
    except FileNotFoundError as error:
        raise HTTPException(404, "Nothing is published yet.") from error
    return _answer(body, media_type, _SECONDS)


def _answer(body: bytes, media_type: str, cache: str) -> Response:
    return Response(body, headers={"Cache-Control": cache}, media_type=media_type)
