"""The transparency log over HTTP: the same files that lie in its public folder, and receipts.

c2sp.org/tlog-tiles below `/v1/elections/{election}/log/`; c2sp.org/tlog-proof for receipts.
"""

from pathlib import Path as Folder
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from api.http.app_state import AppState, election_state
from api.http.log_signing_status import published_status
from api.http.problems import Unanswered
from infra.adapters.filesystem.tile_files import CHECKPOINT, FolderReader
from infra.protocols.protocol_errors import TileInvalid, TileMissing
from infra.protocols.signed_note.note import split
from infra.protocols.tlog.checkpoint import Checkpoint
from infra.protocols.tlog.inclusion_receipt import make_receipt
from infra.runtime.clock import SystemClock
from infra.services.sequencing.log_location import CHECKPOINTS, KEY, STATUS
from infra.services.sequencing.sequencing_status import read_status
from projections.feeds.layout import IMMUTABLE
from projections.feeds.public_entry import entry_bytes

router = APIRouter(tags=["transparency"])

_BASE = "/v1/elections/{election}"
_SECONDS = "public, max-age=1"
_TEXT = "text/plain; charset=utf-8"
_JSON = "application/json"
_BYTES = "application/octet-stream"
_Position = Annotated[int, Path(ge=1, le=2**53)]


@router.get(_BASE + "/log/checkpoint", summary="The last signed checkpoint")
def checkpoint(election: str, request: Request) -> Response:
    """What the log has signed now: origin, size, root, signatures (c2sp.org/tlog-checkpoint)."""
    return _file(request, election, CHECKPOINT, _TEXT)


@router.get(_BASE + "/log/checkpoints", summary="Every checkpoint that was published")
def checkpoints(election: str, request: Request) -> Response:
    """All of them, oldest first, each followed by a blank line."""
    return _file(request, election, CHECKPOINTS, _TEXT)


@router.get(_BASE + "/log/key", summary="The verifier key of the log")
def key(election: str, request: Request) -> Response:
    """Compare it with the one you got another way (c2sp.org/signed-note)."""
    return _file(request, election, KEY, _TEXT)


@router.get(_BASE + "/log/status.json", summary="How the log is doing, and who has signed it")
def status(election: str, request: Request) -> Response:
    """`degraded` is true while the log does not grow or too few witnesses cosign; `failure` says.

    A log that has said nothing for 20 s has failed, whatever it said last.
    """
    public, now = _public(request, election), SystemClock().now()
    found = published_status(public, now)
    if found is not None and found != read_status(public):
        return _answer(found.encode(), _JSON, _SECONDS)
    return _file(request, election, STATUS, _JSON)


@router.get(_BASE + "/log/tile/{path:path}", summary="A tile or a bundle of entries")
def tile(election: str, path: str, request: Request) -> Response:
    """`{level}/{number}` or `entries/{number}`, with `.p/{width}` where partial."""
    try:
        body = FolderReader(_public(request, election)).read(f"tile/{path}")
    except (TileInvalid, TileMissing) as error:
        raise Unanswered(
            404,
            "No such tile.",
            "このタイルはありません。checkpoint の大きさから決まるものだけがあります"
            "（c2sp.org/tlog-tiles）。",
        ) from error
    return _answer(body, _BYTES, IMMUTABLE)


@router.get(_BASE + "/receipts/{position}", summary="The proof that an entry is in the log")
def receipt(election: str, position: _Position, request: Request) -> Response:
    """Keep it: `kaihyo verify --receipt` needs nothing else but the key of the log.

    Available within about a second of the posting; 503 with `Retry-After` until then.
    """
    services = election_state(request, election)
    public = _public(request, election)
    folder = FolderReader(public)
    note = folder.checkpoint()
    size = 0 if note is None else Checkpoint.parse(split(note)[0]).size
    if note is None or position > size:
        _require_recorded(services, position)
        raise Unanswered(
            503,
            "Not hashed yet.",
            f"位置 {position} の受領証はまだできていません（{size} まで済み）。"
            "1秒後に読み直してください。",
            {"Retry-After": "1"},
            size=size,
        )
    row = services.log.reader.row(position)
    made = make_receipt(position - 1, size, note, folder)
    carried = made._replace(extra=entry_bytes(position, row.topic, row.state))
    return _answer(carried.encode(), _TEXT, _SECONDS)


def _public(request: Request, election: str) -> Folder:
    public = election_state(request, election).public
    if public is None:
        raise Unanswered(
            404,
            "This process serves no transparency log.",
            "この読取用サーバは透明性ログ（log/ と受領証）を配りません。"
            "投稿を受け付けるサーバか、公開フォルダの写しで読んでください。",
        )
    return public


def _require_recorded(services: AppState, position: int) -> None:
    try:
        services.log.reader.row(position)
    except LookupError as error:
        raise Unanswered(
            404,
            "The log has no such position.",
            f"位置 {position} はまだ記録されていません。今の位置は {services.live.position} です。",
        ) from error


def _file(request: Request, election: str, name: str, media_type: str) -> Response:
    try:
        body = (_public(request, election) / name).read_bytes()
    except FileNotFoundError as error:
        raise Unanswered(
            404,
            "Nothing is published yet.",
            "透明性ログはまだ何も公開していません。最初の記録から1秒ほどで読めます。",
        ) from error
    return _answer(body, media_type, _SECONDS)


def _answer(body: bytes, media_type: str, cache: str) -> Response:
    return Response(body, headers={"Cache-Control": cache}, media_type=media_type)
